package io.dataprism.driver.postgres;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.database.DatabaseFailure;
import io.dataprism.kernel.database.DatabaseFailure.Kind;
import io.vertx.pgclient.PgException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What goes wrong, in the kernel's words. */
final class Failures {
    private static final int LONGEST = 500;

    private Failures() {}

    static Throwable connecting(Throwable cause) {
        if (cause instanceof DatabaseFailure failure && failure.kind() == Kind.CONNECT) {
            return failure;
        }
        return cause instanceof TimeoutException
                ? new DatabaseFailure(Kind.CONNECT, "nobody answered in time; check host and port")
                : new DatabaseFailure(Kind.CONNECT, text(cause), cause);
    }

    /** Whether {@code cause} is the server's own word on a statement, after which the connection goes on. */
    static boolean isAnswer(Throwable cause) {
        return cause instanceof PluginException
                || (cause instanceof PgException refused
                        && !"FATAL".equals(refused.getSeverity())
                        && !"PANIC".equals(refused.getSeverity()));
    }

    /**
     * Of a statement.
     *
     * @param gone whether the connection is
     */
    static Throwable asking(Throwable cause, boolean gone) {
        if (cause instanceof PluginException) {
            return cause;
        }
        Kind kind = gone ? Kind.LOST : cause instanceof PgException ? Kind.REFUSED : Kind.VALUE;
        return new DatabaseFailure(kind, text(cause), cause);
    }

    /** The server's words are foreign: cut, and on one line. */
    private static String text(Throwable cause) {
        String words = cause instanceof PgException refused
                ? refused.getErrorMessage() + " (SQLSTATE " + refused.getSqlState() + ")"
                : cause.getMessage();
        return line(words == null ? cause.getClass().getSimpleName() : words);
    }

    private static String line(@Nullable String words) {
        String text = String.valueOf(words);
        String head = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return head.replaceAll("\\p{Cntrl}+", " ").replaceFirst("\\.$", "");
    }
}
