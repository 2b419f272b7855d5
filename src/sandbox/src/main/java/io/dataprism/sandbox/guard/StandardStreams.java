package io.dataprism.sandbox.guard;

import io.dataprism.sandbox.classfile.MemberReference;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one plugin has for {@code System.in}, {@code out} and {@code err}: it writes to where the node does, and neither closes that nor holds its lock; it
 * reads nothing, since what is typed is typed for the node. Safe to use from any thread.
 */
public final class StandardStreams {
    private static final String SYSTEM = "java/lang/System";
    private static final String IN = "in";
    private static final String OUT = "out";
    private static final String ERR = "err";

    private @Nullable PrintStream out;
    private @Nullable PrintStream err;

    /** Whether a field is one of the three. */
    static boolean are(MemberReference field) {
        return are(field.owner(), field.name());
    }

    static boolean are(String owner, String name) {
        return owner.equals(SYSTEM) && (name.equals(IN) || name.equals(OUT) || name.equals(ERR));
    }

    /** The one that stands for the field of that name. */
    synchronized Object of(String name) {
        if (name.equals(IN)) {
            return InputStream.nullInputStream();
        }
        if (name.equals(OUT)) {
            PrintStream known = out == null ? through(() -> System.out) : out;
            out = known;
            return known;
        }
        PrintStream known = err == null ? through(() -> System.err) : err;
        err = known;
        return known;
    }

    private static PrintStream through(Supplier<PrintStream> nodes) {
        return new PrintStream(new Through(nodes), true, Charset.defaultCharset());
    }

    /** Writes to a stream of the node's, whichever it has at the time, and closes nothing. */
    private static final class Through extends OutputStream {
        private final Supplier<PrintStream> nodes;

        Through(Supplier<PrintStream> nodes) {
            this.nodes = nodes;
        }

        @Override
        public void write(int value) {
            nodes.get().write(value);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            nodes.get().write(bytes, from, length);
        }

        @Override
        public void flush() {
            nodes.get().flush();
        }
    }
}
