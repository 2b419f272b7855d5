package io.dataprism.sandbox.scan;

import io.dataprism.sandbox.classfile.Descriptors;
import io.dataprism.sandbox.classfile.MemberReference;
import io.dataprism.sandbox.rules.Outcome;
import java.util.List;
import java.util.Optional;

/** What objects and results stand for, as constants tell it. */
final class Targets {
    private Targets() {}

    /** What an object or a result stands for. */
    static Optional<String> meant(MemberReference called, Outcome.Means means, List<Optional<String>> arguments) {
        List<String> parameters = Descriptors.parameters(called.descriptor());
        for (int i = 0; i < parameters.size(); i++) {
            boolean rest = parameters.get(i).startsWith("[");
            if (rest && !arguments.get(i + 1).equals(Optional.of(""))) {
                return Optional.empty(); // further parts, which are not put together here
            }
        }
        return means.fill(i -> i + 1 < arguments.size() ? arguments.get(i + 1) : Optional.empty());
    }
}
