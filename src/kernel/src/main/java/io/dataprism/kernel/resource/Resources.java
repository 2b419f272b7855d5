package io.dataprism.kernel.resource;

import io.dataprism.api.MemoryAccount;
import io.dataprism.api.PluginId;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What plugins may use, what they use, and who may use more or less than the others. Safe to use from any thread. */
public final class Resources {
    private final MemoryAccounts accounts;
    private final Meters meters;
    private final Allowances allowances = new Allowances();
    private final Map<PluginId, Measured> measured = new ConcurrentHashMap<>();
    /** Of whoever samples. */
    private final Set<Meter> sampled = new HashSet<>();

    private final Map<PluginId, Tally> tallies = new ConcurrentHashMap<>();
    private final CountLimits counts;
    private final long maxMemory;
    private final int maxCpu;

    /**
     * @param accounts with the limit of each
     * @param maxMemory bytes on one plugin's account at most
     * @param maxCpu percent of one core at most
     * @param counts how many of what is counted each may have
     * @param window over which a plugin is held to its share of the processor
     */
    public Resources(MemoryAccounts accounts, long maxMemory, int maxCpu, CountLimits counts, Duration window) {
        this.counts = counts;
        this.accounts = accounts;
        this.maxMemory = maxMemory;
        this.maxCpu = maxCpu;
        this.meters = new Meters(window);
    }

    public MemoryAccounts accounts() {
        return accounts;
    }

    /** Bytes on one plugin's account at most, where neither manifest nor operator say anything. */
    public long maxMemory() {
        return maxMemory;
    }

    /** Percent of one core that one plugin may use, where neither manifest nor operator say anything. */
    public int maxCpu() {
        return maxCpu;
    }

    /** The memory account of {@code id}, whose manifest asks for {@code asked}. */
    public MemoryAccount account(PluginId id, OptionalLong asked) {
        return accounts.open(id, allowances.of(id).memory(asked, maxMemory));
    }

    /** The meter of {@code id}, whose manifest asks for {@code asked}. */
    public Meter meter(PluginId id, OptionalInt asked) {
        return meters.open(id, allowances.of(id).cpu(asked, maxCpu));
    }

    /** A tally for the life of {@code id} that begins, whose manifest asks for {@code asked}. */
    public Tally open(PluginId id, CountLimits asked) {
        Tally tally = Tally.of(limits(id, asked));
        tallies.put(id, tally);
        return tally;
    }

    /** What {@code id} may have of what is counted has changed. */
    public void limit(PluginId id, CountLimits asked) {
        Tally tally = tallies.get(id);
        if (tally != null) {
            tally.limits(limits(id, asked));
        }
    }

    private int[] limits(PluginId id, CountLimits asked) {
        return Tally.limits(allowances.of(id).counts(), asked, counts);
    }

    /** What {@code id} has of what is counted; empty where it was not started, or unloaded since. */
    public Optional<Tally> tally(PluginId id) {
        return Optional.ofNullable(tallies.get(id));
    }

    /** How many of what is counted each plugin may have, where neither manifest nor operator say anything. */
    public CountLimits counts() {
        return counts;
    }

    public Allowance allowance(PluginId id) {
        return allowances.of(id);
    }

    /** Let {@code id} use this, whenever it is opened. */
    public void allow(PluginId id, Allowance allowance) {
        allowances.set(id, allowance);
    }

    /** {@code id} is unloaded: what it used is forgotten. */
    public void unloaded(PluginId id) {
        meters.close(id);
        tallies.remove(id);
        measured.remove(id);
    }

    /** {@code id} was found to have this; what one that was unloaded had is of no interest. */
    public void measured(PluginId id, Measured found) {
        if (meters.find(id).isPresent()) {
            measured.put(id, found);
        }
    }

    /** {@code id} begins a life of which nothing was measured yet. */
    public void notMeasured(PluginId id) {
        measured.remove(id);
    }

    /** {@code id} is removed: what it was allowed is not for whatever has its id next. */
    public void removed(PluginId id) {
        allowances.set(id, Allowance.NONE);
    }

    /**
     * What {@code id} used over the last time, the oldest first: at most {@code points} of {@link #history}, and what it uses now as the last one.
     */
    public JsonArray curve(PluginId id, int points) {
        JsonArray all = history(id);
        JsonArray last = new JsonArray();
        for (int i = Math.max(0, all.size() - points); i < all.size(); i++) {
            last.add(all.getValue(i));
        }
        used(id).ifPresent(now -> last.add(UseHistory.point(Instant.now(), now.cpuPercent(), now.memory())));
        return last;
    }

    /** What each plugin uses that was started and not unloaded since, by id. */
    public List<PluginUse> used() {
        return meters.all().stream()
                .map(this::used)
                .sorted(Comparator.comparing(PluginUse::plugin))
                .toList();
    }

    /** What {@code id} uses; empty where it was not started, or unloaded since. */
    public Optional<PluginUse> used(PluginId id) {
        return meters.find(id).map(this::used);
    }

    /**
     * Look at those that use something: what they used goes into their history. By one thread at a time, about once a second.
     *
     * @return what each of them uses that used something since the last time, by id
     */
    public List<PluginUse> sample() {
        Set<Meter> busy = meters.busy();
        sampled.addAll(busy);
        long now = Instant.now().getEpochSecond();
        sampled.removeIf(meter -> !meter.sample(now, accounts.held(meter.id()).used()));
        return busy.stream()
                .map(this::used)
                .sorted(Comparator.comparing(PluginUse::plugin))
                .toList();
    }

    /** What {@code id} used over the last hour: points {@code at}, with {@code cpuPercent} and {@code memory}, for each ten seconds in which it used anything. */
    public JsonArray history(PluginId id) {
        return meters.find(id).map(Meter::points).orElseGet(JsonArray::new);
    }

    private PluginUse used(Meter meter) {
        MemoryAccounts.Held held = accounts.held(meter.id());
        return PluginUse.of(meter, held.used(), held.limit(), Optional.ofNullable(measured.get(meter.id())));
    }
}
