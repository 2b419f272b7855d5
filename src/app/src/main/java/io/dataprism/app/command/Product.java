package io.dataprism.app.command;

import io.vertx.core.Vertx;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.Optional;

/** What is known of the installation that this process runs from. */
final class Product {
    private Product() {}

    /** DataPrism's own version, from the jar. */
    static String version() {
        return versionOf(Product.class).orElse("from classes");
    }

    static String versionOfVertx() {
        return versionOf(Vertx.class).orElse("of unknown version");
    }

    /** As the manifest of its jar says; modules have none, and say it themselves. */
    private static Optional<String> versionOf(Class<?> type) {
        return Optional.ofNullable(type.getPackage().getImplementationVersion())
                .or(() -> Optional.ofNullable(type.getModule().getDescriptor()).flatMap(ModuleDescriptor::rawVersion));
    }

    /** The folder of the clone, where the launcher started this process. */
    static Optional<Path> home() {
        return Optional.ofNullable(System.getProperty("dataprism.home")).map(Path::of);
    }
}
