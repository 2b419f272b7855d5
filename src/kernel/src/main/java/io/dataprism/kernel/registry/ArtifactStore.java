package io.dataprism.kernel.registry;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.admission.Verdicts;
import io.dataprism.kernel.manifest.PluginArtifact;
import io.dataprism.kernel.manifest.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The content-addressed store: {@code <sha256>/} holds {@code artifact.jar}, its libraries in {@code lib/}, and {@code record.json}. A folder is
 * filled under another name and then renamed, so that one with a hash for a name is complete; whatever else is found there is the rest of a
 * crash and is removed.
 */
final class ArtifactStore {
    /** In an artifact's folder, what guarding made of its classes; kept by the sandbox. */
    static final String GUARDED = "guarded";

    static final String JAR = Verdicts.IN_STORE;

    private static final String UNFINISHED = "unfinished-";

    private final Path root;
    private final Durable durable;

    ArtifactStore(Path root, Durable durable) {
        this.root = root;
        this.durable = durable;
    }

    /** A folder to fill. */
    Path begin() throws IOException {
        return Files.createDirectories(root.resolve(UNFINISHED + UUID.randomUUID()));
    }

    Path jar(Path folder) {
        return folder.resolve(JAR);
    }

    /** Unpack, write the record, bring it to the disk, give it its name. */
    PluginRecord keep(Path filled, PluginArtifact artifact, RecordFile record) throws IOException {
        Path folder = root.resolve(artifact.sha256());
        if (Files.exists(folder.resolve(JAR)) && Sha256.of(jar(folder)).equals(artifact.sha256())) {
            Unpacker.repair(artifact, folder, durable);
            record.checking(jar(folder)).replaceIn(folder, durable);
            return record(folder, artifact, record);
        }
        Unpacker.unpack(artifact, filled);
        makeRoom(filled);
        record.checking(jar(filled)).writeInto(filled);
        durable.sync(filled);
        Durable.delete(folder);
        durable.rename(filled, folder);
        return record(folder, artifact, record);
    }

    /** The folder is what the sandbox takes for leave to keep something. */
    private void makeRoom(Path folder) throws IOException {
        if (durable == Durable.ON_DISK) {
            Files.createDirectories(folder.resolve(GUARDED));
        }
    }

    void delete(PluginRecord record) throws IOException {
        Path folder = root.resolve(record.artifact().sha256());
        if (Files.exists(folder)) {
            Path doomed = root.resolve(UNFINISHED + UUID.randomUUID());
            durable.rename(folder, doomed);
            Durable.delete(doomed);
        }
    }

    /** What is stored, and what is wrong with the rest. */
    record Opened(List<PluginRecord> records, List<PluginException> damaged) {}

    Opened open() throws IOException {
        Files.createDirectories(root);
        List<Path> finished = new ArrayList<>();
        for (Path folder : folders()) {
            if (folder.getFileName().toString().startsWith(UNFINISHED)) {
                Durable.delete(folder);
            } else {
                finished.add(folder);
            }
        }
        try {
            // All processors at once: reading large jars is much of what a node does at its start.
            List<Found> found = each(finished).map(this::look).toList();
            return new Opened(
                    found.stream().flatMap(one -> one.record.stream()).toList(),
                    found.stream().flatMap(one -> one.damage.stream()).toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Stream<Path> each(List<Path> folders) {
        return folders.size() > 1 ? folders.parallelStream() : folders.stream();
    }

    /** What is damaged, found by reading and hashing all that is stored; nothing is changed, and a node may run. */
    List<PluginException> examine() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Path> finished = folders().stream()
                .filter(folder -> !folder.getFileName().toString().startsWith(UNFINISHED))
                .toList();
        return each(finished).flatMap(folder -> examine(folder).stream()).toList();
    }

    private static Optional<PluginException> examine(Path folder) {
        try {
            RecordFile record = RecordFile.read(folder);
            PluginArtifact artifact = StoredFiles.hashed(folder.resolve(JAR), record);
            StoredFiles.checkLibraries(artifact, folder);
            return Optional.empty();
        } catch (PluginException e) {
            return Optional.of(e);
        } catch (IOException e) {
            return Optional.of(noRecord(folder));
        }
    }

    private static PluginException noRecord(Path folder) {
        return new PluginException(
                "DP-0251",
                "The folder " + folder + " has no " + RecordFile.NAME + ". Delete it and install the plugin again.");
    }

    /** What is in a folder, or what is wrong with it. */
    private record Found(Optional<PluginRecord> record, Optional<PluginException> damage) {}

    private Found look(Path folder) {
        try {
            Found found = new Found(Optional.of(read(folder)), Optional.empty());
            makeRoom(folder);
            return found;
        } catch (PluginException e) {
            if (e.code().equals("DP-0250")) {
                throw e;
            }
            return new Found(Optional.empty(), Optional.of(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> list = Files.list(root)) {
            return list.filter(Files::isDirectory).sorted().toList();
        }
    }

    private PluginRecord read(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(RecordFile.NAME))) {
            throw noRecord(folder);
        }
        RecordFile record = RecordFile.read(folder);
        PluginArtifact artifact = StoredFiles.checked(folder, record);
        if (record.isOfOlderFormat()) {
            RecordFile renewed = record.renewed(folder.resolve(JAR));
            renewed.replaceIn(folder, durable);
            return record(folder, artifact, renewed);
        }
        return record(folder, artifact, record);
    }

    private static PluginRecord record(Path folder, PluginArtifact unfinished, RecordFile record) {
        PluginArtifact artifact = new PluginArtifact(
                folder.resolve(JAR), unfinished.sha256(), unfinished.manifest(), unfinished.libraries());
        return new PluginRecord(
                artifact,
                Unpacker.classPath(artifact, folder),
                record.source(),
                record.installed(),
                record.signers().orElse(List.of()));
    }
}
