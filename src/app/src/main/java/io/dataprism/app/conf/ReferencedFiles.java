package io.dataprism.app.conf;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files that a configuration refers to by {@code ${file:…}}, as they were at one time: a changed secret is a change of the configuration.
 *
 * @param hashes of each one's bytes; empty text for one that can't be read
 */
record ReferencedFiles(Map<Path, String> hashes) {

    ReferencedFiles {
        hashes = Collections.unmodifiableMap(new TreeMap<>(hashes));
    }

    /** Those of {@code conf}, whose relative ones are in {@code folder}, as they are now. Blocks. */
    static ReferencedFiles of(JsonObject conf, Path folder) {
        Map<Path, String> hashes = new TreeMap<>();
        SecretReferences.files(conf, folder).forEach(file -> hashes.put(file, hash(file)));
        return new ReferencedFiles(hashes);
    }

    /** The same files as they are now. Blocks. */
    ReferencedFiles now() {
        Map<Path, String> hashes = new TreeMap<>();
        this.hashes.keySet().forEach(file -> hashes.put(file, hash(file)));
        return new ReferencedFiles(hashes);
    }

    private static String hash(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            if (found.isOther() || found.size() > SecretReferences.LARGEST) {
                return "";
            }
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return Base64.getEncoder().encodeToString(hash);
        } catch (IOException missing) {
            // Reading the configuration tells of it, with the place of the reference.
            return "";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each JDK has SHA-256.", e);
        }
    }
}
