package io.dataprism.testjars;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real PostgreSQL for tests, one a JVM, on a free port of loopback, with password login by SCRAM: the programs of the machine's own package, run as another user where the
 * tests run as root, which PostgreSQL refuses. A test that needs it fails where they are missing.
 */
public final class PostgresServer {
    public static final String USER = "tester";
    public static final String PASSWORD = "a-secret-of-the-tests-7Q";
    public static final String DATABASE = "postgres";

    private static final class Running {
        static final PostgresServer SERVER = start();
    }

    private final int port;
    private final String certificate;

    private PostgresServer(int port, String certificate) {
        this.port = port;
        this.certificate = certificate;
    }

    /** The one of this JVM, started at the first asking. */
    public static PostgresServer running() {
        return Running.SERVER;
    }

    public int port() {
        return port;
    }

    /** What it shows where TLS is spoken, for 127.0.0.1 alone, signed by itself, in PEM. */
    public String certificate() {
        return certificate;
    }

    public String url() {
        return url(DATABASE);
    }

    public String url(String database) {
        return "postgresql://127.0.0.1:" + port + "/" + database + "?sslmode=disable";
    }

    public String permission() {
        return "network-access:postgresql://127.0.0.1:" + port;
    }

    private static PostgresServer start() {
        try {
            Path folder = Files.createTempDirectory("dataprism-postgres");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return start(programs(), user(), folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }

    /** Where initdb and postgres are. */
    private static Path programs() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            folders.add(Path.of(folder));
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.sorted(Comparator.reverseOrder()).forEach(version -> folders.add(version.resolve("bin")));
            }
        }
        return folders.stream()
                .filter(folder ->
                        Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("postgres")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "This test needs PostgreSQL's own programs initdb and postgres, which are neither on the PATH nor under"
                                + " /usr/lib/postgresql. Install PostgreSQL (Debian: apt-get install postgresql)."));
    }

    /** As whom it runs: what stands before each command. */
    private static List<String> user() throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        String user = run(List.of("id", "-u", "postgres")) == 0 ? "postgres" : "nobody";
        return List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--");
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static PostgresServer start(Path programs, List<String> user, Path folder)
            throws IOException, InterruptedException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        Path log = Files.createFile(folder.resolve("log"));
        Certificate certificate = Certificate.in(folder);
        if (!user.isEmpty()) {
            String owner = user.get(1).replace("--reuid=", "");
            run(List.of(
                    "chown",
                    "-R",
                    owner,
                    data.toString(),
                    password.toString(),
                    certificate.key().toString()));
        }
        int made = process(
                        user,
                        folder,
                        log,
                        programs.resolve("initdb").toString(),
                        "--pgdata=" + data,
                        "--username=" + USER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync")
                .waitFor();
        if (made != 0) {
            throw new IllegalStateException("initdb failed:\n" + Files.readString(log, StandardCharsets.UTF_8));
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process server = process(
                user,
                folder,
                log,
                programs.resolve("postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "ssl=on",
                "-c",
                "ssl_cert_file=" + certificate.file(),
                "-c",
                "ssl_key_file=" + certificate.key(),
                "-c",
                "fsync=off",
                "-c",
                "full_page_writes=off",
                "-c",
                "max_connections=60",
                "-c",
                "max_wal_senders=0",
                "-c",
                "wal_level=minimal");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
        awaitReady(server, log);
        return new PostgresServer(port, Files.readString(certificate.file(), StandardCharsets.US_ASCII));
    }

    private static Process process(List<String> user, Path folder, Path log, String... command) throws IOException {
        List<String> whole = new ArrayList<>(user);
        whole.addAll(List.of(command));
        return new ProcessBuilder(whole)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static void awaitReady(Process server, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(log, StandardCharsets.UTF_8).contains("ready to accept connections")) {
            if (server.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                throw new IllegalStateException(
                        "PostgreSQL did not start:\n" + Files.readString(log, StandardCharsets.UTF_8));
            }
        }
    }

    /** Its processes are gone before its files are. */
    private static void stop(Process server, Path folder) {
        server.toHandle().destroy();
        try {
            if (!server.waitFor(5, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
