package io.dataprism.kernel.admission;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Keys made by {@code keytool}, and jars signed with them as {@code jarsigner} does. Made once for all tests of a JVM. */
public final class Keys {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final KeyStore STORE = made();

    private Keys() {}

    /** Whose keys there are. The certificate of {@code old} ended years ago, that of {@code early} begins in years. */
    public static final List<String> NAMES = List.of("ada", "bob", "old", "early");

    private static KeyStore made() {
        try {
            Path file = Files.createTempDirectory("dataprism-keys").resolve("keys.p12");
            generate(file, "ada", "-365d");
            generate(file, "bob", "-365d");
            generate(file, "old", "-9y");
            generate(file, "early", "+1y");
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            Files.delete(file);
            Files.delete(file.getParent());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void generate(Path store, String name, String from) throws IOException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-J-XX:TieredStopAtLevel=1",
                        "-J-XX:+UseSerialGC",
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        name,
                        "-dname",
                        "CN=" + name,
                        "-keyalg",
                        "EC",
                        "-startdate",
                        from,
                        "-validity",
                        "730")
                .redirectErrorStream(true)
                .start();
        try (InputStream out = process.getInputStream()) {
            String told = new String(out.readAllBytes());
            if (process.waitFor() != 0) {
                throw new AssertionError("keytool failed: " + told);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static PrivateKeyEntry key(String name) {
        try {
            return (PrivateKeyEntry) STORE.getEntry(name, new PasswordProtection(PASSWORD));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The fingerprint of somebody's certificate. */
    public static String fingerprint(String name) {
        return JarSignatures.fingerprint(key(name).getCertificate());
    }

    /** {@code jar}, signed by {@code name}, beside it. */
    public static Path signed(Path jar, String name) {
        return signed(jar, name, "SHA-256");
    }

    static Path signed(Path jar, String name, String digest) {
        Path signed = jar.resolveSibling(name + "-" + jar.getFileName());
        try (ZipFile from = new ZipFile(jar.toFile());
                OutputStream to = Files.newOutputStream(signed)) {
            new JarSigner.Builder(key(name))
                    .digestAlgorithm(digest)
                    .signerName(name)
                    .build()
                    .sign(from, to);
            return signed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
