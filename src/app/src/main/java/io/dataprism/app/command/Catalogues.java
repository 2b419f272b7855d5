package io.dataprism.app.command;

import io.dataprism.app.conf.ConfReader;
import io.dataprism.app.conf.ConfSources;
import io.dataprism.app.conf.NodeConf;
import io.dataprism.app.conf.Shipped;
import io.dataprism.app.pipeline.Catalogue;
import io.dataprism.kernel.desired.WantedPlugin;
import io.dataprism.kernel.manifest.ArtifactReader;
import io.dataprism.kernel.manifest.PluginManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which plugins a pipeline may name, by their artifacts' manifests; nothing is run. */
final class Catalogues {
    private Catalogues() {}

    /** Those of a configuration; without one, those that ship. */
    static Catalogue of(@Nullable Path conf) throws InterruptedException {
        return conf == null ? of(Shipped.current().jars().values()) : of(artifacts(conf(conf)));
    }

    /** A configuration that is in order. */
    static NodeConf conf(Path folder) throws InterruptedException {
        return OneVertx.with(vertx -> new ConfReader(vertx, ConfSources.of(folder), Shipped.current()).read())
                .orThrow();
    }

    private static List<Path> artifacts(NodeConf conf) {
        return conf.desired().plugins().stream()
                .map(WantedPlugin::source)
                .flatMap(Optional::stream)
                .filter(source -> !source.startsWith("maven:") && !source.contains("://"))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
    }

    private static Catalogue of(Collection<Path> artifacts) {
        Catalogue catalogue = new Catalogue(Map.of());
        for (Path artifact : artifacts) {
            PluginManifest manifest = ArtifactReader.read(artifact).manifest();
            catalogue = catalogue.and(manifest.id().value(), manifest.capabilities());
        }
        return catalogue;
    }
}
