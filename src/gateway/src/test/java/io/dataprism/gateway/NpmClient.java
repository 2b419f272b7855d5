package io.dataprism.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packages that browsers and scripts use, from the npm registry, once into {@code target/npm}. */
final class NpmClient {
    private static final String CLIENT = "@vertx/eventbus-bridge-client.js@1.0.0";
    private static final Path FOLDER = Path.of("target", "npm").toAbsolutePath();

    private NpmClient() {}

    /** The folder that holds {@code node_modules}. */
    static synchronized Path install() throws IOException, InterruptedException {
        Path modules = FOLDER.resolve("node_modules");
        if (Files.exists(modules.resolve("@vertx")) && Files.exists(modules.resolve("sockjs-client"))) {
            return FOLDER;
        }
        Files.createDirectories(FOLDER);
        Path log = FOLDER.resolve("npm.log");
        run(
                List.of(
                        "npm",
                        "install",
                        "--no-save",
                        "--no-package-lock",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        CLIENT),
                log);
        return FOLDER;
    }

    private static void run(List<String> command, Path log) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError(
                    "This test needs Node.js and npm on the PATH (Debian: apt-get install nodejs npm).", e);
        }
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("npm did not end within five minutes; see " + log);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("npm could not install " + CLIENT + " (exit code " + process.exitValue() + "): "
                    + Files.readString(log));
        }
    }
}
