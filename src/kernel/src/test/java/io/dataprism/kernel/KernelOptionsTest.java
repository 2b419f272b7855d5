package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.admission.Unsigned;
import io.dataprism.kernel.audit.AuditOptions;
import io.dataprism.kernel.lifecycle.StepDeadlines;
import io.dataprism.kernel.permission.ConsentHandler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KernelOptionsTest {

    @Test
    void emptyJsonIsTheDefault() {
        assertEquals(KernelOptions.DEFAULT, KernelOptions.fromJson(new JsonObject()));
    }

    @Test
    void readsEveryOption() {
        KernelOptions read = KernelOptions.fromJson(new JsonObject()
                .put("node", "a")
                .put("addressPrefix", "one:")
                .put("dataFolder", "data")
                .put("devMode", true)
                .put("carriers", 3)
                .put(
                        "resources",
                        new JsonObject().put("maxMemoryPerPlugin", 1024).put("totalMemoryLimit", "8 GiB"))
                .put("steps", new JsonObject().put("start", "7s"))
                .put("checkEvery", "250ms")
                .put("reconcileEvery", "1m")
                .put("closeWithin", "10s")
                .put("mavenRepository", "https://repository.example/maven")
                .put("supportedApiOnly", true));
        assertTrue(read.supportedApiOnly());
        assertEquals("one:", read.addressPrefix());
        assertEquals(Optional.of(Path.of("data")), read.dataFolder());
        assertEquals(1024, read.resources().maxMemoryPerPlugin());
        assertEquals(8L << 30, read.resources().totalMemoryLimit());
        assertEquals(Optional.of(Duration.ofSeconds(7)), read.steps().start());
        assertEquals(Optional.empty(), read.steps().stop());
        assertEquals(Duration.ofMillis(250), read.checkEvery());
        assertEquals(Optional.of(URI.create("https://repository.example/maven")), read.mavenRepository());
    }

    @Test
    void theMonitorsIntervalIsThatOfTheCheckUnlessItSaysAnother() {
        JsonObject json = new JsonObject().put("resources", new JsonObject().put("monitorInterval", "200ms"));
        assertEquals(Duration.ofMillis(200), KernelOptions.fromJson(json).checkEvery());
        assertEquals(
                Duration.ofSeconds(3),
                KernelOptions.fromJson(json.put("checkEvery", "3s")).checkEvery());
        ResourceOptions quick = new ResourceOptions(1, 1, 1, 1, 1, 1, 1, Duration.ofMillis(70));
        assertEquals(
                Duration.ofMillis(70),
                KernelOptions.DEFAULT.withResources(quick).checkEvery());
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        PluginException refused = assertThrows(
                PluginException.class,
                () -> KernelOptions.fromJson(new JsonObject()
                        .put("carriers", 0)
                        .put("devMode", "yes")
                        .put("closeWithin", "soon")
                        .put("steps", new JsonArray())
                        .put("resources", new JsonObject().put("maxMemory", 1).put("totalMemoryLimit", "9999999 GiB"))
                        .put("mavenRepository", "not a url")
                        .put("carrier", 2)));
        assertEquals("DP-0801", refused.code());
        assertEquals("""
                DP-0801 devMode: must be true or false, but is yes.
                DP-0801 carriers: must be a whole number from 1 to 1024, but is 0.
                DP-0801 resources.totalMemoryLimit: must be a size such as 64KiB or 1MiB, from 1 to 1125899906842624 bytes, but is 9999999 GiB.
                DP-0801 resources.maxMemory: is not an option here; expected one of maxMemoryPerPlugin, totalMemoryLimit, maxCpuPerPlugin, maxTimersPerPlugin, maxStoragePerPlugin, maxKeysPerPlugin, maxWrittenPerPlugin, monitorInterval, counts. Correct the name or remove it.
                DP-0801 steps: must be an object, but is [].
                DP-0801 closeWithin: must be a duration such as 500ms, 10s or 5m, from 1ms to 86400s, but is soon.
                DP-0801 mavenRepository: must be the address of a repository, but is no URL: Illegal character in path at index 3: not a url.
                DP-0801 carrier: is not an option here; expected one of node, addressPrefix, dataFolder, devMode, carriers, resources, steps, checkEvery, reconcileEvery, closeWithin, mavenRepository, supportedApiOnly, sandboxed, audit, admission. Correct the name or remove it.""".strip(), String.valueOf(refused.getMessage()).replace(System.lineSeparator(), "\n"));
    }

    @Test
    void changesOneOptionAndKeepsTheRest() {
        ConsentHandler consent = ConsentHandler.nobody();
        AuditOptions audit = AuditOptions.DEFAULT.withLimits(Duration.ofDays(3), 1 << 20);
        AdmissionOptions admission = AdmissionOptions.DEFAULT.withSigners(Set.of("a".repeat(64)), Unsigned.ASK);
        KernelOptions changed = KernelOptions.DEFAULT
                .withNode("b")
                .withAddressPrefix("p:")
                .withDataFolder(Path.of("d"))
                .withDevMode(true)
                .withCarriers(5)
                .withIntervals(Duration.ofSeconds(2), Duration.ofSeconds(3))
                .withCloseWithin(Duration.ofSeconds(4))
                .withMavenRepository(URI.create("https://repository.example"))
                .withConsent(consent)
                .withSupportedApiOnly(true)
                .withSandboxed(true)
                .withAudit(audit)
                .withAdmission(admission);
        assertEquals(
                new KernelOptions(
                        "b",
                        "p:",
                        Optional.of(Path.of("d")),
                        true,
                        5,
                        ResourceOptions.DEFAULT,
                        StepDeadlines.DEFAULT,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Optional.of(URI.create("https://repository.example")),
                        Optional.of(consent),
                        true,
                        true,
                        audit,
                        admission),
                changed);
    }
}
