package io.dataprism.sandbox.kept;

import io.dataprism.api.Plugin;
import io.dataprism.sandbox.guard.GuardedClasses;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassWriter;

/**
 * All that a verdict rests on, as one hash: the classes themselves and those that they are linked with; the guard, its rule table and the library it
 * writes classes with; the JDK, its modules, and Vert.x.
 */
public final class KeptKey {
    /** Of this JVM; empty where it can't be told what the guard's own code is. Found out when it is first needed. */
    private static final class Here {
        static final Optional<String> TEXT = text();

        private static Optional<String> text() {
            try {
                Optional<String> guard = CodeFingerprint.of(GuardedClasses.class, "io.dataprism.sandbox");
                Optional<String> writer = CodeFingerprint.of(ClassWriter.class, "org.objectweb.asm");
                return guard.flatMap(
                        ours -> writer.map(theirs -> String.join("\n", ours, theirs, jdk(), modules(), vertx())));
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        private static String jdk() {
            return "jdk " + Runtime.version() + " " + System.getProperty("java.vendor") + " "
                    + System.getProperty("java.vendor.version") + " " + System.getProperty("os.arch");
        }

        private static String modules() {
            return ModuleLayer.boot().modules().stream()
                    .map(Module::getName)
                    .sorted()
                    .collect(Collectors.joining(" ", "modules ", ""));
        }

        private static String vertx() {
            try (InputStream version =
                    Plugin.class.getClassLoader().getResourceAsStream("META-INF/vertx/vertx-version.txt")) {
                return "vertx " + (version == null ? "" : new String(version.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                return "vertx";
            }
        }
    }

    private KeptKey() {}

    /**
     * What tells this build of a package, with all below it, from others, as a part of {@link #content}; empty where that can't be told. Blocks.
     *
     * @param type a class of it
     */
    public static Optional<String> code(Class<?> type) throws IOException {
        return CodeFingerprint.of(type, type.getPackageName());
    }

    /** Of classes that {@code content} names, guarded by this JVM; empty where nothing can be kept. */
    static Optional<byte[]> of(String content) {
        return Here.TEXT.map(here -> hash(List.of(here, content)));
    }

    /** What tells this JVM's JDK, sandbox, rule table and Vert.x from others; empty where that can't be told. Blocks. */
    public static Optional<String> here() {
        return Here.TEXT;
    }

    /** One text for several, so that no others have the same. */
    public static String content(Collection<String> parts) {
        return HexFormat.of().formatHex(hash(parts));
    }

    private static byte[] hash(Collection<String> parts) {
        MessageDigest digest = digest();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return digest.digest();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
