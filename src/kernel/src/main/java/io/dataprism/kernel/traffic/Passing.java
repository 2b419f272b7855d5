package io.dataprism.kernel.traffic;

import io.vertx.core.Future;

/** The verdict of most. */
final class Passing {
    static final Future<Verdict> NOW = Future.succeededFuture(new Verdict.Pass());

    private Passing() {}
}
