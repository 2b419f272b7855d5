package io.dataprism.kernel.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a log that was written before ends, and what was found there.
 *
 * @param files its files, the one to go on with last
 * @param sequence the number of the last line; 0 where there is none
 * @param hash its hash
 * @param at when it was written
 * @param inOrder whether the node that wrote it stopped in order
 * @param isWhole whether the last file's last line is one, so that it can be written on
 * @param found what is to be said of it, in the log itself
 */
record AuditEnd(
        List<AuditFile> files,
        long sequence,
        String hash,
        Instant at,
        boolean inOrder,
        boolean isWhole,
        List<AuditEntry> found) {
    static final String STOPPED = "node-stopped";

    /**
     * Look for it. A line without an end, of which nobody was told that it is there, is cut off: the node was ended while it wrote that. Nothing else is
     * changed, whatever is damaged.
     */
    static AuditEnd of(Path folder) throws IOException {
        List<AuditFile> files = new ArrayList<>(AuditFile.all(folder));
        List<AuditEntry> found = new ArrayList<>();
        while (!files.isEmpty() && files.get(files.size() - 1).size() == 0) {
            Files.delete(files.remove(files.size() - 1).path());
        }
        if (files.isEmpty()) {
            return new AuditEnd(files, 0, AuditLine.BEGINNING, Instant.EPOCH, true, true, found);
        }
        AuditFile last = files.get(files.size() - 1);
        AuditFile.Content content = last.read();
        if (content.unfinished() > 0) {
            cut(last, content.unfinished(), found);
        }
        return search(files, content.lines(), found);
    }

    private static void cut(AuditFile file, int unfinished, List<AuditEntry> found) throws IOException {
        try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - unfinished);
            channel.force(true);
        }
        found.add(AuditEntry.done(
                Actor.KERNEL,
                "audit-recovered",
                file.name(),
                "the node was ended while it wrote: " + unfinished
                        + " bytes of a line that has no end were cut off. Nobody had been told that it was there."));
    }

    /** The last line that is one, from the end of the last file backwards. */
    private static AuditEnd search(List<AuditFile> files, List<byte[]> ofLast, List<AuditEntry> found)
            throws IOException {
        AuditFile last = files.get(files.size() - 1);
        long sequence = Math.max(0, last.first() + ofLast.size() - 1);
        List<byte[]> lines = ofLast;
        int bad = 0;
        for (int file = files.size() - 1; file >= 0; file--) {
            if (file < files.size() - 1) {
                lines = files.get(file).read().lines();
            }
            for (int at = lines.size() - 1; at >= 0; at--) {
                byte[] bytes = lines.get(at);
                if (AuditLine.isSealed(bytes)) {
                    AuditLine line = AuditLine.read(bytes);
                    damaged(last, bad, found);
                    boolean inOrder = bad == 0 && line.entry().what().equals(STOPPED);
                    return new AuditEnd(
                            files,
                            Math.max(sequence, line.sequence()),
                            line.hash(),
                            line.at(),
                            inOrder,
                            bad == 0 && file == files.size() - 1,
                            found);
                }
                bad++;
            }
        }
        damaged(last, bad, found);
        return new AuditEnd(files, sequence, AuditLine.BEGINNING, Instant.EPOCH, false, false, found);
    }

    private static void damaged(AuditFile last, int bad, List<AuditEntry> found) {
        if (bad > 0) {
            found.add(
                    AuditEntry.failed(
                            Actor.KERNEL,
                            "audit-damaged",
                            last.name(),
                            "the last " + bad + (bad == 1 ? " line was" : " lines were")
                                    + " not as written when the node started; the log goes on in another file, and  audit verify  says which."));
        }
    }
}
