package io.dataprism.kernel.desired;

import io.dataprism.kernel.options.OptionReader;
import io.dataprism.kernel.supervision.BackOff;
import io.dataprism.kernel.supervision.Intensity;
import io.dataprism.kernel.supervision.Probing;
import io.dataprism.kernel.supervision.RestartPolicy;
import io.dataprism.kernel.supervision.RestartStrategy;
import io.dataprism.kernel.supervision.SupervisionTerms;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What the operator says about a plugin's supervision, with the keys of the manifest's section of that name; what it does not say is up to the manifest. */
final class SupervisionSection {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(9_999);

    private SupervisionSection() {}

    /** What {@code reader}'s section says; what is wrong with it is noted. */
    static SupervisionTerms read(OptionReader reader) {
        SupervisionTerms read = new SupervisionTerms(
                text(reader, "restart", "permanent, transient or temporary", RestartPolicy::of),
                text(reader, "intensity", "a number of failures and a time, such as '5 in 60s'", Intensity::parse),
                text(reader, "pause", "two times, the shorter one first, such as '200ms..30s'", BackOff::parse),
                text(reader, "strategy", "one-for-one or rest-for-one", RestartStrategy::of),
                reader.object("probe").isEmpty() ? Optional.empty() : Optional.of(probing(reader.section("probe"))));
        reader.refuseUnknown();
        return read;
    }

    private static Probing probing(OptionReader reader) {
        Probing read = new Probing(
                reader.duration("every", Probing.DEFAULT.every(), SHORTEST, LONGEST),
                reader.duration("within", Probing.DEFAULT.within(), SHORTEST, LONGEST),
                reader.number("failures", Probing.DEFAULT.failures(), 1, 1_000));
        reader.refuseUnknown();
        return read;
    }

    private static <T> Optional<T> text(
            OptionReader reader, String key, String expected, Function<String, Optional<T>> parse) {
        Optional<String> text = reader.optionalText(key);
        Optional<T> value = text.flatMap(parse);
        if (text.isPresent() && value.isEmpty()) {
            reader.problem(key, "must be " + expected + ", but is '" + text.get() + "'.");
        }
        return value;
    }

    /** As {@link #read} reads it. */
    static JsonObject toJson(SupervisionTerms terms) {
        JsonObject json = new JsonObject();
        terms.restart().ifPresent(policy -> json.put("restart", policy.label()));
        terms.intensity().ifPresent(intensity -> json.put("intensity", intensity.text()));
        terms.backOff().ifPresent(pause -> json.put("pause", pause.text()));
        terms.strategy().ifPresent(strategy -> json.put("strategy", strategy.label()));
        terms.probing()
                .ifPresent(probe -> json.put(
                        "probe",
                        new JsonObject()
                                .put("every", probe.every().toMillis() + "ms")
                                .put("within", probe.within().toMillis() + "ms")
                                .put("failures", probe.failures())));
        return json;
    }
}
