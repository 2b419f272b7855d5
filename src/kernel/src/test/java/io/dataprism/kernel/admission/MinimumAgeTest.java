package io.dataprism.kernel.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.Sha256;
import io.dataprism.kernel.manifest.TestJar;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginRegistry;
import io.dataprism.kernel.registry.RegistryOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MinimumAgeTest {
    @TempDir
    Path folder;

    private HttpServer server;
    private Path jar;
    private volatile Optional<String> date = Optional.empty();

    @BeforeEach
    void aRepositoryThatTellsWhen() throws IOException {
        jar = TestJar.plugin("weather", "1.0.0").write(folder.resolve("weather.jar"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            if (!exchange.getRequestURI().getPath().endsWith(".jar")) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                date.ifPresent(text -> exchange.getResponseHeaders().set("Last-Modified", text));
                byte[] bytes = Files.readAllBytes(jar);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private PluginRegistry open() {
        return PluginRegistry.open(RegistryOptions.in(folder.resolve("data"))
                .withMaven(folder.resolve("m2"), URI.create(address()))
                .withAdmission(AdmissionOptions.DEFAULT.withMinimumAge(Duration.ofDays(3))));
    }

    private void published(Duration ago) {
        date = Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().minus(ago).atOffset(ZoneOffset.UTC)));
    }

    private static PluginException refused(PluginRegistry registry, ArtifactSource source) {
        return assertThrows(PluginException.class, () -> registry.install(source));
    }

    @Test
    void whatCameADayAgoIsRefusedFromTheWebAndFromMaven() {
        published(Duration.ofDays(1));
        for (String source : new String[] {address() + "/weather.jar", "maven:org.example:weather:1.0.0"}) {
            PluginException refused = refused(open(), ArtifactSource.parse(source));
            assertEquals("DP-0928", refused.code());
            assertTrue(refused.getMessage().contains("'minimum-age' is 72 h. Wait until "), refused.getMessage());
        }
        published(Duration.ofDays(-1));
        assertEquals(
                "DP-0928",
                refused(open(), ArtifactSource.parse(address() + "/weather.jar"))
                        .code());
    }

    @Test
    void whatIsOldEnoughIsInstalled() {
        published(Duration.ofDays(4));
        open().install(ArtifactSource.parse(address() + "/weather.jar"));
    }

    @Test
    void whoeverNamesTheBytesHasLookedAtThem() throws IOException {
        published(Duration.ofDays(1));
        open().install(ArtifactSource.parse(address() + "/weather.jar", Sha256.of(jar)));
    }

    @Test
    void whereNobodyTellsNothingIsKnown() {
        open().install(ArtifactSource.parse(address() + "/weather.jar"));
        date = Optional.of("yesterday");
        open().install(ArtifactSource.parse("maven:org.example:weather:1.0.0"));
    }
}
