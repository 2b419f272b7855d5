package io.dataprism.testkit;

import io.dataprism.api.CallException;
import io.dataprism.api.CallOptions;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginException;
import io.dataprism.api.StreamOptions;
import io.dataprism.api.StreamReader;
import io.dataprism.kernel.lifecycle.LoadOptions;
import io.dataprism.kernel.lifecycle.PluginInfo;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.RequestedPermission;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plugin in a {@link TestKernel}. Use from the test's thread. */
public final class PluginUnderTest {
    private final TestKernel kernel;
    private final PluginManifest manifest;
    private final LoadOptions options;

    private PluginUnderTest(TestKernel kernel, PluginManifest manifest, LoadOptions options) {
        this.kernel = kernel;
        this.manifest = manifest;
        this.options = options;
    }

    /** Trusted as what comes with a program is: whether a node admits it is what {@code plugins check} tells. */
    static PluginUnderTest install(TestKernel kernel, Path artifact) {
        PluginManifest manifest = kernel.value(
                        "installing " + artifact, kernel.kernel().install(ArtifactSource.shipped(artifact)))
                .manifest();
        return new PluginUnderTest(kernel, manifest, LoadOptions.DEFAULT).granted(requested(manifest));
    }

    private static String[] requested(PluginManifest manifest) {
        return manifest.permissions().stream()
                .map(RequestedPermission::permission)
                .toArray(String[]::new);
    }

    public String id() {
        return manifest.id().value();
    }

    public PluginManifest manifest() {
        return manifest;
    }

    /** The same plugin, to be loaded with this configuration. */
    public PluginUnderTest configured(JsonObject config) {
        return new PluginUnderTest(
                kernel, manifest, new LoadOptions(Optional.of(config), options.version(), options.grants()));
    }

    /** The same plugin, to be loaded with these grants and no others. */
    public PluginUnderTest granted(String... permissions) {
        return new PluginUnderTest(kernel, manifest, options.grants(permissions));
    }

    /** Load it, and wait until it runs. */
    public PluginUnderTest load() {
        kernel.value("plugin " + id() + " to run", kernel.kernel().load(id(), options));
        return this;
    }

    /** How loading it fails. */
    public PluginException loadFailure() {
        return pluginException(Await.failure("loading " + id(), kernel.kernel().load(id(), options)));
    }

    public void stop() {
        kernel.reply("plugin " + id() + " to stop", kernel.kernel().stop(id()));
    }

    public void start() {
        kernel.reply("plugin " + id() + " to start", kernel.kernel().start(id()));
    }

    public void reload() {
        kernel.reply("plugin " + id() + " to reload", kernel.kernel().reload(id()));
    }

    public void unload() {
        kernel.reply("plugin " + id() + " to unload", kernel.kernel().unload(id()));
    }

    public void configure(JsonObject config) {
        kernel.reply(
                "plugin " + id() + " to take its configuration", kernel.kernel().configure(id(), config));
    }

    /** What the kernel knows about it now; empty once it was removed. */
    public Optional<PluginInfo> info() {
        return kernel.kernel().plugin(id());
    }

    public Optional<PluginState> state() {
        return info().map(PluginInfo::state);
    }

    /** Wait until it is in {@code state}. */
    public void awaitState(PluginState state) {
        Await.until(
                "plugin " + id() + " to be " + state.label(),
                () -> state().filter(state::equals).isPresent(),
                Await.LIMIT,
                kernel::situation);
    }

    /** Call a capability as the host application and wait for the reply, whatever payload it is. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the test knows what its plugin answers with
    public <T> @Nullable T reply(String capability, @Nullable Object request) {
        return kernel.reply("plugin " + id() + " to answer " + capability, this.<T>calling(capability, request));
    }

    /** Call a capability that takes and answers with JSON. */
    public JsonObject call(String capability, JsonObject request) {
        return kernel.value(
                "plugin " + id() + " to answer " + capability, this.<JsonObject>calling(capability, request));
    }

    /** Call a capability without waiting. */
    public <T> Future<T> calling(String capability, @Nullable Object request) {
        return kernel.kernel().call(id(), capability, request, CallOptions.within(Await.LIMIT));
    }

    /** Call a capability that answers with a stream, and wait for the reader. */
    public <T> StreamReader<T> stream(String capability, @Nullable Object request) {
        return kernel.value("plugin " + id() + " to answer " + capability, this.<T>streaming(capability, request));
    }

    /** The same without waiting. */
    public <T> Future<StreamReader<T>> streaming(String capability, @Nullable Object request) {
        return kernel.kernel().stream(id(), capability, request, StreamOptions.within(Await.LIMIT));
    }

    /**
     * How a call fails.
     *
     * @throws AssertionError if it succeeds, or fails with another kind
     */
    public CallException callFailure(FailureKind kind, String capability, @Nullable Object request) {
        Throwable failure = Await.failure("calling " + capability + " of " + id(), calling(capability, request));
        if (failure instanceof CallException call && call.kind() == kind) {
            return call;
        }
        String how =
                failure instanceof CallException call ? call.kind() + ": " + call.getMessage() : failure.toString();
        throw new AssertionError(
                "Expected " + capability + " of " + id() + " to fail with " + kind + ", but it failed with " + how,
                failure);
    }

    /** The permissions that it was granted to be loaded with. */
    public List<String> grants() {
        return options.grants();
    }

    private static PluginException pluginException(Throwable failure) {
        if (failure instanceof PluginException plugin) {
            return plugin;
        }
        throw new AssertionError("Expected a PluginException, but got " + failure, failure);
    }
}
