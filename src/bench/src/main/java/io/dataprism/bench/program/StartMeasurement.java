package io.dataprism.bench.program;

import io.dataprism.bench.row.Effort;
import io.dataprism.bench.row.Metric;
import io.dataprism.bench.row.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts each peer in a JVM of its own. What a peer needs, its jar and its archive, is made before its first start and kept. */
final class StartMeasurement {
    private final Archive archive;
    private final Map<String, Prepared> prepared = new HashMap<>();

    StartMeasurement(Archive archive) {
        this.archive = archive;
    }

    /** A peer that can be started. */
    private record Prepared(List<String> options, Path jar) {}

    Map<Metric, Double> of(Peer peer, Effort effort) throws Exception {
        Prepared ready = prepared.get(peer.lane());
        if (ready == null) {
            ready = prepare(peer.lane());
            prepared.put(peer.lane(), ready);
        }
        return Child.start(ready.options(), peer.lane(), ready.jar().toString());
    }

    private Prepared prepare(String host) throws Exception {
        Path folder = Files.createTempDirectory("dataprism-bench-start-");
        Path jar = folder.resolve("none.jar");
        if (!host.equals("Vert.x")) {
            try (PluginHost packer = PluginHost.named(host)) {
                jar = packer.jar("first", folder);
            }
        }
        Path file = folder.resolve("archive");
        Child.start(archive.writing(file), host, jar.toString());
        if (archive != Archive.NONE && !Files.exists(file)) {
            throw new IllegalStateException("The JVM wrote no archive for '" + host
                    + "'. It takes classes from jars only: run the benchmarks through ./dataprism bench.");
        }
        return new Prepared(archive.reading(file), jar);
    }
}
