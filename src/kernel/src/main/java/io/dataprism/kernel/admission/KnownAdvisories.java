package io.dataprism.kernel.admission;

import io.dataprism.api.PluginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.stream.Stream;

/** The advisories of the policy, read when they are first needed and again where they were replaced since. Safe to use from any thread; blocks. */
final class KnownAdvisories {
    private Optional<Reading> last = Optional.empty();

    /** What was read. */
    private record Reading(Path place, String state, Advisories read) {}

    /**
     * Those at {@code place}.
     *
     * @throws PluginException {@code DP-0943} where they can't be read
     */
    synchronized Advisories at(Path place) {
        String state = state(place);
        Optional<Reading> same = last.filter(
                known -> known.place().equals(place) && known.state().equals(state));
        if (same.isPresent()) {
            return same.get().read();
        }
        Advisories read = Advisories.read(place);
        last = Optional.of(new Reading(place, state, read));
        return read;
    }

    /** Of a file its time and size; of a folder how many files there are, and the newest one's time. */
    private static String state(Path place) {
        try {
            if (!Files.isDirectory(place)) {
                return Files.getLastModifiedTime(place) + " " + Files.size(place);
            }
            long files = 0;
            FileTime newest = Files.getLastModifiedTime(place);
            try (Stream<Path> all = Files.list(place)) {
                for (Path file : (Iterable<Path>) all::iterator) {
                    FileTime time = Files.getLastModifiedTime(file);
                    newest = time.compareTo(newest) > 0 ? time : newest;
                    files++;
                }
            }
            return files + " " + newest;
        } catch (IOException e) {
            throw new PluginException(
                    "DP-0943",
                    "The advisories " + place + " can't be read (" + e
                            + "). Put them there, or correct 'advisories' in the section 'admission'.",
                    e);
        }
    }
}
