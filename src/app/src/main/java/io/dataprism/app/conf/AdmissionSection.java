package io.dataprism.app.conf;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.admission.Acceptance;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.admission.ArtifactPattern;
import io.dataprism.kernel.admission.JarSignatures;
import io.dataprism.kernel.admission.Unsigned;
import io.dataprism.kernel.admission.Untrusted;
import io.dataprism.kernel.admission.Vulnerable;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.Problem.Severity;
import io.dataprism.kernel.text.IoCause;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The section {@code admission}, which its schema has found in order, as the kernel's policy. Blocks: it reads certificates. */
final class AdmissionSection {
    private static final String CODE = "DP-0944";

    private final JsonObject section;
    private final Path folder;
    private final ConfDocuments documents;
    private final List<Problem> problems;

    /** @param problems to which is added what is wrong */
    AdmissionSection(JsonObject section, Path folder, ConfDocuments documents, List<Problem> problems) {
        this.section = section;
        this.folder = folder;
        this.documents = documents;
        this.problems = problems;
    }

    AdmissionOptions options() {
        return new AdmissionOptions(
                certificates("trusted-signers"),
                certificates("timestampers"),
                Unsigned.valueOf(
                        section.getString("unsigned", Unsigned.ALLOW.label()).toUpperCase(Locale.ROOT)),
                Untrusted.valueOf(
                        section.getString("untrusted", Untrusted.REFUSE.label()).toUpperCase(Locale.ROOT)),
                accepted(),
                blocked(),
                advisories(),
                Vulnerable.valueOf(
                        section.getString("vulnerable", Vulnerable.WARN.label()).toUpperCase(Locale.ROOT)),
                minimumAge(section.getString("minimum-age", "0h")));
    }

    private Optional<Path> advisories() {
        try {
            return Optional.ofNullable(section.getString("advisories"))
                    .map(place -> folder.resolve(place).normalize());
        } catch (InvalidPathException e) {
            problem("advisories", "It is no path of this system (" + e.getReason() + "). Correct it.");
            return Optional.empty();
        }
    }

    private static Duration minimumAge(String text) {
        long amount = Long.parseLong(text.substring(0, text.length() - 1).strip());
        return text.endsWith("d") ? Duration.ofDays(amount) : Duration.ofHours(amount);
    }

    private Set<String> certificates(String key) {
        Set<String> all = new HashSet<>();
        List<String> texts = texts(section.getJsonArray(key, new JsonArray()));
        for (int i = 0; i < texts.size(); i++) {
            fingerprint(key + "/" + i, texts.get(i)).ifPresent(all::add);
        }
        return all;
    }

    private Optional<String> fingerprint(String at, String text) {
        Optional<String> hex = ArtifactPattern.hex(text);
        if (hex.isPresent()) {
            return hex;
        }
        try (InputStream in = Files.newInputStream(folder.resolve(text))) {
            return Optional.of(JarSignatures.fingerprint(
                    CertificateFactory.getInstance("X.509").generateCertificate(in)));
        } catch (IOException e) {
            return wrong(at, text, "and no file that can be read (" + IoCause.of(e) + ")");
        } catch (CertificateException | InvalidPathException e) {
            return wrong(at, text, "and no file with a certificate in it");
        }
    }

    private <T> Optional<T> wrong(String at, String text, String found) {
        problem(
                at,
                "'" + PluginException.excerpt(text) + "' is no SHA-256 fingerprint, " + found
                        + ": expected 64 hexadecimal digits, as keytool -list -v prints them, or the certificate's file."
                        + " Correct it.");
        return Optional.empty();
    }

    private List<Acceptance> accepted() {
        List<Acceptance> all = new ArrayList<>();
        JsonArray accept = section.getJsonArray("accept", new JsonArray());
        for (int i = 0; i < accept.size(); i++) {
            JsonObject one = accept.getJsonObject(i);
            pattern("accept/" + i + "/artifact", one.getString("artifact"))
                    .ifPresent(artifact -> all.add(new Acceptance(
                            artifact, Set.copyOf(texts(one.getJsonArray("findings"))), one.getString("reason", ""))));
        }
        return all;
    }

    private List<ArtifactPattern> blocked() {
        List<ArtifactPattern> all = new ArrayList<>();
        List<String> texts = texts(section.getJsonArray("block", new JsonArray()));
        for (int i = 0; i < texts.size(); i++) {
            pattern("block/" + i, texts.get(i)).ifPresent(all::add);
        }
        return all;
    }

    private Optional<ArtifactPattern> pattern(String at, String text) {
        Optional<ArtifactPattern> pattern = ArtifactPattern.parse(text);
        if (pattern.isEmpty()) {
            problem(
                    at,
                    "'" + PluginException.excerpt(text) + "' names no artifacts: expected " + ArtifactPattern.EXPECTED
                            + ". Correct it.");
        }
        return pattern;
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }

    private void problem(String at, String message) {
        problems.add(documents.problem(Severity.ERROR, CODE, "/admission/" + at, message));
    }
}
