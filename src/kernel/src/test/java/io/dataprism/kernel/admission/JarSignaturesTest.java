package io.dataprism.kernel.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.manifest.TestJar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that were signed as {@code jarsigner} signs, and then not left alone. */
class JarSignaturesTest {
    @TempDir
    Path folder;

    private Path plain() {
        try {
            return TestJar.plugin("weather", "1.0.0")
                    .entry("lib/a.jar", TestJar.empty().entry("x", "x").bytes())
                    .entry("more.txt", "some text")
                    .write(folder.resolve("weather.jar"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> signers(Path jar) throws IOException {
        Signatures found = JarSignatures.of(jar);
        assertEquals(List.of(), found.broken());
        return found.signers().stream().map(Signer::subject).toList();
    }

    private static String broken(Path jar) throws IOException {
        Signatures found = JarSignatures.of(jar);
        assertEquals(List.of(), found.signers());
        assertEquals(1, found.broken().size(), found.toString());
        return found.broken().get(0);
    }

    @Test
    void oneThatNobodySignedHasNoSigners() throws IOException {
        assertEquals(Signatures.NONE, JarSignatures.of(plain()));
        assertEquals(Signatures.NONE, JarSignatures.of(folder));
    }

    @Test
    void tellsWhoSignedAllOfIt() throws IOException {
        Path signed = Keys.signed(plain(), "ada");
        assertEquals(List.of("CN=ada"), signers(signed));
        assertEquals(List.of(Keys.fingerprint("ada")), JarSignatures.of(signed).fingerprints());
        assertEquals(
                List.of("CN=ada", "CN=bob"),
                signers(Keys.signed(signed, "bob")).stream().sorted().toList());
    }

    @Test
    void aSignatureWithinALibraryIsOfNoMatter() throws IOException {
        Path library = Keys.signed(TestJar.empty().entry("x", "x").write(folder.resolve("library.jar")), "bob");
        Path jar = TestJar.plugin("weather", "1.0.0")
                .entry("lib/a.jar", java.nio.file.Files.readAllBytes(library))
                .write(folder.resolve("holder.jar"));
        assertEquals(Signatures.NONE, JarSignatures.of(jar));
        assertEquals(List.of("CN=ada"), signers(Keys.signed(jar, "ada")));
    }

    @Test
    void aChangedByteAnywhereIsFound() throws IOException {
        Path signed = Keys.signed(plain(), "ada");
        for (String entry : List.of("plugin.yaml", "org/example/Main.class", "lib/a.jar", "META-INF/MANIFEST.MF")) {
            String told = broken(Rewritten.of(signed).flip(entry).write());
            assertTrue(
                    told.contains("does not fit its contents")
                            || told.contains("none of them is a signature that counts")
                            || told.contains("can't be read"),
                    entry + ": " + told);
        }
    }

    @Test
    void whatWasAddedOrLeftOutBehindTheSignersBackIsFound() throws IOException {
        Path signed = Keys.signed(plain(), "ada");
        assertEquals(
                "it is signed in part only; without a signature: org/example/Extra.class",
                broken(Rewritten.of(signed).put("org/example/Extra.class", "x").write()));
        assertEquals(
                "it is signed in part only; without a signature: META-INF/services/x",
                broken(Rewritten.of(signed).put("META-INF/services/x", "x").write()));
        assertEquals(
                "what was signed is not in it any more: more.txt",
                broken(Rewritten.of(signed).remove("more.txt").write()));
    }

    @Test
    void signersOfPartsAreNoSigners() throws IOException {
        Path one = Keys.signed(plain(), "ada");
        Path more = Keys.signed(Rewritten.of(one).put("bobs.txt", "x").write(), "bob");
        // Bob signed all of it, Ada what was there before.
        assertEquals(List.of("CN=bob"), signers(more));
        // Without Bob's word for Ada's part nobody has signed all of it.
        String told = broken(Rewritten.of(more).remove("META-INF/BOB.EC").write());
        assertEquals("it is signed in part only; without a signature: bobs.txt", told);
    }

    @Test
    void weakDigestsDoNotCount() throws IOException {
        assertEquals(
                "it has signature files, and none of them is a signature that counts (digests: MD5);"
                        + " weak algorithms and damaged signatures do not",
                broken(Keys.signed(plain(), "ada", "MD5")));
    }

    @Test
    void aSignatureFileWithoutItsSignatureDoesNotCount() throws IOException {
        Path signed = Keys.signed(plain(), "ada");
        assertTrue(broken(Rewritten.of(signed).remove("META-INF/ADA.EC").write())
                .startsWith("it has signature files, and none of them is a signature that counts (digests: SHA-256)"));
    }

    @Test
    void aManifestThatUnpacksToGigabytesIsNotRead() throws IOException {
        Path jar = TestJar.empty()
                .entry("META-INF/MANIFEST.MF", new byte[(64 << 20) + 1])
                .entry("META-INF/X.SF", "Signature-Version: 1.0\n")
                .write(folder.resolve("bomb.jar"));
        assertEquals("META-INF/MANIFEST.MF is larger than 64 MiB", broken(jar));
    }

    private Signer signer(String name) throws IOException {
        return JarSignatures.of(Keys.signed(plain(), name)).signers().get(0);
    }

    @Test
    void aCertificateCountsWhileItHolds() throws IOException {
        Instant now = Instant.now();
        assertEquals(Optional.empty(), signer("ada").invalid(now, Set.of()));
        Signer old = signer("old");
        assertEquals(
                "it expired at " + old.until() + ", and no time stamp says that it was signed before",
                old.invalid(now, Set.of()).orElseThrow());
        Signer early = signer("early");
        assertEquals(
                "it holds from " + early.from() + " on",
                early.invalid(now, Set.of()).orElseThrow());
        assertEquals(Optional.empty(), early.invalid(early.from(), Set.of()));
    }

    @Test
    void aTimeStampCountsWhereItsSignerIsNamed() throws IOException {
        Signer old = signer("old");
        Instant now = Instant.now();
        Signer stamped = stamped(old, old.from().plus(Duration.ofDays(1)));
        assertEquals(Optional.empty(), stamped.invalid(now, Set.of("c")));
        assertEquals(
                "it expired at " + old.until()
                        + ", and the policy does not name the time stamp's signer c under 'timestampers'",
                stamped.invalid(now, Set.of("d")).orElseThrow());
        Signer late = stamped(old, old.until().plusSeconds(1));
        assertEquals(
                "it expired at " + old.until() + ", and was signed at "
                        + late.stamped().orElseThrow(),
                late.invalid(now, Set.of("c")).orElseThrow());
        assertEquals(late, Signer.fromJson(late.toJson()));
        assertEquals(old, Signer.fromJson(old.toJson()));
    }

    private static Signer stamped(Signer signer, Instant when) {
        return new Signer(
                signer.fingerprint(), signer.subject(), signer.from(), signer.until(), Optional.of(when), "c");
    }
}
