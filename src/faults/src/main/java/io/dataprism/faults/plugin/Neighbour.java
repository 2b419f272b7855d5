package io.dataprism.faults.plugin;

import io.dataprism.api.Capabilities;
import io.dataprism.api.Plugin;
import io.vertx.core.Future;

/** Answers what it is asked, at once. */
public final class Neighbour implements Plugin {
    /** How the ids of neighbours begin. */
    public static final String NAME = "neighbour-";

    @Override
    public Capabilities capabilities() {
        return Capabilities.of("echo", call -> Future.succeededFuture(call.body()));
    }
}
