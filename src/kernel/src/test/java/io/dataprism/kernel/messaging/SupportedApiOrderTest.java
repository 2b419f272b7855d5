package io.dataprism.kernel.messaging;

import io.dataprism.kernel.vertx.CarrierOptions;

/** Order where plugins run by Vert.x's supported API alone. */
final class SupportedApiOrderTest extends OrderTest {

    @Override
    CarrierOptions options() {
        return super.options().withSupportedApiOnly(true);
    }
}
