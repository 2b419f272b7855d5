package io.dataprism.kernel.database;

import io.dataprism.api.PluginException;
import org.jspecify.annotations.Nullable;

/** What went wrong at a database. Its message ends without a full stop, and names no plugin: the kernel adds both. */
public final class DatabaseFailure extends PluginException {
    private static final long serialVersionUID = 1L;

    /** What it means for the connection, and the code that whoever asked gets. */
    public enum Kind {
        /** Nobody answers, or the login is refused. */
        CONNECT("DP-0876"),
        /** The database refuses this; the connection goes on. */
        REFUSED("DP-0877"),
        /** A value can't be held, or passed. */
        VALUE("DP-0878"),
        /** More came at once than the node holds; the connection is no more. */
        TOO_LARGE("DP-0885"),
        /** The connection is no more. */
        LOST("DP-0875");

        private final String code;

        Kind(String code) {
            this.code = code;
        }
    }

    private final Kind kind;

    public DatabaseFailure(Kind kind, String message) {
        this(kind, message, null);
    }

    public DatabaseFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(kind.code, message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
