package io.dataprism.kernel.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads a log, while it is written or when nobody does. Blocks, for as long as the log is large; safe to use from any thread.
 */
public final class AuditReader {
    private final Path folder;
    private final Object reading;

    private AuditReader(Path folder, Object reading) {
        this.folder = folder;
        this.reading = reading;
    }

    /** Of a log that no node writes meanwhile. */
    public static AuditReader of(Path folder) {
        return new AuditReader(folder, new Object());
    }

    /** @param reading held while files are deleted */
    static AuditReader of(Path folder, Object reading) {
        return new AuditReader(folder, reading);
    }

    /** What is done with the files, oldest first. */
    private interface Work<T> {
        T with(List<AuditFile> files) throws IOException;
    }

    private <T> T reading(Work<T> work) {
        synchronized (reading) {
            try {
                return work.with(AuditFile.all(folder));
            } catch (IOException e) {
                throw AuditFailures.unreadable(folder, e);
            }
        }
    }

    /**
     * The lines that {@code query} wants, in their order. What is no line is passed over: {@link #verify} tells of that.
     *
     * @throws io.dataprism.api.PluginException {@code DP-0851} where the log can't be read
     */
    public List<AuditLine> list(AuditQuery query) {
        return reading(files -> query.after().isPresent() ? onwards(files, query) : newest(files, query));
    }

    private static List<AuditLine> onwards(List<AuditFile> files, AuditQuery query) throws IOException {
        List<AuditLine> found = new ArrayList<>();
        long after = query.after().orElse(0L);
        for (int at = 0; at < files.size() && found.size() < query.limit(); at++) {
            boolean before = at + 1 < files.size() && files.get(at + 1).first() <= after + 1;
            if (!before) {
                List<byte[]> lines = files.get(at).read().lines();
                for (int number = 0; number < lines.size() && found.size() < query.limit(); number++) {
                    line(lines.get(number)).filter(query::wants).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private static List<AuditLine> newest(List<AuditFile> files, AuditQuery query) throws IOException {
        List<AuditLine> found = new ArrayList<>();
        for (int at = files.size() - 1; at >= 0 && found.size() < query.limit(); at--) {
            List<byte[]> lines = files.get(at).read().lines();
            for (int number = lines.size() - 1; number >= 0 && found.size() < query.limit(); number--) {
                line(lines.get(number)).filter(query::wants).ifPresent(found::add);
            }
        }
        Collections.reverse(found);
        return found;
    }

    private static Optional<AuditLine> line(byte[] bytes) {
        try {
            return Optional.of(AuditLine.read(bytes));
        } catch (NoAuditLineException e) {
            return Optional.empty();
        }
    }

    /** The newest line; empty where there is none. */
    public Optional<AuditLine> last() {
        return list(AuditQuery.newest(1)).stream().findFirst();
    }

    /**
     * Whether the log is as it was written.
     *
     * @param heads a file of heads to hold it against, which was kept elsewhere: without one, nobody can tell that lines at the end are missing, or that all of
     *     it was written anew
     * @throws io.dataprism.api.PluginException {@code DP-0851} where the log can't be read, {@code DP-0853} where the heads can't
     */
    public AuditVerdict verify(Optional<Path> heads) {
        // Before the log: what is written meanwhile is no line that the log lacks.
        List<Head> known = heads.map(AuditHeads::read).orElse(List.of());
        return reading(files -> {
            AuditCheck check = new AuditCheck(known);
            for (int at = 0; at < files.size(); at++) {
                check.file(files.get(at), at == files.size() - 1);
            }
            return check.verdict();
        });
    }
}
