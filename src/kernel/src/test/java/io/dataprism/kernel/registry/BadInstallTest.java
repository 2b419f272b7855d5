package io.dataprism.kernel.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.Sha256;
import io.dataprism.kernel.manifest.TestJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact texts for artifacts that can't be installed; and the sources that can. */
class BadInstallTest {
    private static final String ZEROS = "0".repeat(64);

    private final Map<String, byte[]> served = new ConcurrentHashMap<>();

    @TempDir
    Path folder;

    private HttpServer server;
    private PluginRegistry registry;
    private String base;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body = served.getOrDefault(path, new byte[0]);
            int status = path.startsWith("/broken") ? 503 : served.containsKey(path) ? 200 : 404;
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        registry = PluginRegistry.open(RegistryOptions.in(folder.resolve("data"))
                .withMaven(folder.resolve("m2"), URI.create(base + "/maven2")));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String refused(ArtifactSource source) {
        PluginException refused = assertThrows(PluginException.class, () -> registry.install(source));
        return (refused.code() + " " + refused.getMessage())
                .replace(folder + "/", "")
                .replace(base, "http://host");
    }

    private String refused(String source) {
        return refused(ArtifactSource.parse(source));
    }

    @Test
    void installsFromTheWeb() throws IOException {
        served.put("/weather.jar", TestJar.plugin("weather", "1.0.0").bytes());
        String sha256 = Sha256.of(TestJar.plugin("weather", "1.0.0").write(folder.resolve("w.jar")));
        PluginRecord record = registry.install(ArtifactSource.parse(base + "/weather.jar", sha256));
        assertEquals("weather@1.0.0", record.key().toString());
        assertEquals(base + "/weather.jar", record.source());
    }

    @Test
    void installsFromTheLocalMavenRepository() throws IOException {
        Path jar = folder.resolve("m2/org/example/weather/1.0.0/weather-1.0.0.jar");
        Files.createDirectories(jar.getParent());
        TestJar.plugin("weather", "1.0.0").write(jar);
        assertEquals(
                "weather@1.0.0",
                registry.install(ArtifactSource.parse("maven:org.example:weather:1.0.0"))
                        .key()
                        .toString());
    }

    @Test
    void installsFromARemoteMavenRepository() {
        served.put(
                "/maven2/org/example/weather/1.0.0/weather-1.0.0.jar",
                TestJar.plugin("weather", "1.0.0").bytes());
        assertEquals(
                "weather@1.0.0",
                registry.install(ArtifactSource.parse("maven:org.example:weather:1.0.0"))
                        .key()
                        .toString());
    }

    @Test
    void aMavenArtifactThatArrivedDamaged() {
        String path = "/maven2/org/example/weather/1.0.0/weather-1.0.0.jar";
        served.put(path, "x".getBytes(StandardCharsets.UTF_8));
        served.put(path + ".sha1", "0000".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "DP-0209 Artifact maven:org.example:weather:1.0.0 arrived damaged: its SHA-1 is"
                        + " 11f6ad8ec52a2984abaafd7c3b516503785c2072, expected 0000. Try again.",
                refused("maven:org.example:weather:1.0.0"));
    }

    @Test
    void aMavenArtifactThatIsNowhere() {
        assertEquals(
                "DP-0232 Artifact maven:org.example:weather:1.0.0 is not found: neither"
                        + " m2/org/example/weather/1.0.0/weather-1.0.0.jar nor"
                        + " http://host/maven2/org/example/weather/1.0.0/weather-1.0.0.jar is there. Check group, artifact and"
                        + " version.",
                refused("maven:org.example:weather:1.0.0"));
    }

    @Test
    void aMavenSnapshotThatWasNotBuiltHere() {
        assertEquals(
                "DP-0232 Artifact maven:org.example:weather:1.0.0-SNAPSHOT is not found:"
                        + " m2/org/example/weather/1.0.0-SNAPSHOT/weather-1.0.0-SNAPSHOT.jar is not there, and snapshots are not"
                        + " looked for elsewhere. Build it with 'mvn install'.",
                refused("maven:org.example:weather:1.0.0-SNAPSHOT"));
    }

    @Test
    void anAddressWithNothingBehindIt() {
        assertEquals(
                "DP-0230 Artifact http://host/none.jar can't be fetched: the server has no such file. Check the address.",
                refused(base + "/none.jar"));
    }

    @Test
    void aServerThatFails() {
        assertEquals(
                "DP-0230 Artifact http://host/broken.jar can't be fetched: the server answered 503, expected 200. Check the"
                        + " address and whether it needs a login.",
                refused(base + "/broken.jar"));
    }

    @Test
    void aServerThatIsNotThere() {
        server.stop(0);
        assertEquals(
                "DP-0230 Artifact http://host/a.jar can't be fetched: no answer came (java.net.ConnectException). Check the"
                        + " address and the network.",
                refused(base + "/a.jar"));
    }

    @Test
    void aFileWithAnotherHash() throws IOException {
        Path jar = TestJar.plugin("weather", "1.0.0").write(folder.resolve("weather.jar"));
        assertEquals(
                "DP-0209 Artifact weather.jar is not the expected file: its SHA-256 is " + Sha256.of(jar)
                        + ", expected " + ZEROS + ". Don't use it unless you know why it differs.",
                refused(ArtifactSource.parse(jar.toString(), ZEROS)));
    }

    @Test
    void theSameVersionWithOtherBytes() throws IOException {
        PluginRecord installed = registry.install(
                ArtifactSource.path(TestJar.plugin("weather", "1.0.0").write(folder.resolve("a.jar"))));
        Path other = TestJar.plugin("weather", "1.0.0").entry("more", "x").write(folder.resolve("b.jar"));
        assertEquals(
                "DP-0202 Plugin 'weather' 1.0.0 can't be installed from b.jar: that version is installed already, from a.jar, with"
                        + " SHA-256 " + installed.artifact().sha256() + ", and this file has " + Sha256.of(other)
                        + ". Give the changed plugin a new version, or remove the installed one first.",
                refused(ArtifactSource.path(other)));
    }

    @Test
    void buildMetadataMakesNoOtherVersion() throws IOException {
        registry.install(
                ArtifactSource.path(TestJar.plugin("weather", "1.0.0+a").write(folder.resolve("a.jar"))));
        assertEquals(
                "DP-0202",
                refused(ArtifactSource.path(TestJar.plugin("weather", "1.0.0+b").write(folder.resolve("b.jar"))))
                        .substring(0, 7));
    }

    @Test
    void aFolderOutsideOfDevMode() {
        assertEquals(
                "DP-0229 Folder " + folder
                        + " can't be installed: folders are for developing plugins, in dev mode only. Install the"
                        + " plugin's jar, or turn dev mode on.",
                refused(ArtifactSource.path(folder)));
    }

    @Test
    void aFileThatIsNotThere() {
        assertEquals(
                "DP-0203 Artifact none.jar can't be read: there is no such file or folder. Check the path; a relative one starts"
                        + " at " + Path.of("").toAbsolutePath() + ".",
                refused("none.jar"));
    }

    @Test
    void aJarIsNamedAsItWasGivenAndNotAsItIsStored() throws IOException {
        Path jar = TestJar.empty().entry("a", "a").write(folder.resolve("empty.jar"));
        assertEquals(
                "DP-0205 empty.jar: DP-0205 It holds no plugin.yaml: expected one at its root. Add it to the plugin's resources, or"
                        + " choose a jar that is a plugin.",
                refused(ArtifactSource.path(jar)));
    }

    @Test
    void aPluginThatIsNotInstalled() throws IOException {
        registry.install(ArtifactSource.path(TestJar.plugin("weather", "1.0.0").write(folder.resolve("a.jar"))));
        assertEquals(
                "Plugin not found: wether. Did you mean 'weather'?",
                assertThrows(PluginNotFoundException.class, () -> registry.require("wether"))
                        .getMessage());
        assertEquals(
                "Plugin not found: charts. 'plugins list' shows what is installed; 'plugins install' adds to it.",
                assertThrows(PluginNotFoundException.class, () -> registry.require("charts"))
                        .getMessage());
    }

    @Test
    void aDataFolderFromTheFuture() throws IOException {
        PluginRecord record = registry.install(
                ArtifactSource.path(TestJar.plugin("weather", "1.0.0").write(folder.resolve("a.jar"))));
        Path file = record.artifact().file().resolveSibling("record.json");
        Files.writeString(file, Files.readString(file).replace("\"format\" : 3", "\"format\" : 4"));
        PluginException refused = assertThrows(
                PluginException.class, () -> PluginRegistry.open(RegistryOptions.in(folder.resolve("data"))));
        assertEquals("DP-0250", refused.code());
        assertEquals(
                "The data folder was written by a newer version: " + file
                        + " has format 4, expected at most 3. Run the version that wrote it, or give this one another data folder.",
                refused.getMessage());
    }

    /** Cut off, of another kind than it should be, and not even text: a block that a crash left behind. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"format\": null}",
                "{\"format\": 2, \"source\": \"a\", \"sha256\": \"b\", \"installed\": \"2026-01-01T00:00:00Z\"}",
                "{\"format\": \"1\"}",
                "[]",
                "{\"source\": \"\u00e9\"}"
            })
    void aDamagedRecordDoesNotStopTheRest(String left) throws IOException {
        PluginRecord good = registry.install(
                ArtifactSource.path(TestJar.plugin("good", "1.0.0").write(folder.resolve("a.jar"))));
        PluginRecord bad = registry.install(
                ArtifactSource.path(TestJar.plugin("bad", "1.0.0").write(folder.resolve("b.jar"))));
        Path file = bad.artifact().file().resolveSibling("record.json");
        Files.writeString(file, left, StandardCharsets.ISO_8859_1);
        PluginRegistry again = PluginRegistry.open(RegistryOptions.in(folder.resolve("data")));
        assertEquals(good, again.require("good"));
        assertEquals(
                "The record " + file
                        + " is damaged: expected what this program writes. Delete its folder and install the plugin again.",
                again.damaged().get(0).getMessage());
    }

    @Test
    void anArtifactThatWasChangedInTheStore() throws IOException {
        PluginRecord record = registry.install(
                ArtifactSource.path(TestJar.plugin("weather", "1.0.0").write(folder.resolve("a.jar"))));
        TestJar.plugin("weather", "1.0.0")
                .entry("evil", "x")
                .write(record.artifact().file());
        PluginRegistry again = PluginRegistry.open(RegistryOptions.in(folder.resolve("data")));
        assertEquals("DP-0251", again.damaged().get(0).code());
        assertEquals(0, again.all().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                          | Artifact source '' is empty
                    maven:org.example:weather   | Artifact source 'maven:org.example:weather' has 2 parts after 'maven:' instead of 3
                    maven:a:b:c:d               | Artifact source 'maven:a:b:c:d' has 4 parts after 'maven:' instead of 3
                    maven:a:../../b:1           | Artifact source 'maven:a:../../b:1' has '../../b' in it, which is no Maven coordinate
                    maven:a:b:LATEST            | Artifact source 'maven:a:b:LATEST' names no version: 'LATEST' is another one every day
                    ftp://example.org/a.jar     | Artifact source 'ftp://example.org/a.jar' has the scheme 'ftp'
                    file:///tmp/a.jar           | Artifact source 'file:///tmp/a.jar' has the scheme 'file'
                    http://                     | Artifact source 'http://' is no address (Expected authority)
                    http:///a.jar               | Artifact source 'http:///a.jar' names no host
                    """)
    void sourcesThatAreNone(String source, String message) {
        PluginException refused = assertThrows(PluginException.class, () -> ArtifactSource.parse(source));
        assertEquals("DP-0231", refused.code());
        assertEquals(
                message
                        + ": expected a path, an http(s) address or maven:<group>:<artifact>:<version>. Correct the plugin's source.",
                refused.getMessage());
    }

    @Test
    void anAddressWithAPasswordIsNotRepeated() {
        assertEquals(
                "The artifact source at host 'example.org' holds a user name or password, which would be shown in lists and logs."
                        + " Leave it out.",
                assertThrows(PluginException.class, () -> ArtifactSource.parse("https://me:secret@example.org/a.jar"))
                        .getMessage());
    }

    @Test
    void aHashThatCannotBeOne() {
        assertEquals(
                "The SHA-256 'abc' of artifact 'a.jar' can't be one: expected 64 hexadecimal digits. Write what sha256sum prints for"
                        + " the jar.",
                assertThrows(PluginException.class, () -> ArtifactSource.parse("a.jar", "abc"))
                        .getMessage());
    }
}
