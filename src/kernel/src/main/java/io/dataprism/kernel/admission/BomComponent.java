package io.dataprism.kernel.admission;

import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A library that an artifact's bill of materials names, by its Maven coordinates.
 *
 * @param name {@code group:artifact}
 */
public record BomComponent(String name, String version) {
    private static final String MAVEN = "pkg:maven/";

    /** The one that a package URL names; empty where that names none of Maven's. */
    static Optional<BomComponent> ofUrl(String url) {
        if (!url.startsWith(MAVEN)) {
            return Optional.empty();
        }
        String path = url.substring(MAVEN.length()).split("[?#]", 2)[0];
        int at = path.lastIndexOf('@');
        String[] names = path.substring(0, Math.max(0, at)).split("/", -1);
        if (names.length != 2) {
            return Optional.empty();
        }
        try {
            String name = decoded(names[0]) + ":" + decoded(names[1]);
            return of(name, decoded(path.substring(at + 1)));
        } catch (IllegalArgumentException notEncoded) {
            return Optional.empty();
        }
    }

    static Optional<BomComponent> of(String name, String version) {
        return name.length() < 3 || name.length() > 300 || version.isBlank() || version.length() > 100
                ? Optional.empty()
                : Optional.of(new BomComponent(name, version));
    }

    /** Whether a jar of this name would be it: the name and version, and what Maven may put behind that. */
    boolean isCalled(String file) {
        String own = name.substring(name.indexOf(':') + 1) + "-" + version;
        return file.equals(own + ".jar") || file.startsWith(own + "-");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    public JsonObject toJson() {
        return new JsonObject().put("name", name).put("version", version);
    }

    @Override
    public String toString() {
        return name + ":" + version;
    }
}
