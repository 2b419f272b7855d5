package io.dataprism.kernel.messaging;

import io.dataprism.kernel.vertx.CarrierOptions;

/** The backstop where plugins run by Vert.x's supported API alone. */
final class SupportedApiBusGuardTest extends BusGuardTest {

    @Override
    CarrierOptions options() {
        return super.options().withSupportedApiOnly(true);
    }
}
