package io.dataprism.sandbox.poll;

/** Thrown wherever a condemned plugin's code polls. It has no stack trace, since it is thrown once for each frame that catches it. */
public final class CondemnedError extends Error {
    private static final long serialVersionUID = 1;

    CondemnedError(String plugin) {
        super(
                "Plugin '" + plugin + "' is condemned: its code did not end when it was to, and runs no more.",
                null,
                false,
                false);
    }
}
