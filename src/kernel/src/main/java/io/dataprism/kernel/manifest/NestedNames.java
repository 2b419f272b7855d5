package io.dataprism.kernel.manifest;

import io.dataprism.api.PluginException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of all files in the libraries nested in a jar. To read them is to unpack them, so it is done once, where it must be, and not
 * beyond a bound: a file of a few kilobytes may hold terabytes.
 */
final class NestedNames {
    private static final Logger LOG = LoggerFactory.getLogger(NestedNames.class);
    private static final int BUFFER = 1 << 16;

    private final List<String> libraries;
    private final int mostNames;
    private final long mostBytes;
    private final Set<String> found = new HashSet<>();
    private final byte[] buffer = new byte[BUFFER];
    private long room;
    private boolean read;
    private @Nullable String tooMuch;

    /**
     * @param mostNames of which no more are read
     * @param mostBytes of all libraries together, unpacked
     */
    NestedNames(List<String> libraries, int mostNames, long mostBytes) {
        this.libraries = libraries;
        this.mostNames = mostNames;
        this.mostBytes = mostBytes;
        this.room = mostBytes;
    }

    Set<String> in(ZipFile zip) {
        if (!read) {
            read = true;
            libraries.stream().takeWhile(library -> tooMuch == null).forEach(library -> add(zip, library));
        }
        return found;
    }

    /** What is wrong with them where they hold too much; what was not read is missing then. */
    Optional<String> tooMuch() {
        return Optional.ofNullable(tooMuch);
    }

    private void add(ZipFile zip, String library) {
        try (InputStream in = zip.getInputStream(zip.getEntry(library));
                ZipInputStream inside = new ZipInputStream(in)) {
            ZipEntry entry = inside.getNextEntry();
            while (entry != null && found.size() < mostNames && skip(inside)) {
                found.add(entry.getName());
                entry = inside.getNextEntry();
            }
        } catch (IOException unreadable) {
            // What can't be read holds no class: whatever is looked for in it is told to be missing.
            LOG.debug("A nested library can't be read: {}", library, unreadable);
        }
        if (room < 0) {
            tooMuch = "Unpacked, the libraries would take more than " + (mostBytes >> 20) + " MiB (with '"
                    + PluginException.excerpt(library)
                    + "'): expected less, where a class that the manifest names must be looked for"
                    + " in them. Leave out what the plugin doesn't need, or put that class into the plugin's own jar.";
        }
    }

    /** Whether an entry ends within what may be read. */
    private boolean skip(InputStream entry) throws IOException {
        int count = entry.read(buffer);
        while (count >= 0 && room >= 0) {
            room -= count;
            count = entry.read(buffer);
        }
        return room >= 0;
    }
}
