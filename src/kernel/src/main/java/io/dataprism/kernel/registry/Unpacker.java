package io.dataprism.kernel.registry;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.PluginArtifact;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks a plugin's libraries beside its jar, so that a class loader can open them. */
final class Unpacker {
    private static final int BUFFER = 1 << 16;
    private static final long LARGEST = 4L << 30;

    private Unpacker() {}

    /** Unpack the libraries of {@code artifact}'s jar into {@code folder}. */
    static void unpack(PluginArtifact artifact, Path folder) throws IOException {
        unpack(artifact, folder, (zip, entry, target, room) -> copy(zip, entry, target, room));
    }

    /** Unpack those that are not there, or not as they are in the jar; the others may be in use. */
    static void repair(PluginArtifact artifact, Path folder, Durable durable) throws IOException {
        Path unfinished = folder.resolve("lib.unfinished");
        unpack(artifact, folder, (zip, entry, target, room) -> {
            if (Files.isRegularFile(target) && isSame(zip, entry, target)) {
                return Files.size(target);
            }
            long size = copy(zip, entry, unfinished, room);
            durable.replace(unfinished, target);
            return size;
        });
    }

    private static boolean isSame(ZipFile zip, ZipEntry entry, Path target) throws IOException {
        try (InputStream expected = new BufferedInputStream(zip.getInputStream(entry), BUFFER);
                InputStream found = new BufferedInputStream(Files.newInputStream(target), BUFFER)) {
            int next = expected.read();
            while (next >= 0 && next == found.read()) {
                next = expected.read();
            }
            return next < 0 && found.read() < 0;
        }
    }

    /** What is done with a library that there is room for; answers its size. */
    private interface Step {
        long apply(ZipFile zip, ZipEntry entry, Path target, long room) throws IOException;
    }

    private static void unpack(PluginArtifact artifact, Path folder, Step step) throws IOException {
        if (artifact.libraries().isEmpty()) {
            return;
        }
        Files.createDirectories(folder.resolve("lib"));
        long room = LARGEST;
        try (ZipFile zip = new ZipFile(artifact.file().toFile())) {
            for (String library : artifact.libraries()) {
                ZipEntry entry = zip.getEntry(library);
                Path target = folder.resolve(library).normalize();
                if (entry == null || !target.startsWith(folder)) {
                    throw new PluginException(
                            "DP-0207",
                            "Entry '" + PluginException.excerpt(library)
                                    + "' leads out of the jar. Don't install this file.");
                }
                room -= step.apply(zip, entry, target, room);
            }
        }
    }

    /** What a class loader takes: the jar first, then its libraries. */
    static List<Path> classPath(PluginArtifact artifact, Path folder) {
        List<Path> path = new ArrayList<>();
        path.add(artifact.file());
        artifact.libraries().forEach(library -> path.add(folder.resolve(library)));
        return path;
    }

    private static long copy(ZipFile zip, ZipEntry entry, Path target, long room) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(target)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                copied += read;
                if (copied > room) {
                    throw new PluginException(
                            "DP-0233",
                            "Unpacked, the libraries would take more than " + (LARGEST >> 30)
                                    + " GiB: expected less. Leave out what the plugin doesn't need.");
                }
                out.write(buffer, 0, read);
            }
        }
        return copied;
    }
}
