package io.dataprism.kernel.options;

import io.dataprism.api.PluginException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Options that were read, or why they could not be.
 *
 * @param value empty exactly when there are problems
 * @param problems all of them, in the order of the options
 */
public record Checked<T>(Optional<T> value, List<OptionProblem> problems) {

    public Checked {
        problems = List.copyOf(problems);
    }

    /**
     * The options.
     *
     * @throws PluginException with the first problem's code and every problem in its message
     */
    public T orThrow() {
        return value.orElseThrow(() -> new PluginException(
                problems.get(0).code(),
                problems.stream().map(OptionProblem::toString).collect(Collectors.joining("\n"))));
    }
}
