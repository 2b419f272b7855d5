package io.dataprism.files;

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.api.FileAccess;
import io.dataprism.api.Permissions;
import java.nio.file.Path;

/** Lets a call touch only what its caller, and this plugin, was granted. */
record Guard(Call call, Permissions own) {

    /** All files of a folder, or one file. */
    void require(FileAccess access, Place place) {
        if (place instanceof Place.Folder folder) {
            require(access, folder.path().resolve("**"));
        } else if (place instanceof Place.OneFile file) {
            require(access, file.path());
        } else if (place instanceof Place.Web web) {
            requireHost(web);
        }
    }

    void require(FileAccess access, Path file) {
        if (!access.granted(call::callerMay, file)) {
            throw denied(access.permission(file));
        }
        if (!access.granted(own::check, file)) {
            own.require(access.permission(file));
        }
    }

    private void requireHost(Place.Web web) {
        if (!call.callerMay(web.permission())) {
            throw denied(web.permission());
        }
        own.require(web.permission());
    }

    private CallException denied(String permission) {
        return new CallException(
                FailureKind.DENIED,
                "Files: " + call.caller() + " may not use '" + permission + "'. Grant it to " + call.caller()
                        + ", or name something that it may use.");
    }
}
