package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import org.junit.jupiter.api.Test;

/** A denial at one of the kernel's facades names the line of the plugin's own code that asked. */
final class DeniedPlacesTest extends KernelTest {

    private String told(PluginJar asking) throws Exception {
        install(asking.permission("event-publish:secret.*"));
        await(kernel.load("asking"));
        return String.valueOf(this.<Object>await(kernel.call("asking", "ask", null)));
    }

    @Test
    void namesClassMethodAndLine() throws Exception {
        String told = told(PluginJar.of("asking")
                .members("private Future<Object> tryIt() { return context.events().publish(\"secret.topic\", 1)"
                        + ".<Object>map(done -> \"published\").otherwise(Throwable::getMessage); }")
                .capability("ask", "return tryIt();"));
        assertTrue(told.contains("may not use 'event-publish:secret.topic'"), told);
        assertTrue(
                told.matches("(?s).* It was asked for at test\\.asking\\.Main\\.tryIt \\(Main\\.java:[0-9]+\\)\\."),
                told);
    }

    /** On a thread on which none of its code is, nothing is named, and nothing of another's. */
    @Test
    void namesNothingWhereItsCodeIsNotOnTheStack() throws Exception {
        String told = told(
                PluginJar.of("asking")
                        .permission("file-access:read:/**")
                        .capability(
                                "ask",
                                "return context.files().read(\"/etc/hostname\").<Object>map(done -> \"read\").otherwise(Throwable::getMessage);"));
        assertTrue(told.contains("may not use 'file-access:read:/etc/hostname'"), told);
        assertFalse(told.contains("It was asked for"), told);
    }
}
