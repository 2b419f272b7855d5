package io.dataprism.kernel.manifest;

import io.dataprism.api.PluginException;
import java.util.List;
import java.util.stream.Collectors;

/** An artifact or manifest was refused. Holds all its problems; code and message are those of the first, and the rest follow line by line. */
public final class ManifestException extends PluginException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ManifestException(List<Problem> problems) {
        super(
                problems.get(0).code(),
                problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
