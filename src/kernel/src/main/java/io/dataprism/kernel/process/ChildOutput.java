package io.dataprism.kernel.process;

import io.dataprism.kernel.text.OneLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a child writes to its standard output and error, line by line: told, and the last of it kept. A thread of its own reads it until the child ends. */
final class ChildOutput {
    private static final Logger LOG = LoggerFactory.getLogger(ChildOutput.class);
    private static final int LONGEST = 2_000;
    private static final int KEPT = 10;

    private final InputStream from;
    private final Thread thread;
    private final Deque<String> last = new ArrayDeque<>();
    private volatile Consumer<String> lines = unheard -> {};

    ChildOutput(String name, InputStream from) {
        this.from = from;
        this.thread = new Thread(this::read, "dataprism-output-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Who is told of each line from now on. */
    void tell(Consumer<String> listener) {
        lines = listener;
    }

    private void read() {
        byte[] line = new byte[LONGEST];
        int length = 0;
        byte[] some = new byte[4_096];
        try {
            for (int read = from.read(some); read >= 0; read = from.read(some)) {
                for (int i = 0; i < read; i++) {
                    if (some[i] == '\n') {
                        line(line, length);
                        length = 0;
                    } else if (length < LONGEST) {
                        line[length++] = some[i];
                    }
                }
            }
            if (length > 0) {
                line(line, length);
            }
        } catch (IOException e) {
            LOG.debug("The output of a plugin's process ended", e);
        }
    }

    private void line(byte[] bytes, int length) {
        String text = OneLine.of(new String(bytes, 0, length, StandardCharsets.UTF_8), LONGEST);
        synchronized (last) {
            if (last.size() == KEPT) {
                last.removeFirst();
            }
            last.addLast(text);
        }
        lines.accept(text);
    }

    /** The last lines, once there are no more or {@code millis} are over. */
    String last(long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (last) {
            return String.join(" | ", last);
        }
    }
}
