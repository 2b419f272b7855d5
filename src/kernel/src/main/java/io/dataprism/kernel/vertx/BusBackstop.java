package io.dataprism.kernel.vertx;

import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryContext;

/** A kernel's own interceptor. It lets pass unchanged what that kernel itself sends and receives: where there are no others, nobody need be asked about that. */
public interface BusBackstop extends Handler<DeliveryContext<Object>> {}
