package io.dataprism.sandbox.rules;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** What a rule says of a method. Each prints as the table has it. */
public sealed interface Outcome {

    /**
     * It takes permissions, all of them.
     *
     * @param blind whether it may reach more than anybody can tell from the code, as a call by reflection does
     * @param unless when it takes none of them
     */
    record Demands(List<Demand> all, boolean blind, Optional<Exemption> unless) implements Outcome {
        public Demands {
            all = List.copyOf(all);
        }

        @Override
        public String toString() {
            return unless.map(exemption -> exemption + ": ").orElse("")
                    + (blind ? "blind " : "")
                    + all.stream().map(Demand::toString).collect(Collectors.joining("; "));
        }
    }

    /** Anybody may call it. */
    record Harmless(String reason) implements Outcome {
        @Override
        public String toString() {
            return "harmless: " + reason;
        }
    }

    /** No permission gives it: a plugin is not to see it at all. */
    record Invisible(String reason) implements Outcome {
        @Override
        public String toString() {
            return "invisible: " + reason;
        }
    }

    /**
     * Anybody may call it, and what comes of it stands for a target that another rule reads, as a {@code File} stands for its path.
     *
     * @param template the target, from the arguments
     */
    record Means(String template) implements Outcome {
        /** The target, where the arguments are known. */
        public Optional<String> fill(IntFunction<Optional<String>> values) {
            return Demand.fill(template, values);
        }

        @Override
        public String toString() {
            return "means " + template;
        }
    }

    /**
     * A plugin may call it of what is its own, or everybody's: not of a class, a loader or a module of the node's or of another plugin's.
     *
     * @param numbers the arguments that say of what, {@link Demand#RECEIVER} being the object that it is called on
     */
    record Reaches(List<Integer> numbers) implements Outcome {
        public Reaches {
            numbers = List.copyOf(numbers);
        }

        @Override
        public String toString() {
            return "reaches "
                    + numbers.stream()
                            .map(number -> number == Demand.RECEIVER ? "{this}" : "{" + number + "}")
                            .collect(Collectors.joining(" "));
        }
    }
}
