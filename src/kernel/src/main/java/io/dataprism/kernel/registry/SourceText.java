package io.dataprism.kernel.registry;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.registry.ArtifactSource.OnDisk;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An {@link ArtifactSource} as conf and command line write it. */
final class SourceText {
    private static final String MAVEN = "maven:";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern COORDINATE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]*");
    private static final String EXPECTED =
            ": expected a path, an http(s) address or maven:<group>:<artifact>:<version>. Correct the plugin's source.";

    private SourceText() {}

    static ArtifactSource parse(String text, Optional<String> sha256) {
        Optional<String> hash = sha256.map(given -> hash(text, given));
        if (text.isBlank()) {
            throw refused(text, "is empty");
        }
        if (text.startsWith(MAVEN)) {
            return maven(text, hash);
        }
        if (text.startsWith(OnDisk.SHIPPED)) {
            throw refused(
                    text, "says that it comes with the program, which the program's own configuration alone may say");
        }
        int scheme = text.indexOf("://");
        if (scheme > 0) {
            return web(text, text.substring(0, scheme).toLowerCase(Locale.ROOT), hash);
        }
        try {
            return new OnDisk(Path.of(text), hash);
        } catch (InvalidPathException e) {
            throw refused(text, "is no path of this system (" + e.getReason() + ")");
        }
    }

    static boolean isFar(String text) {
        return text.startsWith(MAVEN) || text.indexOf("://") > 0;
    }

    private static String hash(String source, String given) {
        String hash = given.toLowerCase(Locale.ROOT);
        if (!SHA256.matcher(hash).matches()) {
            throw new PluginException(
                    "DP-0231",
                    "The SHA-256 '" + PluginException.excerpt(given) + "' of artifact '"
                            + PluginException.excerpt(source)
                            + "' can't be one: expected 64 hexadecimal digits. Write what sha256sum prints for the jar.");
        }
        return hash;
    }

    private static ArtifactSource maven(String text, Optional<String> hash) {
        String[] parts = text.substring(MAVEN.length()).split(":", -1);
        if (parts.length != 3) {
            throw refused(text, "has " + parts.length + " parts after 'maven:' instead of 3");
        }
        if (parts[2].equals("LATEST") || parts[2].equals("RELEASE")) {
            throw refused(text, "names no version: '" + parts[2] + "' is another one every day");
        }
        for (String part : parts) {
            if (!COORDINATE.matcher(part).matches() || part.contains("..")) {
                throw refused(text, "has '" + PluginException.excerpt(part) + "' in it, which is no Maven coordinate");
            }
        }
        return new ArtifactSource.InMaven(parts[0], parts[1], parts[2], hash);
    }

    private static ArtifactSource web(String text, String scheme, Optional<String> hash) {
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refused(text, "has the scheme '" + PluginException.excerpt(scheme) + "'");
        }
        try {
            URI uri = new URI(text);
            if (uri.getHost() == null) {
                throw refused(text, "names no host");
            }
            if (uri.getUserInfo() != null) {
                throw new PluginException(
                        "DP-0231",
                        "The artifact source at host '" + uri.getHost()
                                + "' holds a user name or password, which would be shown in lists and logs. Leave it out.");
            }
            return new ArtifactSource.OnWeb(uri, hash);
        } catch (URISyntaxException e) {
            throw refused(text, "is no address (" + e.getReason() + ")");
        }
    }

    private static PluginException refused(String text, String found) {
        return new PluginException(
                "DP-0231", "Artifact source '" + PluginException.excerpt(text) + "' " + found + EXPECTED);
    }
}
