package io.dataprism.kernel;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.permission.Grant;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.store.Batch;
import io.dataprism.kernel.store.Store;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose the stored grants are: a plugin's id is a name that anybody can write into a manifest. They belong to who signed the plugin; of an unsigned one to its
 * bytes, and to those of the versions that were installed beside them. Where a plugin comes back as something else, what its name was granted is taken back; what
 * it was denied stays. What conf and host code grant is said anew each time, and none of this. It is stored in the same breath as the grants. {@link #welcome} is
 * used under the registry's lock, {@link #beside} from any thread.
 */
final class GrantOwners {
    private static final Logger LOG = LoggerFactory.getLogger(GrantOwners.class);
    private static final String TABLE = "grant-owners";
    private static final int VERSION = 1;
    /** Of an unsigned plugin's versions; older ones are forgotten. */
    private static final int MOST = 200;

    private final Store store;
    private final GrantStore grants;
    private final Map<PluginId, Owner> owners = new ConcurrentHashMap<>();

    GrantOwners(Store store, GrantStore grants) {
        this.store = store;
        this.grants = grants;
    }

    /** Who a plugin is known as. */
    private record Owner(Set<String> signers, Set<String> hashes) {
        boolean is(PluginRecord record) {
            return signers.isEmpty()
                    ? hashes.contains(record.artifact().sha256())
                    : record.fingerprints().containsAll(signers);
        }
    }

    /** All versions of one plugin that are, or are about to be, installed. Blocks. */
    void welcome(List<PluginRecord> versions) {
        if (versions.isEmpty()) {
            return;
        }
        PluginId id = versions.get(0).id();
        Optional<Owner> known = Optional.ofNullable(owners.get(id)).or(() -> read(id));
        boolean same = known.isEmpty()
                || versions.stream()
                        .anyMatch(record -> isShipped(record) || known.get().is(record));
        if (!same) {
            takeBack(id);
        }
        Owner next = next(same ? known : Optional.empty(), versions);
        owners.put(id, next);
        Batch batch = new Batch();
        if (same) {
            beside(Caller.plugin(id), batch);
        } else {
            put(Caller.plugin(id), batch);
        }
        store.write(batch);
    }

    /** Add to what is stored of a plugin who it is, where there is a grant to be stored and that is not. */
    void beside(Caller caller, Batch batch) {
        if (caller.kind() == Caller.Kind.PLUGIN
                && grants.grants(caller).stream().anyMatch(grants::isStored)) {
            put(caller, batch);
        }
    }

    private void put(Caller caller, Batch batch) {
        Owner owner = owners.get(new PluginId(caller.name()));
        if (owner != null) {
            byte[] bytes = bytes(owner);
            if (store.read(TABLE, caller.name())
                    .filter(before -> Arrays.equals(before, bytes))
                    .isEmpty()) {
                batch.put(TABLE, caller.name(), bytes);
            }
        }
    }

    private static boolean isShipped(PluginRecord record) {
        return ArtifactSource.isShipped(record.source());
    }

    private static Owner next(Optional<Owner> known, List<PluginRecord> versions) {
        Set<String> signers = new LinkedHashSet<>(known.map(Owner::signers).orElse(Set.of()));
        if (signers.isEmpty()) {
            // Once all that is installed is signed, the signers are who it is.
            signers.addAll(versions.get(0).fingerprints());
            versions.forEach(record -> signers.retainAll(record.fingerprints()));
        }
        List<String> hashes = new ArrayList<>(known.map(Owner::hashes).orElse(Set.of()));
        versions.stream()
                .map(record -> record.artifact().sha256())
                .filter(hash -> !hashes.contains(hash))
                .forEach(hashes::add);
        return new Owner(
                signers, new LinkedHashSet<>(hashes.subList(Math.max(0, hashes.size() - MOST), hashes.size())));
    }

    private void takeBack(PluginId id) {
        Caller plugin = Caller.plugin(id);
        List<Grant> taken = grants.grants(plugin).stream()
                .filter(grants::isStored)
                .filter(grant -> !grant.denies())
                .toList();
        taken.forEach(grant -> grants.take(plugin, grant.rule(), Actor.KERNEL));
        if (!taken.isEmpty()) {
            LOG.warn(
                    "Plugin '{}' is another one than what had its name: not signed by the same, or not the same bytes. What that was granted is taken back: {}",
                    id,
                    taken.stream().map(grant -> grant.rule().toString()).toList());
        }
    }

    private Optional<Owner> read(PluginId id) {
        return store.read(TABLE, id.value()).flatMap(bytes -> {
            try {
                JsonObject json = new JsonObject(Buffer.buffer(bytes));
                return json.getInteger("version", 0) == VERSION
                        ? Optional.of(
                                new Owner(texts(json.getJsonArray("signers")), texts(json.getJsonArray("sha256"))))
                        : Optional.of(nobody());
            } catch (DecodeException | ClassCastException e) {
                LOG.warn("Who plugin '{}' was can't be read; what it was granted is taken back", id, e);
                return Optional.of(nobody());
            }
        });
    }

    private static Owner nobody() {
        return new Owner(Set.of(), Set.of());
    }

    private static Set<String> texts(JsonArray array) {
        Set<String> texts = new LinkedHashSet<>();
        array.forEach(text -> texts.add((String) text));
        return texts;
    }

    private static byte[] bytes(Owner owner) {
        return new JsonObject()
                .put("version", VERSION)
                .put("signers", new JsonArray(List.copyOf(owner.signers())))
                .put("sha256", new JsonArray(List.copyOf(owner.hashes())))
                .toBuffer()
                .getBytes();
    }
}
