package io.dataprism.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.agent.KeptChecks.Made;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was made of the JDK's classes is taken over by the next start, as it was, and only for the same bytes. */
class KeptChecksTest {
    /** Enough to be worth a file; the last has nothing to check. */
    private static final List<Class<?>> CLASSES = Stream.of(
                    List.of(File.class, Runtime.class, Thread.class, ClassLoader.class, Files.class, System.class),
                    List.of(java.net.Socket.class, java.net.URL.class, java.io.FileInputStream.class),
                    List.of(java.io.FileOutputStream.class, java.io.RandomAccessFile.class, ProcessBuilder.class),
                    List.of(java.nio.channels.FileChannel.class, java.lang.reflect.Method.class, Class.class),
                    List.of(java.lang.reflect.Field.class, java.net.ServerSocket.class, BitSet.class))
            .flatMap(List::stream)
            .<Class<?>>map(type -> type)
            .toList();

    @TempDir
    Path folder;

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream stream = type.getModule().getResourceAsStream(name(type) + ".class")) {
            assertNotNull(stream);
            return stream.readAllBytes();
        }
    }

    private static String name(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private KeptChecks kept() {
        return KeptChecks.in(Optional.of(folder));
    }

    /** What the transformer makes of a class that is loaded now. */
    private static byte[] made(JdkTransform transform, Class<?> type, byte[] bytes) {
        return transform.transform(null, name(type), null, null, bytes);
    }

    @Test
    void theNextStartTakesOverWhatTheFirstWorkedOut() throws Exception {
        KeptChecks first = kept();
        JdkTransform working = new JdkTransform(new CheckedMethods(), first);
        for (Class<?> type : CLASSES) {
            made(working, type, bytes(type));
        }
        first.close();
        KeptChecks second = kept();
        JdkTransform taking = new JdkTransform(new CheckedMethods(), second);
        for (Class<?> type : CLASSES) {
            byte[] bytes = bytes(type);
            Made made = second.of(name(type), false, bytes);
            assertNotNull(made, type.getName());
            assertArrayEquals(made(working, type, bytes), made(taking, type, bytes), type.getName());
        }
        CheckedClass file =
                second.of(name(File.class), false, bytes(File.class)).checked();
        assertNotNull(file);
        assertEquals(
                "file-access:write:{this}",
                file.rules().get("delete()Z").outcome().toString());
        Made text = second.of(name(BitSet.class), false, bytes(BitSet.class));
        assertNotNull(text);
        assertNull(text.checked());
    }

    @Test
    void otherBytesOrALoadedClassAreAnotherClass() throws Exception {
        KeptChecks first = kept();
        JdkTransform working = new JdkTransform(new CheckedMethods(), first);
        for (Class<?> type : CLASSES) {
            made(working, type, bytes(type));
        }
        first.close();
        KeptChecks second = kept();
        byte[] other = bytes(File.class).clone();
        other[other.length - 1] ^= 1;
        assertNull(second.of(name(File.class), false, other));
        assertNull(second.of(name(File.class), true, bytes(File.class)));
        assertTrue(second.knows(name(File.class), false));
    }

    @Test
    void withoutAFolderNothingIsKept() throws Exception {
        KeptChecks none = KeptChecks.in(Optional.empty());
        JdkTransform working = new JdkTransform(new CheckedMethods(), none);
        assertNotNull(made(working, File.class, bytes(File.class)));
        none.close();
        assertNull(none.of(name(File.class), false, bytes(File.class)));
    }
}
