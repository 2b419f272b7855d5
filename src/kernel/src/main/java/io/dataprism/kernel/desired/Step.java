package io.dataprism.kernel.desired;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.resource.Allowance;
import io.dataprism.kernel.supervision.SupervisionTerms;
import io.vertx.core.json.JsonObject;

/** One step from what is to what should be. */
public sealed interface Step {

    PluginId id();

    /** The step in a few words, for example {@code install charts from verticles/charts.jar}. */
    String text();

    /** Fetch an artifact. */
    record Install(PluginId id, String source) implements Step {
        @Override
        public String text() {
            return "install " + id + " from " + source;
        }
    }

    /** Give a permission. */
    record Grant(PluginId id, String permission) implements Step {
        @Override
        public String text() {
            return "grant " + permission + " to " + id;
        }
    }

    /** Take a permission back that an earlier desired state gave. */
    record Revoke(PluginId id, String permission) implements Step {
        @Override
        public String text() {
            return "revoke " + permission + " from " + id;
        }
    }

    /** Have other rules for what happens when it fails. */
    record Supervise(PluginId id, SupervisionTerms terms) implements Step {
        @Override
        public String text() {
            return "supervise " + id;
        }
    }

    /** Let it use more or less than the node lets each. */
    record Limit(PluginId id, Allowance allowance) implements Step {
        @Override
        public String text() {
            return allowance.equals(Allowance.NONE)
                    ? "limit " + id + " as any other"
                    : "limit " + id + " to " + allowance.toJson().encode();
        }
    }

    /** Run it, or be ready to when it is needed. */
    record Enable(PluginId id, WantedPlugin wanted) implements Step {
        @Override
        public String text() {
            return "enable " + id;
        }
    }

    /** Replace what runs by what was installed. */
    record Reload(PluginId id, JsonObject config) implements Step {
        @Override
        public String text() {
            return "reload " + id;
        }
    }

    /** Give it another configuration. */
    record Configure(PluginId id, JsonObject config) implements Step {
        @Override
        public String text() {
            return "configure " + id;
        }
    }

    /** Stop it, keep it installed. */
    record Stop(PluginId id) implements Step {
        @Override
        public String text() {
            return "stop " + id;
        }
    }

    /** Stop it and delete it. */
    record Remove(PluginId id) implements Step {
        @Override
        public String text() {
            return "remove " + id;
        }
    }
}
