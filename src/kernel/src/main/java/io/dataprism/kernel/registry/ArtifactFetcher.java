package io.dataprism.kernel.registry;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.registry.ArtifactSource.InMaven;
import io.dataprism.kernel.registry.ArtifactSource.OnDisk;
import io.dataprism.kernel.registry.ArtifactSource.OnWeb;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Brings an artifact's bytes from its source into a file. */
final class ArtifactFetcher {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long LARGEST = 2L << 30;

    private final RegistryOptions options;
    private final Download download = new Download(LONGEST, LARGEST);

    ArtifactFetcher(RegistryOptions options) {
        this.options = options;
    }

    /** Bring it into {@code target}; answers since when its repository has it, where that tells. */
    Optional<Instant> fetch(ArtifactSource source, Path target) throws IOException {
        if (source instanceof OnWeb web) {
            return download.fetch(web.uri(), target)
                    .orElseThrow(() -> new PluginException(
                            "DP-0230",
                            "Artifact " + web.uri()
                                    + " can't be fetched: the server has no such file. Check the address."))
                    .published();
        }
        if (source instanceof InMaven maven) {
            return maven(maven, target);
        }
        if (source instanceof OnDisk disk) {
            copy(disk.path(), target);
        }
        return Optional.empty();
    }

    private static void copy(Path from, Path target) throws IOException {
        if (!Files.isRegularFile(from)) {
            throw new PluginException(
                    "DP-0203",
                    "Artifact " + from
                            + " can't be read: there is no such file or folder. Check the path; a relative one starts at "
                            + Path.of("").toAbsolutePath() + ".");
        }
        Files.copy(from, target);
    }

    private Optional<Instant> maven(InMaven source, Path target) throws IOException {
        String path = source.group().replace('.', '/') + "/" + source.artifact() + "/" + source.version() + "/"
                + source.artifact() + "-" + source.version() + ".jar";
        Path local = options.mavenLocal().resolve(path);
        if (Files.isRegularFile(local)) {
            Files.copy(local, target);
            return Optional.empty();
        }
        if (source.version().endsWith("-SNAPSHOT")) {
            throw missing(
                    source,
                    local + " is not there, and snapshots are not looked for elsewhere. Build it with 'mvn install'.");
        }
        URI remote = options.mavenRemote()
                .map(base -> below(base, path))
                .orElseThrow(() -> missing(
                        source,
                        local
                                + " is not there, and no other repository is named. Fetch it with 'mvn dependency:get', or"
                                + " name a repository with the option 'mavenRepository' (in conf: node.maven-repository) or -D"
                                + RegistryOptions.REMOTE + "=<address>."));
        Download.Fetched fetched = download.fetch(remote, target)
                .orElseThrow(() -> missing(
                        source,
                        "neither " + local + " nor " + remote + " is there. Check group, artifact and version."));
        verify(source, remote, target);
        return fetched.published();
    }

    private static URI below(URI repository, String path) {
        String base = repository.toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + path);
    }

    /** Against the checksum that a Maven repository keeps beside each file, where it does. */
    private void verify(InMaven source, URI remote, Path file) throws IOException {
        Path checksum = file.resolveSibling(file.getFileName() + ".sha1");
        if (download.fetch(URI.create(remote + ".sha1"), checksum).isPresent()) {
            String expected =
                    Files.readString(checksum, StandardCharsets.US_ASCII).strip();
            String found = sha1(file);
            if (!expected.toLowerCase(Locale.ROOT).startsWith(found)) {
                throw new PluginException(
                        "DP-0209",
                        "Artifact " + source + " arrived damaged: its SHA-1 is " + found + ", expected "
                                + PluginException.excerpt(expected) + ". Try again.");
            }
        }
        Files.deleteIfExists(checksum);
    }

    private static String sha1(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }

    private static PluginException missing(InMaven source, String why) {
        return new PluginException("DP-0232", "Artifact " + source + " is not found: " + why);
    }
}
