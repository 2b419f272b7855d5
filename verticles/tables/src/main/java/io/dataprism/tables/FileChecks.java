package io.dataprism.tables;

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.FileAccess;
import io.dataprism.api.Permissions;
import io.dataprism.tables.engine.TableProblem;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Holds a path against what the caller, and this plugin itself, was granted. */
final class FileChecks {
    private FileChecks() {}

    /** Where {@code path} leads. Blocks. */
    static Path resolved(String path) {
        try {
            return FileAccess.resolved(Path.of(path));
        } catch (IOException | InvalidPathException e) {
            throw TableProblem.UNREADABLE.failure("Tables: '" + path + "' leads nowhere: " + e.getMessage(), e);
        }
    }

    /** Fails unless both may. */
    static void require(Call call, Permissions own, FileAccess access, Path resolved) {
        if (!access.granted(call::callerMay, resolved)) {
            throw new CallException(
                    FailureKind.DENIED,
                    "Tables: " + call.caller() + " may not use '" + access.permission(resolved) + "'. Grant it to "
                            + call.caller() + ", or name a file that it may use.");
        }
        if (!access.granted(own::check, resolved)) {
            own.require(access.permission(resolved));
        }
    }
}
