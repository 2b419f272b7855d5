package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;

/** Reads back what {@link Caller#label} writes. */
final class Labels {
    private static final String USER = "user:";

    private Labels() {}

    /** The caller of a label; one that is nobody's is taken for a user of that name, who may nothing. */
    static Caller caller(String label) {
        if (label.equals(Caller.HOST.label())) {
            return Caller.HOST;
        }
        if (label.equals(Caller.OPERATOR.label())) {
            return Caller.OPERATOR;
        }
        if (label.startsWith(USER)) {
            return Caller.user(label.substring(USER.length()));
        }
        return PluginId.isValid(label) ? Caller.plugin(new PluginId(label)) : Caller.user(label);
    }
}
