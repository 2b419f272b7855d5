package io.dataprism.kernel.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.Sha256;
import io.dataprism.kernel.manifest.TestJar;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.registry.PluginRegistry;
import io.dataprism.kernel.registry.RegistryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the policy says is what becomes of an installation. */
class AdmissionTest {
    private static final byte[] NATIVE = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0};

    @TempDir
    Path folder;

    private PluginRegistry open(AdmissionOptions policy) {
        return PluginRegistry.open(RegistryOptions.in(folder.resolve("data")).withAdmission(policy));
    }

    private Path jar(String version) throws IOException {
        return TestJar.plugin("weather", version).write(folder.resolve("weather-" + version + ".jar"));
    }

    private Path withNativeCode() throws IOException {
        return TestJar.plugin("weather", "1.0.0").entry("agent.so", NATIVE).write(folder.resolve("native.jar"));
    }

    private static AdmissionOptions trusting(String signer, Unsigned others) {
        return AdmissionOptions.DEFAULT.withSigners(Set.of(Keys.fingerprint(signer)), others);
    }

    private static PluginException refused(PluginRegistry registry, ArtifactSource source) {
        return assertThrows(PluginException.class, () -> registry.install(source));
    }

    private static PluginException refused(PluginRegistry registry, Path jar) {
        PluginException refused = refused(registry, ArtifactSource.path(jar));
        assertEquals(List.of(), registry.all());
        return refused;
    }

    @Test
    void whatATrustedSignerSignedIsInstalledAndRemembersIt() throws IOException {
        PluginRegistry registry = open(trusting("ada", Unsigned.REFUSE));
        PluginRecord record = registry.install(ArtifactSource.path(Keys.signed(jar("1.0.0"), "ada")));
        assertEquals(List.of(Keys.fingerprint("ada")), record.fingerprints());
        assertEquals(record, open(AdmissionOptions.DEFAULT).require("weather"));
    }

    @Test
    void whatNobodyTrustedSignedIsRefusedWhereThePolicySaysSo() throws IOException {
        PluginRegistry registry = open(trusting("ada", Unsigned.REFUSE));
        PluginException unsigned = refused(registry, jar("1.0.0"));
        assertEquals("DP-0936", unsigned.code());
        assertTrue(
                unsigned.getMessage()
                        .endsWith(
                                "is not admitted: It is not signed: expected a signature of one of 'trusted-signers' in the"
                                        + " section 'admission'. Have it signed, or trust who signed it."),
                unsigned.getMessage());
        PluginException stranger = refused(registry, Keys.signed(jar("1.0.0"), "bob"));
        assertEquals("DP-0936", stranger.code());
        assertTrue(
                stranger.getMessage()
                        .contains("signed by CN=bob (signer:" + Keys.fingerprint("bob") + "), none of whom"),
                stranger.getMessage());
        PluginException old = refused(open(trusting("old", Unsigned.REFUSE)), Keys.signed(jar("1.0.0"), "old"));
        assertEquals("DP-0936", old.code());
    }

    @Test
    void whereThePolicyAsksTheHashIsTheAnswer() throws IOException {
        Path jar = jar("1.0.0");
        String hash = Sha256.of(jar);
        PluginRegistry registry = open(trusting("ada", Unsigned.ASK));
        PluginException asking = refused(registry, jar);
        assertEquals("DP-0937", asking.code());
        assertTrue(asking.getMessage().contains("--sha256 " + hash), asking.getMessage());
        registry.install(ArtifactSource.parse(jar.toString(), hash));
        assertEquals(1, registry.all().size());
    }

    @Test
    void aBrokenSignatureIsRefusedWhateverThePolicy() throws IOException {
        Path broken = Rewritten.of(Keys.signed(jar("1.0.0"), "ada"))
                .put("more.txt", "x")
                .write();
        for (Unsigned policy : Unsigned.values()) {
            assertEquals(
                    "DP-0935", refused(open(trusting("ada", policy)), broken).code());
        }
        assertEquals(
                "DP-0935",
                refused(open(AdmissionOptions.DEFAULT), ArtifactSource.parse(broken.toString(), Sha256.of(broken)))
                        .code());
    }

    @Test
    void whatTheScanObjectsToIsRefusedWithItsFindings() throws IOException {
        PluginException refused = refused(open(AdmissionOptions.DEFAULT), withNativeCode());
        assertEquals("DP-0939", refused.code());
        assertTrue(refused.getMessage().contains("DP-0271 agent.so: It is native code"), refused.getMessage());
        assertTrue(
                refused.getMessage()
                        .contains("accept: [{artifact: \"sha256:" + Sha256.of(withNativeCode())
                                + "\", findings: [DP-0271]}]"),
                refused.getMessage());
    }

    @Test
    void thePolicyMayAcceptItByHashSignerOrId() throws IOException {
        for (String pattern : List.of("sha256:" + Sha256.of(withNativeCode()), "weather", "weather@^1.0")) {
            PluginRegistry registry = open(accepting(pattern, "DP-0271"));
            registry.remove(
                    registry.install(ArtifactSource.path(withNativeCode())).key());
        }
        Path signed = Keys.signed(withNativeCode(), "ada");
        open(accepting("signer:" + Keys.fingerprint("bob"), "DP-0271"));
        assertEquals(
                "DP-0939",
                refused(open(accepting("signer:" + Keys.fingerprint("bob"), "DP-0271")), signed)
                        .code());
        assertEquals(
                "DP-0939",
                refused(open(accepting("weather@^2.0", "DP-0271")), signed).code());
        assertEquals(
                "DP-0939",
                refused(open(accepting("weather", "DP-0273")), signed).code());
        open(accepting("signer:" + Keys.fingerprint("ada"), "DP-0271")).install(ArtifactSource.path(signed));
    }

    private static AdmissionOptions accepting(String pattern, String finding) {
        return AdmissionOptions.DEFAULT.withAccepted(
                List.of(new Acceptance(ArtifactPattern.of(pattern), Set.of(finding), "for the test")));
    }

    @Test
    void whatComesWithTheProgramIsAsTrustedAsTheProgram() throws IOException {
        PluginRegistry registry = open(trusting("ada", Unsigned.REFUSE));
        registry.install(ArtifactSource.shipped(withNativeCode()));
        assertEquals(1, registry.all().size());
    }

    @Test
    void everythingThatSpeaksAgainstItIsToldAtOnce() throws IOException {
        PluginException refused = refused(open(trusting("ada", Unsigned.REFUSE)), withNativeCode());
        assertEquals("DP-0936", refused.code());
        assertTrue(refused.getMessage().contains("DP-0936 It is not signed"), refused.getMessage());
        assertTrue(refused.getMessage().contains("DP-0939 The scan objects to 1 thing:"), refused.getMessage());
    }

    @Test
    void whatIsBlockedIsNeitherInstalledNorInstalledAgain() throws IOException {
        Path signed = Keys.signed(jar("1.0.0"), "ada");
        for (String pattern : List.of(
                "sha256:" + Sha256.of(signed), "signer:" + Keys.fingerprint("ada"), "weather", "weather@<1.0.1")) {
            PluginRegistry registry = open(AdmissionOptions.DEFAULT.withBlocked(List.of(ArtifactPattern.of(pattern))));
            PluginException refused = refused(registry, signed);
            assertEquals("DP-0940", refused.code());
            assertTrue(refused.getMessage().contains("names '" + pattern + "' under 'block'"), refused.getMessage());
            // A shipped one as well.
            assertEquals(
                    "DP-0940", refused(registry, ArtifactSource.shipped(signed)).code());
        }
        PluginRegistry registry = open(AdmissionOptions.DEFAULT);
        registry.install(ArtifactSource.path(signed));
        registry.admission().policy(AdmissionOptions.DEFAULT.withBlocked(List.of(ArtifactPattern.of("weather"))));
        assertEquals("DP-0940", refused(registry, ArtifactSource.path(signed)).code());
    }

    @Test
    void whatTheScanFoundLiesBesideTheArtifact() throws IOException {
        PluginRecord record = open(AdmissionOptions.DEFAULT).install(ArtifactSource.path(jar("1.0.0")));
        Path verdict = record.artifact().file().resolveSibling(VerdictFile.NAME);
        String written = Files.readString(verdict);
        assertTrue(written.startsWith("dataprism-verdict 1 "), written);
        assertEquals(
                1,
                open(AdmissionOptions.DEFAULT)
                        .admission()
                        .verdict(record.artifact())
                        .classes());
    }

    @Test
    void patternsAreParsedAndPrintedTheSame() {
        String hex = "0123456789abcdef".repeat(4);
        for (String text : List.of("sha256:" + hex, "signer:" + hex, "weather", "weather@^1.2")) {
            assertEquals(text, ArtifactPattern.of(text).toString());
        }
        assertEquals(
                "signer:" + hex,
                ArtifactPattern.of("signer:" + hex.toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:"))
                        .toString());
        for (String text : List.of(
                "", "@", "Weather", "weather@", "weather@one", "sha256:", "signer:" + hex + "0", "sha1:" + hex)) {
            assertEquals(
                    "DP-0944",
                    assertThrows(PluginException.class, () -> ArtifactPattern.of(text))
                            .code(),
                    text);
        }
    }
}
