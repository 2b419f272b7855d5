package io.dataprism.kernel.process;

import io.dataprism.child.wire.Op;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What a child may ask for, each with who does it. */
final class Offered {
    private final Map<Op, Work> all = new EnumMap<>(Op.class);

    Offered with(Op op, Work work) {
        if (all.putIfAbsent(op, work) != null) {
            throw new IllegalStateException(op + " is offered twice");
        }
        return this;
    }

    Optional<Work> of(Op op) {
        return Optional.ofNullable(all.get(op));
    }
}
