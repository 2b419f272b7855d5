package io.dataprism.app.conf;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** The distribution that this process runs from: {@code lib}, {@code plugins}, {@code demo}, {@code conf} side by side. */
public final class Distribution {
    private Distribution() {}

    /** Its folder: what {@code dataprism.dist} says, or what this class's jar lies in; empty where it runs from classes. */
    public static Optional<Path> folder() {
        String given = System.getProperty("dataprism.dist");
        return given != null
                ? Optional.of(Path.of(given))
                : jar().map(jar -> jar.resolve("../..").normalize());
    }

    private static Optional<Path> jar() {
        CodeSource source = Distribution.class.getProtectionDomain().getCodeSource();
        try {
            return Optional.ofNullable(source)
                    .map(CodeSource::getLocation)
                    .map(Object::toString)
                    .filter(location -> location.startsWith("file:"))
                    .map(location -> Path.of(URI.create(location)))
                    .filter(Files::isRegularFile);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
