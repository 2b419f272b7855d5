package io.dataprism.it.input;

import io.dataprism.app.conf.ConfReader;
import io.dataprism.app.conf.ConfSources;
import io.dataprism.app.conf.Shipped;
import io.dataprism.gateway.BridgeUsers;
import io.dataprism.gateway.Gateway;
import io.dataprism.gateway.GatewayOptions;
import io.dataprism.kernel.Kernel;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.testkit.PluginJar;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What keeps a second node, a bridge or a configuration from coming up beside one that runs. */
final class BadNodes {
    private final Map<String, BadInputTest.Bad> cases = new LinkedHashMap<>();
    private final TestKernel kernel;

    BadNodes(TestKernel kernel) {
        this.kernel = kernel;
        cases.put(
                "locked data folder",
                () -> second(options("second").withDataFolder(kernel.folder().resolve("data"))));
        cases.put(
                "second kernel with the same addresses",
                () -> Kernel.create(kernel.vertx(), KernelOptions.DEFAULT.withNode("third")));
        cases.put(
                "data folder that is a file",
                () -> second(options("fourth")
                        .withDataFolder(Files.writeString(kernel.folder().resolve("file"), "no folder"))));
        cases.put(
                "kernel options",
                () -> Future.failedFuture(
                        failure(() -> KernelOptions.fromJson(new JsonObject().put("resorces", new JsonObject())))));
        cases.put("port in use", this::portInUse);
        cases.put("duplicate id and version", this::duplicate);
        conf("conf from a newer version", "version: 2\n");
        conf("conf that is no YAML", "version: [\n");
        conf("conf with a wrong key", "version: 1\nplugin: {}\n");
        conf("conf with a reference to nothing", "version: 1\nnode: {name: \"${env:NOWHERE}\"}\n");
        conf("conf with a wrong grant", "version: 1\nplugins: {neighbour: {source: n.jar, grants: [fly]}}\n");
    }

    Map<String, BadInputTest.Bad> cases() {
        return cases;
    }

    private static KernelOptions options(String prefix) {
        return KernelOptions.DEFAULT.withNode(prefix).withAddressPrefix(prefix + ":");
    }

    private Future<Kernel> second(KernelOptions options) {
        return Kernel.create(kernel.vertx(), options);
    }

    private static Throwable failure(Runnable doing) {
        try {
            doing.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("It did not fail.");
    }

    private Future<?> portInUse() throws Exception {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        return Gateway.start(
                        kernel.vertx(),
                        kernel.kernel(),
                        GatewayOptions.onLoopback(BridgeUsers.of(Map.of("ada", "a-token-of-some-length-for-ada")))
                                .withPort(taken.getLocalPort()))
                .eventually(() -> kernel.vertx().executeBlocking(() -> {
                    taken.close();
                    return null;
                }));
    }

    /** Outside development mode. */
    private Future<?> duplicate() {
        Path one = PluginJar.of("twice").main(BadArtifacts.Good.class).writeTo(kernel.folder());
        return second(options("strict").withDataFolder(kernel.folder().resolve("strict")))
                .compose(strict -> strict.install(ArtifactSource.path(one))
                        .compose(done -> strict.install(ArtifactSource.path(PluginJar.of("twice")
                                .main(BadArtifacts.Good.class)
                                .manifest("description: another one")
                                .writeTo(kernel.folder()))))
                        .eventually(() -> strict.close(Duration.ofSeconds(10))));
    }

    private void conf(String name, String yaml) {
        cases.put(name, () -> {
            Path folder = Files.createDirectories(kernel.folder().resolve("conf-" + name.replace(' ', '-')));
            Files.writeString(folder.resolve("kernel.yaml"), yaml);
            ConfSources sources = new ConfSources(folder, Map.of(), Map.of());
            return new ConfReader(
                            kernel.vertx(), sources, Shipped.in(kernel.folder().resolve("none")))
                    .read()
                    .map(read -> read.orThrow());
        });
    }
}
