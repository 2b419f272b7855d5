package io.dataprism.postgres;

import io.dataprism.api.PluginException;
import java.nio.charset.StandardCharsets;

/** Names of tables and columns as they stand in a statement: quoted, so that none is anything but a name. */
final class Names {
    /** PostgreSQL cuts longer ones off, and may then mean another table. */
    private static final int LONGEST = 63;

    private Names() {}

    static String quoted(String name) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > LONGEST || name.indexOf('\0') >= 0) {
            throw PostgresProblem.BAD_REQUEST.failure("'" + PluginException.excerpt(name)
                    + "' is no name of a table or column: expected from 1 to " + LONGEST + " bytes.");
        }
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
