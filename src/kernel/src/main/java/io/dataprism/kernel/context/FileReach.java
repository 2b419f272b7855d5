package io.dataprism.kernel.context;

import io.dataprism.api.Caller;
import io.dataprism.api.FileAccess;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.text.IoCause;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Which files a plugin reaches: its work folder, and what it was granted. Blocks. */
final class FileReach {
    private final PluginRuntime runtime;
    private final Caller caller;

    FileReach(PluginRuntime runtime) {
        this.runtime = runtime;
        this.caller = Caller.plugin(runtime.id());
    }

    /** Where {@code path} leads, once it is clear that the plugin may go there. */
    Path place(String path, FileAccess access) throws IOException {
        return allowed(FileAccess.resolved(given(path)), access);
    }

    /** The same for the thing itself that stands at {@code path}, be it a link. */
    Path entry(String path, FileAccess access) throws IOException {
        Path given = given(path).toAbsolutePath().normalize();
        Path folder = given.getParent();
        Path name = given.getFileName();
        if (folder == null || name == null) {
            throw failed(path, "it is the root of the file system");
        }
        return allowed(FileAccess.resolved(folder).resolve(name), access);
    }

    private Path given(String path) {
        try {
            return runtime.workFolder().made().resolve(path);
        } catch (InvalidPathException e) {
            throw failed(path, "it is no path: " + e.getReason());
        }
    }

    private Path allowed(Path place, FileAccess access) throws IOException {
        if (!isOwn(place) && !may(place, access)) {
            throw denial(place, access);
        }
        return place;
    }

    /** Whether a place lies in the work folder, which needs no permission. */
    boolean isOwn(Path place) throws IOException {
        return place.startsWith(runtime.workFolder().made().toRealPath());
    }

    /** @throws PermissionDeniedException where the permission was taken back while {@code place} was used */
    void requireStill(Path place, FileAccess access) throws IOException {
        allowed(place, access);
    }

    /** Whether a grant allows it now. */
    boolean may(Path place, FileAccess access) {
        return access.granted(permission -> runtime.gate().may(caller, Permission.parse(permission)), place);
    }

    /** Why something ended that was open at {@code place}. */
    PermissionDeniedException takenBack(Path place, FileAccess access) {
        return runtime.gate().takenBack(caller, Permission.parse(access.permission(place)));
    }

    PermissionDeniedException denial(Path place, FileAccess access) {
        return runtime.gate().denial(caller, Permission.parse(access.permission(place)));
    }

    boolean isWorkFolder(Path place) throws IOException {
        return place.equals(runtime.workFolder().made().toRealPath());
    }

    PluginException tooMuch(String doing, String path, String found) {
        return new PluginException(
                "DP-0611",
                "Plugin '" + runtime.id() + "' " + doing + " '" + PluginException.excerpt(path) + "', which has "
                        + found);
    }

    PluginException failed(String path, String why) {
        return new PluginException(
                "DP-0610",
                "Plugin '" + runtime.id() + "' can't use '" + PluginException.excerpt(path) + "': " + why + ".");
    }

    PluginException failed(String path, IOException cause) {
        return failed(path, IoCause.of(cause));
    }
}
