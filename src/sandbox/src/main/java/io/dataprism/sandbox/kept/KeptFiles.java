package io.dataprism.sandbox.kept;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The files in one artifact's folder, and the thread that writes them. */
final class KeptFiles {
    static final String ENDING = ".classes";
    static final String UNFINISHED = ".unfinished";

    /** A plugin's own loader and that of its native libraries, with two JDKs in turns. */
    static final int MOST = 4;

    private static final ThreadPoolExecutor WRITER =
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), KeptFiles::thread);

    static {
        WRITER.allowCoreThreadTimeOut(true);
    }

    private KeptFiles() {}

    @SuppressWarnings("ThreadPriorityCheck") // a wish; nothing rests on it
    private static Thread thread(Runnable work) {
        // Nothing of the thread that happened to need it first.
        Thread thread = new Thread(null, work, "dataprism-keeps-classes", 0, false);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.setContextClassLoader(KeptFiles.class.getClassLoader());
        return thread;
    }

    /** Have it done when there is time. */
    static void later(Runnable writing) {
        WRITER.execute(writing);
    }

    /** Delete all but the latest files, and what a killed process left half-written. */
    static void tidy(Path folder) throws IOException {
        List<Map.Entry<Path, FileTime>> latestFirst;
        try (Stream<Path> all = Files.list(folder)) {
            latestFirst = all.map(file -> Map.entry(file, written(file)))
                    .sorted(Map.Entry.<Path, FileTime>comparingByValue(Comparator.reverseOrder()))
                    .toList();
        }
        FileTime hourAgo = FileTime.from(Instant.now().minus(1, ChronoUnit.HOURS));
        int kept = 0;
        for (Map.Entry<Path, FileTime> file : latestFirst) {
            boolean isWhole = file.getKey().toString().endsWith(ENDING);
            kept += isWhole ? 1 : 0;
            if (isWhole ? kept > MOST : file.getValue().compareTo(hourAgo) < 0) {
                Files.deleteIfExists(file.getKey());
            }
        }
    }

    /** The time of one that another process has just removed is as good as any. */
    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (NoSuchFileException gone) {
            return FileTime.fromMillis(0);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
