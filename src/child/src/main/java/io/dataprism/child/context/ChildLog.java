package io.dataprism.child.context;

import io.dataprism.api.Log;
import io.dataprism.child.ChildLink;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.WireFailure;
import org.jspecify.annotations.Nullable;

/** The log, which the kernel writes. */
final class ChildLog implements Log {
    private static final int LONGEST = 20_000;

    private final ChildLink link;

    ChildLog(ChildLink link) {
        this.link = link;
    }

    @Override
    public void debug(String message) {
        say(0, message, null);
    }

    @Override
    public void info(String message) {
        say(1, message, null);
    }

    @Override
    public void warn(String message) {
        say(2, message, null);
    }

    @Override
    public void warn(String message, @Nullable Throwable cause) {
        say(2, message, cause);
    }

    @Override
    public void error(String message) {
        say(3, message, null);
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
        say(3, message, cause);
    }

    private void say(int level, @Nullable String message, @Nullable Throwable cause) {
        String text = String.valueOf(message);
        link.tell(Op.LOG, level, out -> {
            out.text(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
            out.flag(cause != null);
            if (cause != null) {
                WireFailure.of(cause).write(out);
            }
        });
    }
}
