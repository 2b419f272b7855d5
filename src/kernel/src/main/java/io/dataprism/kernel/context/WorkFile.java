package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClientResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A file in a plugin's work folder that is written wholly or not at all. */
final class WorkFile {
    private final PluginRuntime runtime;
    private final PluginId plugin;
    private final WriteQuota quota;
    private final Path folder;
    private final Path file;

    private WorkFile(PluginRuntime runtime, WriteQuota quota, Path folder, Path file) {
        this.runtime = runtime;
        this.quota = quota;
        this.plugin = runtime.id();
        this.folder = folder;
        this.file = file;
    }

    /** {@code given} may be any object that calls itself a path: only its text is used. */
    static WorkFile in(PluginRuntime runtime, WriteQuota quota, Path given) {
        Path folder = runtime.workFolder().made().toAbsolutePath().normalize();
        Path file = folder.resolve(given.toString()).normalize();
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new PluginException(
                    "DP-0198",
                    "Plugin '" + runtime.id() + "' wants to download to '" + PluginException.excerpt(given.toString())
                            + "', which lies outside its work folder. Name a file below workFolder().");
        }
        return new WorkFile(runtime, quota, folder, file);
    }

    /** @param most bytes; what is larger is cut off and fails */
    Future<Void> take(HttpClientResponse response, long most) {
        Vertx vertx = runtime.deployment().context().owner();
        // The connection may break while nobody listens yet; all of this runs in the plugin's slices.
        List<Throwable> broken = new ArrayList<>();
        response.pause().exceptionHandler(broken::add);
        String name = ".download-" + UUID.randomUUID();
        String part = folder.resolve(name).toString();
        WriteQuota.Share share = quota.share(name);
        return inside(vertx)
                .compose(checked -> vertx.fileSystem().open(part, new OpenOptions().setCreateNew(true)))
                .compose(open -> broken.isEmpty()
                        ? response.pipeTo(new CappedWrites(open, most, tooLarge(most), share))
                        : broken(open, broken.get(0)))
                .compose(written ->
                        Unzipped.isZipped(response) ? unzip(Path.of(part), most, share) : Future.succeededFuture())
                .compose(written -> vertx.<Void>executeBlocking(() -> commit(Path.of(part), share), false))
                .recover(failure -> {
                    // What still comes is for nobody.
                    response.request().reset();
                    return vertx.executeBlocking(() -> drop(Path.of(part), share), false)
                            .transform(dropped -> Future.failedFuture(failure));
                });
    }

    private @Nullable Void commit(Path part, WriteQuota.Share share) throws IOException {
        quota.names.lock();
        try {
            long replaced = quota.bytes(file.getFileName().toString(), found());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            share.keep(replaced);
            return null;
        } finally {
            quota.names.unlock();
        }
    }

    /** What is there already. */
    private Optional<BasicFileAttributes> found() throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private boolean drop(Path part, WriteQuota.Share share) throws IOException {
        quota.names.lock();
        try {
            return Files.deleteIfExists(part);
        } finally {
            share.giveUp();
            quota.names.unlock();
        }
    }

    /** Put what {@code part} holds zipped in its place. */
    private Future<Void> unzip(Path part, long most, WriteQuota.Share share) {
        return runtime.deployment().blocking(() -> {
            Path whole = part.resolveSibling(part.getFileName() + "-whole");
            try {
                try (InputStream in = Files.newInputStream(part);
                        OutputStream out = Files.newOutputStream(whole, StandardOpenOption.CREATE_NEW)) {
                    Unzipped.copy(plugin, in, counted(out, share), most);
                }
                share.less(Files.size(part));
                Files.move(whole, part, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(whole);
            }
            return null;
        });
    }

    private static OutputStream counted(OutputStream out, WriteQuota.Share share) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                share.take(count);
                out.write(bytes, from, count);
            }
        };
    }

    private PluginException tooLarge(long most) {
        return new PluginException(
                "DP-0197",
                "Plugin '" + plugin + "' was sent more than " + most + " bytes for '" + file.getFileName()
                        + "', which is the most that a download may have. Ask for a part of it.");
    }

    private static Future<Void> broken(AsyncFile open, Throwable cause) {
        return open.close().transform(closed -> Future.failedFuture(cause));
    }

    /** A link in the folder must not lead out of it. */
    private Future<Void> inside(Vertx vertx) {
        return vertx.executeBlocking(() -> {
            Path real = folder.toRealPath();
            Path parent = file.getParent();
            if (parent == null || !parent.toRealPath().startsWith(real)) {
                throw new PluginException(
                        "DP-0198",
                        "'" + file.getFileName() + "' lies behind a link that leads out of the work folder.");
            }
            return null;
        });
    }
}
