package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.registry.PluginRecord;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What can be asked of a plugin. Requests for one plugin are carried out one after the other. */
sealed interface Request {

    /** Whether it asks that the plugin goes down and stays down. */
    default boolean isDown() {
        return this instanceof Down || this instanceof Unload || this instanceof Remove;
    }

    /** Bring it to running. */
    record Up(LoadOptions options) implements Request {}

    /** Be ready to start it when it is needed. */
    record Arm(LoadOptions options) implements Request {}

    /** Stop it until it is started again. */
    record Down() implements Request {}

    /** Stop it for want of work; it starts again when it is needed. */
    record Idle() implements Request {}

    /** Stop it and forget what it was configured with. */
    record Unload() implements Request {}

    /** Stop it and delete all that is installed of it; what is asked behind that finds nothing. */
    record Remove() implements Request {}

    /** Stop and start it, perhaps as another artifact or with another configuration. */
    record Reload(Optional<PluginRecord> artifact, Optional<JsonObject> config) implements Request {}

    /** Give it no more slices; it stays loaded. */
    record Suspend(String why) implements Request {}

    /** Let it go on. */
    record Resume() implements Request {}

    /** End its quarantine. */
    record Release(String by) implements Request {}

    /** Give it another configuration. */
    record Configure(JsonObject config) implements Request {}
}
