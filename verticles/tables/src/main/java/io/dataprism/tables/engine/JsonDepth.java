package io.dataprism.tables.engine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** How deep a JSON file nests. DuckDB goes down level by level, without a limit, and ends the process where its stack ends. */
final class JsonDepth {
    private static final int MOST = 200;
    private static final int GZIP = 0x1f8b;

    private int depth;
    private int deepest;
    private boolean quoted;
    private boolean escaped;

    private JsonDepth() {}

    /** Refuse what nests deeper than DuckDB can be asked to go. */
    static void require(Path file) {
        JsonDepth found = new JsonDepth();
        byte[] part = new byte[1 << 16];
        try (InputStream in = open(file)) {
            for (int read = in.read(part); read >= 0 && found.deepest <= MOST; read = in.read(part)) {
                found.take(part, read);
            }
        } catch (IOException e) {
            // DuckDB may see less to object to, and go on to what was not looked at.
            throw TableProblem.UNREADABLE.failure(
                    "Tables: the file cannot be read to its end: " + e + ". Write it again.", e);
        }
        if (found.deepest > MOST) {
            throw TableProblem.UNREADABLE.failure("Tables: the file nests values more than " + MOST
                    + " levels deep, which is the most that is read. Write its rows flatter.");
        }
    }

    private static InputStream open(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(2);
        int magic = (in.read() << 8) | in.read();
        in.reset();
        return magic == GZIP ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private void take(byte[] part, int length) {
        for (int i = 0; i < length; i++) {
            take(part[i]);
        }
    }

    private void take(byte sign) {
        if (quoted) {
            // No text holds a line's end as it is: what is not closed there hides nothing of the next line.
            quoted = sign != '\n' && (escaped || sign != '"');
            escaped = !escaped && sign == '\\';
        } else if (sign == '"') {
            quoted = true;
        } else if (sign == '{' || sign == '[') {
            deepest = Math.max(deepest, ++depth);
        } else if (sign == '}' || sign == ']') {
            depth = Math.max(0, depth - 1);
        }
    }
}
