package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.resource.Allowance;
import io.dataprism.kernel.testing.KernelTest;
import io.dataprism.kernel.testing.PluginJar;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the operator allows one plugin, and for how long. */
final class AllowanceLifeTest extends KernelTest {
    private static final Allowance MUCH = new Allowance(OptionalInt.of(300), OptionalLong.empty());

    private int limit() {
        return kernel.resources().get(0).cpuLimit();
    }

    @Test
    void itIsThereForAPluginThatComesLaterAndGoesWhenThatIsRemoved() throws Exception {
        await(kernel.allow("pet", MUCH));
        load(PluginJar.of("pet"));
        assertEquals(300, limit());
        await(kernel.unload("pet"));
        await(kernel.load("pet"));
        assertEquals(300, limit());
        await(kernel.remove("pet"));
        load(PluginJar.of("pet").version("2.0.0"));
        assertEquals(50, limit(), "another artifact of that name");
    }

    @Test
    void anIdThatCanBeNobodysFailsTheFuture() {
        assertTrue(failure(kernel.allow("Not An Id", MUCH)).getMessage().contains("Not An Id"));
    }
}
