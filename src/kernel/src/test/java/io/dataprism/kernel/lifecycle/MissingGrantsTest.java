package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import org.junit.jupiter.api.Test;

/** Who starts a plugin that lacks several grants learns of all of them at once. */
final class MissingGrantsTest extends KernelTest {
    private static final String DENIED =
            "Plugin 'eager' 1.0.0 failed in start: DP-0501 Plugin 'eager' 1.0.0 may not use 'event-subscribe:b.*': it was not"
                    + " granted. It would let it hear what others publish (danger: moderate). Grant it with "
                    + " ./dataprism grants add eager 'event-subscribe:b.*'  or add  - 'event-subscribe:b.*'  under "
                    + " plugins.eager.grants  in conf/kernel.yaml. It was asked for at test.eager.Main.start (Main.java:27).";

    private static PluginJar eager() {
        return PluginJar.of("eager")
                .permission("network-access:https://example.org:443")
                .permission("event-subscribe:b.*")
                .permission("event-publish:a.*")
                .permission("call:other")
                .does("start", "return context.events().subscribe(\"b.*\", event -> {}).mapEmpty();");
    }

    private void grant(String plugin, String permission) {
        kernel.grants().grant(new PluginId(plugin), permission, "test", "");
    }

    private String refused(String plugin) {
        PluginException refused = failure(kernel.load(plugin));
        return refused.getMessage().replace(System.lineSeparator(), "\n");
    }

    @Test
    void allAreNamedInTheManifestsOrderAsTheyStandInConf() throws Exception {
        install(eager());
        grant("eager", "call");
        assertEquals(
                DENIED + " Its manifest requests 3 permissions that were not granted. Put those that you agree to under"
                        + "  plugins.eager.grants  in conf/kernel.yaml:\n"
                        + "      - 'network-access:https://example.org:443'\n"
                        + "      - 'event-subscribe:b.*'\n"
                        + "      - 'event-publish:a.*'",
                refused("eager"));
    }

    @Test
    void oneThatIsTheOnlyOneIsNamedOnce() throws Exception {
        install(eager());
        grant("eager", "call");
        grant("eager", "network-access");
        grant("eager", "event-publish:a.*");
        assertEquals(DENIED, refused("eager"));
    }

    @Test
    void aFailureOfAnotherKindNamesNone() throws Exception {
        install(eager().does("start", "return Future.failedFuture(\"no url\");"));
        assertEquals("Plugin 'eager' 1.0.0 failed in start: no url (Reload it when that is mended.)", refused("eager"));
    }

    @Test
    void trustIsNamedWithTheOthers() throws Exception {
        install(PluginJar.of("trusted")
                .yaml("isolation: event-loop")
                .permission("event-publish:a.*")
                .permission("vertx-access"));
        assertEquals(
                "Plugin 'trusted' 1.0.0 wants isolation event-loop, which is for trusted plugins, but was not granted"
                        + " 'vertx-access'. Grant it if you trust the plugin wholly, or use isolation worker. Its manifest requests"
                        + " 2 permissions that were not granted. Put those that you agree to under  plugins.trusted.grants  in"
                        + " conf/kernel.yaml:\n      - 'event-publish:a.*'\n      - 'vertx-access'",
                refused("trusted"));
    }
}
