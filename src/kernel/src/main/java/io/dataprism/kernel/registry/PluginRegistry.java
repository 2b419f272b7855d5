package io.dataprism.kernel.registry;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.admission.Admission;
import io.dataprism.kernel.admission.Candidate;
import io.dataprism.kernel.admission.Judged;
import io.dataprism.kernel.admission.Refusal;
import io.dataprism.kernel.admission.Signer;
import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.audit.AuditEntry;
import io.dataprism.kernel.audit.AuditTrail;
import io.dataprism.kernel.contract.ContractChanges;
import io.dataprism.kernel.manifest.ArtifactReader;
import io.dataprism.kernel.manifest.PluginArtifact;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.kernel.manifest.PluginManifest;
import io.dataprism.kernel.manifest.Version;
import io.dataprism.kernel.manifest.VersionRange;
import io.dataprism.kernel.registry.ArtifactSource.OnDisk;
import io.dataprism.kernel.text.NearNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins installed on this node. Safe for use by many threads; {@link #open}, {@link #install} and {@link #remove} block. There is one registry
 * a data folder: the node's lock on the folder sees to that.
 */
public final class PluginRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(PluginRegistry.class);

    private static final String ARTIFACTS = "artifacts";

    /** Where a plugin's versions begin in that order. */
    private static final Version HIGHEST = Version.of("999999999.999999999.999999999");

    private final RegistryOptions options;
    private final ArtifactStore store;
    private final ArtifactFetcher fetcher;
    private final Admission admission;
    private final ConcurrentSkipListMap<PluginKey, PluginRecord> records =
            new ConcurrentSkipListMap<>(PluginRegistry::compare);
    private final InstalledFiles files = new InstalledFiles();
    /** What somebody named by its SHA-256 since the registry was opened: the configuration does so at each start. */
    private final Set<String> named = ConcurrentHashMap.newKeySet();

    private final Object changing = new Object();
    private Consumer<PluginId> follower = unheard -> {};
    private Consumer<List<PluginRecord>> welcome = unheard -> {};
    private final List<PluginException> damaged;
    private volatile AuditTrail trail = AuditTrail.NONE;

    private PluginRegistry(RegistryOptions options) throws IOException {
        this.options = options;
        this.admission = new Admission(options.admission());
        this.store = new ArtifactStore(
                options.folder().resolve(ARTIFACTS), options.temporary() ? Durable.WHILE_RUNNING : Durable.ON_DISK);
        this.fetcher = new ArtifactFetcher(options);
        ArtifactStore.Opened opened = store.open();
        this.damaged = List.copyOf(opened.damaged());
        List<PluginRecord> oldestFirst = opened.records().stream()
                .sorted((one, other) -> one.installed().compareTo(other.installed()))
                .toList();
        for (PluginRecord record : oldestFirst) {
            PluginRecord replaced = put(record);
            if (replaced != null) {
                store.delete(replaced);
            }
        }
    }

    /** By id, and each id's newest version first. */
    private static int compare(PluginKey one, PluginKey other) {
        int ids = one.id().compareTo(other.id());
        return ids != 0 ? ids : other.version().compareTo(one.version());
    }

    /**
     * The registry of a data folder, with what was installed there before. Folders of plugins under development are not remembered.
     *
     * @throws PluginException {@code DP-0250} when the folder was written by a newer version, {@code DP-0252} when it can't be read
     */
    public static PluginRegistry open(RegistryOptions options) {
        try {
            return new PluginRegistry(options);
        } catch (IOException e) {
            throw disk(options.folder(), e);
        }
    }

    /**
     * Let {@code follower}, of which there is one, know of each plugin that is installed, and from now on of each of which a version comes or
     * goes. It is told at once, by whatever thread does that, and must not block.
     */
    public void follow(Consumer<PluginId> follower) {
        synchronized (changing) {
            this.follower = follower;
            records.keySet().forEach(key -> follower.accept(key.id()));
        }
    }

    /**
     * Show {@code welcome} what is installed of each plugin, and from now on what will be before a version is added: nobody can start it before that returns.
     * It is called under the registry's lock, may block for a moment, and must not come back here.
     */
    public void welcome(Consumer<List<PluginRecord>> welcome) {
        synchronized (changing) {
            this.welcome = welcome;
            records.keySet().stream().map(PluginKey::id).distinct().forEach(id -> welcome.accept(versions(id)));
        }
    }

    /**
     * What is damaged in a data folder's artifacts, found by reading and hashing all of them, as no start does; nothing is changed, and a node may run
     * there. Blocks for long.
     *
     * @throws PluginException {@code DP-0252} when it can't be read
     */
    public static List<PluginException> examine(Path dataFolder) {
        try {
            return new ArtifactStore(dataFolder.resolve(ARTIFACTS), Durable.WHILE_RUNNING).examine();
        } catch (IOException e) {
            throw disk(dataFolder, e);
        }
    }

    /** Where what is installed and removed from now on is told. */
    public void trail(AuditTrail next) {
        trail = next;
    }

    private void tell(String what, PluginRecord record) {
        trail.changed(AuditEntry.done(
                Actor.KERNEL,
                what,
                "plugin:" + record.id() + " " + record.version(),
                "SHA-256 " + record.artifact().sha256()));
    }

    private @Nullable PluginRecord put(PluginRecord record) throws IOException {
        synchronized (changing) {
            welcome.accept(Stream.concat(
                            versions(record.id()).stream()
                                    .filter(other -> !other.key().equals(record.key())),
                            Stream.of(record))
                    .toList());
            PluginRecord replaced = records.put(record.key(), record);
            if (replaced != null) {
                files.remove(replaced);
            }
            files.add(record);
            tell("plugin-installed", record);
            follower.accept(record.id());
            return replaced;
        }
    }

    /** What was found damaged when the registry was opened; the rest is there. */
    public List<PluginException> damaged() {
        return damaged;
    }

    /**
     * Fetch, check, keep and register an artifact. What is installed already is answered as it is.
     *
     * @throws io.dataprism.kernel.manifest.ManifestException when the artifact is not in order
     * @throws PluginException when it can't be fetched, has another hash than it must ({@code DP-0209}), or the same id and
     *     version are installed with other bytes ({@code DP-0202}), unless it comes with the program
     */
    public PluginRecord install(ArtifactSource source) {
        source.sha256().ifPresent(named::add);
        try {
            if (source instanceof OnDisk disk && Files.isDirectory(disk.path())) {
                return folder(disk);
            }
            Optional<PluginRecord> same = source instanceof OnDisk disk ? files.like(disk.path()) : Optional.empty();
            if (same.isPresent() && isStill(same.get())) {
                verify(source, same.get().artifact());
                requireUnblocked(same.get());
                return same.get();
            }
            Path filling = store.begin();
            try {
                Optional<Instant> published = fetcher.fetch(source, store.jar(filling));
                PluginArtifact artifact = ArtifactReader.read(store.jar(filling), source.toString());
                verify(source, artifact);
                return register(filling, artifact, source, admit(artifact, source, published));
            } finally {
                Durable.delete(filling);
            }
        } catch (IOException e) {
            throw disk(options.folder(), e);
        } catch (UncheckedIOException e) {
            throw disk(options.folder(), new IOException(e.getMessage(), e));
        }
    }

    /**
     * Fetch an artifact and look at it as an installation would, and keep nothing of it.
     *
     * @throws PluginException where it can't be had, or is not in order, as for {@link #install}; that the policy refuses it is an answer
     */
    public Reviewed review(ArtifactSource source) {
        try {
            if (source instanceof OnDisk disk && Files.isDirectory(disk.path())) {
                return review(source, ArtifactReader.read(disk.path()), Optional.empty());
            }
            Path filling = store.begin();
            try {
                Optional<Instant> published = fetcher.fetch(source, store.jar(filling));
                return review(source, ArtifactReader.read(store.jar(filling), source.toString()), published);
            } finally {
                Durable.delete(filling);
            }
        } catch (IOException e) {
            throw disk(options.folder(), e);
        } catch (UncheckedIOException e) {
            throw disk(options.folder(), new IOException(e.getMessage(), e));
        }
    }

    private Reviewed review(ArtifactSource source, PluginArtifact artifact, Optional<Instant> published)
            throws IOException {
        verify(source, artifact);
        Judged judged = admission.judge(candidate(artifact, source, published));
        Optional<PluginManifest> before =
                versions(artifact.manifest().id()).stream().findFirst().map(PluginRecord::manifest);
        return new Reviewed(source.toString(), artifact, judged, admission.verdict(artifact), before);
    }

    /** Whether it was not removed meanwhile. */
    private boolean isStill(PluginRecord record) {
        synchronized (changing) {
            return record.equals(records.get(record.key()));
        }
    }

    private PluginRecord folder(OnDisk source) throws IOException {
        if (!options.devMode()) {
            throw new PluginException(
                    "DP-0229",
                    "Folder " + source
                            + " can't be installed: folders are for developing plugins, in dev mode only. Install the plugin's jar,"
                            + " or turn dev mode on.");
        }
        PluginArtifact artifact = ArtifactReader.read(source.path());
        verify(source, artifact);
        admit(artifact, source, Optional.empty());
        synchronized (changing) {
            PluginRecord record = new PluginRecord(
                    artifact, Unpacker.classPath(artifact, artifact.file()), source.toString(), now(), List.of());
            put(record);
            return record;
        }
    }

    private static void verify(ArtifactSource source, PluginArtifact artifact) {
        source.sha256().filter(expected -> !expected.equals(artifact.sha256())).ifPresent(expected -> {
            throw new PluginException(
                    "DP-0209",
                    "Artifact " + source + " is not the expected file: its SHA-256 is " + artifact.sha256()
                            + ", expected " + expected + ". Don't use it unless you know why it differs.");
        });
    }

    /** Outside of any lock: a large artifact is scanned for seconds. */
    private List<Signer> admit(PluginArtifact artifact, ArtifactSource source, Optional<Instant> published)
            throws IOException {
        boolean shipped = source instanceof OnDisk disk && disk.shipped();
        Candidate candidate = new Candidate(
                artifact, source.toString(), shipped, source.sha256().isPresent(), published);
        return admission
                .judge(candidate)
                .orThrow(artifact.manifest().key(), source.toString())
                .signatures()
                .signers();
    }

    private static Candidate candidate(PluginArtifact artifact, ArtifactSource source, Optional<Instant> published) {
        boolean shipped = source instanceof OnDisk disk && disk.shipped();
        return new Candidate(
                artifact, source.toString(), shipped, source.sha256().isPresent(), published);
    }

    private void requireUnblocked(PluginRecord record) {
        blocked(record).ifPresent(refusal -> {
            throw new PluginException(
                    refusal.code(),
                    "Plugin '" + record.id() + "' " + record.version() + " is not admitted: " + refusal.message());
        });
    }

    /** Why what is installed may not run; empty where it may. Does not block. */
    public Optional<Refusal> blocked(PluginRecord record) {
        return admission.barred(
                record.key(),
                record.artifact().sha256(),
                record.signers(),
                ArtifactSource.isShipped(record.source()),
                record.installed());
    }

    /**
     * Who vouches for what is installed, in words; empty where nobody does whom the policy trusts. A SHA-256 that an installation named counts until the
     * registry is opened next. Does not block.
     */
    public Optional<String> voucher(PluginRecord record) {
        return admission.voucher(
                record.signers(),
                ArtifactSource.isShipped(record.source()),
                named.contains(record.artifact().sha256()),
                record.installed());
    }

    /** What decides which artifacts are installed. */
    public Admission admission() {
        return admission;
    }

    /** A version that breaks what an installed one promised must say so by its own number. */
    private void requireCompatible(PluginManifest manifest) {
        if (options.devMode()) {
            return;
        }
        for (PluginRecord installed : versions(manifest.id())) {
            if (installed.version().compareTo(manifest.version()) < 0
                    && installed.version().isCompatibleWith(manifest.version())) {
                requireKept(installed.manifest(), manifest);
                return;
            }
        }
    }

    private static void requireKept(PluginManifest older, PluginManifest newer) {
        List<String> broken = ContractChanges.breaking(older, newer);
        if (!broken.isEmpty()) {
            throw new PluginException(
                    "DP-0248",
                    "Plugin '" + newer.id() + "' " + newer.version() + " can't be installed beside " + older.version()
                            + ": its version says that it keeps the contract, but " + String.join("; ", broken)
                            + ". Give it the next major version, or keep the contract. dataprism plugins why "
                            + newer.id()
                            + " shows who depends on it.");
        }
    }

    /** Whoever signed what is installed must have signed what is installed beside it, or anybody could have what it was granted. */
    private void requireSameSigners(PluginArtifact artifact, ArtifactSource source, List<Signer> signers) {
        boolean shipped = source instanceof OnDisk disk && disk.shipped();
        if (options.devMode() || shipped) {
            return;
        }
        List<String> found = signers.stream().map(Signer::fingerprint).toList();
        PluginKey key = artifact.manifest().key();
        versions(key.id()).stream()
                .filter(installed -> !installed.artifact().sha256().equals(artifact.sha256()))
                .filter(installed -> !found.containsAll(installed.fingerprints()))
                .findFirst()
                .ifPresent(installed -> {
                    throw new PluginException(
                            "DP-0947",
                            "Plugin '" + key.id() + "' " + key.version() + " from " + source
                                    + " can't be installed beside " + installed.version() + ": that is signed by "
                                    + names(installed.signers()) + ", and this one by "
                                    + (signers.isEmpty() ? "nobody" : names(signers))
                                    + ". If it is meant to come from somebody else, remove the installed one first, and what it was granted with it.");
                });
    }

    private static String names(List<Signer> signers) {
        return signers.stream()
                .map(signer -> signer.subject() + " (signer:" + signer.fingerprint() + ")")
                .collect(Collectors.joining(", "));
    }

    private PluginRecord register(Path filling, PluginArtifact artifact, ArtifactSource source, List<Signer> signers)
            throws IOException {
        synchronized (changing) {
            PluginKey key = artifact.manifest().key();
            requireCompatible(artifact.manifest());
            requireSameSigners(artifact, source, signers);
            PluginRecord installed = records.get(key);
            if (installed != null && installed.artifact().sha256().equals(artifact.sha256())) {
                return installed;
            }
            if (installed != null && source instanceof OnDisk disk && disk.shipped()) {
                LOG.info(
                        "Plugin '{}' {} is replaced by the build that comes with this program: SHA-256 {}; the stored one, from"
                                + " {}, had {}",
                        key.id(),
                        key.version(),
                        artifact.sha256(),
                        installed.source(),
                        installed.artifact().sha256());
            } else if (installed != null && !options.devMode()) {
                throw new PluginException(
                        "DP-0202",
                        "Plugin '" + key.id() + "' " + key.version() + " can't be installed from " + source
                                + ": that version is installed already, from " + installed.source() + ", with SHA-256 "
                                + installed.artifact().sha256() + ", and this file has " + artifact.sha256()
                                + ". Give the changed plugin a new version, or remove the installed one first.");
            }
            PluginRecord record = store.keep(
                    filling, artifact, new RecordFile(source.toString(), artifact.sha256(), after(installed), signers));
            // What it replaces may be running, or be needed again: its files go when the registry is opened next
            put(record);
            return record;
        }
    }

    /** Forget a version and delete its files. Whether there was one. Its plugin must not be running. */
    public boolean remove(PluginKey key) {
        synchronized (changing) {
            PluginRecord record = records.remove(key);
            if (record != null) {
                files.remove(record);
                tell("plugin-removed", record);
                follower.accept(record.id());
                try {
                    store.delete(record);
                } catch (IOException e) {
                    throw disk(options.folder(), e);
                }
            }
            return record != null;
        }
    }

    /**
     * Forget what an installation brought, and have again what it replaced. Whether it was still there. Nobody may be running it.
     *
     * @param before what was installed as the same version until then
     */
    public boolean takeBack(PluginRecord brought, Optional<PluginRecord> before) {
        synchronized (changing) {
            if (!brought.equals(records.get(brought.key()))) {
                return false;
            }
            boolean removed = remove(brought.key());
            if (before.isPresent()) {
                putBack(before.get());
            }
            return removed;
        }
    }

    private void putBack(PluginRecord record) {
        try {
            put(record);
        } catch (IOException e) {
            throw disk(options.folder(), e);
        }
    }

    /** Everything installed, by id, newest version first. */
    public List<PluginRecord> all() {
        return List.copyOf(records.values());
    }

    /** All versions of a plugin, newest first; none when it is not installed. */
    public List<PluginRecord> versions(PluginId id) {
        return records.tailMap(new PluginKey(id, HIGHEST)).values().stream()
                .takeWhile(record -> record.id().equals(id))
                .toList();
    }

    public Optional<PluginRecord> find(PluginKey key) {
        return Optional.ofNullable(records.get(key));
    }

    /** The newest version that {@code range} includes; a release goes before every pre-release. */
    public Optional<PluginRecord> newest(PluginId id, VersionRange range) {
        List<PluginRecord> fitting = versions(id).stream()
                .filter(record -> range.includes(record.version()))
                .toList();
        return fitting.stream()
                .filter(record -> !record.version().isPreRelease())
                .findFirst()
                .or(() -> fitting.stream().findFirst());
    }

    /**
     * The newest version of a plugin; a release goes before every pre-release.
     *
     * @throws PluginNotFoundException when no version is installed
     */
    public PluginRecord require(String id) {
        return Optional.of(id)
                .filter(PluginId::isValid)
                .flatMap(valid -> newest(new PluginId(valid), VersionRange.ANY))
                .orElseThrow(() -> new PluginNotFoundException(id, near(id)));
    }

    private List<String> near(String id) {
        List<String> ids = records.keySet().stream()
                .map(key -> key.id().value())
                .distinct()
                .toList();
        return NearNames.of(id, ids);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Now, but later than what it replaces, though the clock was set back: the last one counts when the registry is opened. */
    private static Instant after(@Nullable PluginRecord replaced) {
        Instant now = now();
        return replaced == null || now.isAfter(replaced.installed())
                ? now
                : replaced.installed().plusMillis(1);
    }

    private static PluginException disk(Path folder, IOException cause) {
        return new PluginException(
                "DP-0252",
                "The data folder " + folder + " can't be read or written (" + cause
                        + "). Check the disk, and that this user may write there.",
                cause);
    }
}
