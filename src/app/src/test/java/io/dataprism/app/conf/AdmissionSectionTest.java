package io.dataprism.app.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.kernel.admission.Acceptance;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.admission.ArtifactPattern;
import io.dataprism.kernel.admission.Unsigned;
import io.dataprism.kernel.admission.Untrusted;
import io.dataprism.kernel.admission.Vulnerable;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionSectionTest {
    private static final String HEX = "0123456789abcdef".repeat(4);
    /** A certificate of nobody's, made for this test. */
    private static final String PEM = """
            -----BEGIN CERTIFICATE-----
            MIIBNjCB3aADAgECAghkg5qkrkVsVjAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDEwR0
            ZXN0MCAXDTI2MTEzMDE1MzQxOFoYDzIxMjYxMTA2MTUzNDE4WjAPMQ0wCwYDVQQD
            EwR0ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8jRNMGqdMV1nh+hxY8Hu
            rzGAN5Jw/C7xq0ixQeh0j3gUIdkIcX+SHsaHOhY2gHFapm7K0uJHeH5iLocb3DDG
            sqMhMB8wHQYDVR0OBBYEFOjwCU+n+6XBenYwjgiDltLX3VCXMAoGCCqGSM49BAMC
            A0gAMEUCIBmrRCnm6+Z1u83oxrui0XN9CWE5EAU7aLmOZFw2ZEAAAiEAtPBP9Qkn
            gPZlPmWbDZP15eG8KOE4u+IEcAJs7AbtsNo=
            -----END CERTIFICATE-----
            """;

    private static final String FINGERPRINT = "9bfef0ce820dca867a79fac4f6449f3eb0fa2d9e856ea946680b87843c0d9875";

    private static Vertx vertx;

    @TempDir
    Path conf;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private ConfRead read(String yaml) throws Exception {
        Files.writeString(conf.resolve("kernel.yaml"), "version: 1\n" + yaml);
        return new ConfReader(vertx, new ConfSources(conf, Map.of(), Map.of()), Shipped.in(conf.resolve("none")))
                .read()
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private AdmissionOptions policy(String yaml) throws Exception {
        return read(yaml).orThrow().kernel().admission();
    }

    private String problems(String yaml) throws Exception {
        return String.join(
                "\n",
                read(yaml).problems().stream()
                        .map(problem -> problem.line() + ":" + problem.column() + " " + problem.code() + " "
                                + problem.message())
                        .toList());
    }

    @Test
    void withoutTheSectionNothingIsAskedFor() throws Exception {
        assertEquals(AdmissionOptions.DEFAULT, policy("node: {}\n"));
        assertEquals(AdmissionOptions.DEFAULT, policy("admission: {}\n"));
    }

    @Test
    void readsEveryKey() throws Exception {
        Files.writeString(conf.resolve("ada.pem"), PEM);
        AdmissionOptions read =
                policy("""
                admission:
                  trusted-signers: [ada.pem, "%s"]
                  timestampers: ["%s"]
                  unsigned: ask
                  untrusted: allow
                  accept:
                    - {artifact: "sha256:%s", findings: [DP-0271, DP-0273], reason: ours}
                  advisories: osv
                  vulnerable: refuse
                  minimum-age: 7d
                  block: ["weather@<1.2", news, "signer:%s"]
                """.formatted(HEX.toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:"), HEX, HEX, HEX));
        assertEquals(
                new AdmissionOptions(
                        Set.of(FINGERPRINT, HEX),
                        Set.of(HEX),
                        Unsigned.ASK,
                        Untrusted.ALLOW,
                        List.of(new Acceptance(
                                ArtifactPattern.of("sha256:" + HEX), Set.of("DP-0271", "DP-0273"), "ours")),
                        List.of(
                                ArtifactPattern.of("weather@<1.2"),
                                ArtifactPattern.of("news"),
                                ArtifactPattern.of("signer:" + HEX)),
                        Optional.of(conf.resolve("osv")),
                        Vulnerable.REFUSE,
                        Duration.ofDays(7)),
                read);
    }

    @Test
    void everythingThatIsWrongIsToldWithItsPlace() throws Exception {
        Files.writeString(conf.resolve("text.txt"), "no certificate");
        assertEquals("""
                3:21 DP-0944 'none.pem' is no SHA-256 fingerprint, and no file that can be read (there is no such file, or its folder is missing): expected 64 hexadecimal digits, as keytool -list -v prints them, or the certificate's file. Correct it.
                3:31 DP-0944 'text.txt' is no SHA-256 fingerprint, and no file with a certificate in it: expected 64 hexadecimal digits, as keytool -list -v prints them, or the certificate's file. Correct it.
                5:18 DP-0944 'Wrong' names no artifacts: expected sha256:<64 hexadecimal digits>, signer:<the same> or a plugin's id, perhaps with @<versions>. Correct it.
                6:11 DP-0944 'news@one' names no artifacts: expected sha256:<64 hexadecimal digits>, signer:<the same> or a plugin's id, perhaps with @<versions>. Correct it.""", problems("""
                        admission:
                          trusted-signers: [none.pem, text.txt]
                          accept:
                            - {artifact: Wrong, findings: [DP-0271]}
                          block: [news@one]
                        """.replace("                        ", "")));
        assertEquals("""
                3:13 DP-0911 'admission.unsigned' is 'maybe': expected allow, ask or refuse.
                4:14 DP-0911 'admission.untrusted' is 'ask': expected refuse or allow.
                5:43 DP-0911 'admission.accept[0].findings[0]' is 'DP-0272': expected DP-0271, DP-0273 or DP-0275. Did you mean 'DP-0271'?""", problems("""
                        admission:
                          unsigned: maybe
                          untrusted: ask
                          accept: [{artifact: weather, findings: [DP-0272]}]
                        """));
    }
}
