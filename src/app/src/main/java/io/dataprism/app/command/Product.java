package io.dataprism.app.command;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;

/** What is known of the installation that this process runs from. */
final class Product {
    private Product() {}

    /** DataPrism's own version, from the jar. */
    static String version() {
        return Optional.ofNullable(Product.class.getPackage().getImplementationVersion())
                .orElse("from classes");
    }

    static String versionOfVertx() {
        return Optional.ofNullable(Vertx.class.getPackage().getImplementationVersion())
                .orElse("of unknown version");
    }

    /** The folder of the clone, where the launcher started this process. */
    static Optional<Path> home() {
        return Optional.ofNullable(System.getProperty("dataprism.home")).map(Path::of);
    }
}
