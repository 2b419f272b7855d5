package io.dataprism.bench.lane;

import io.dataprism.bench.plugin.CallingSites;
import io.dataprism.bench.plugin.Sites;
import io.vertx.core.json.JsonObject;

/** A plugin in its jar that calls the JDK, in a whole kernel that is sandboxed or not. One message has it make many calls. */
final class SiteLane implements CheckLane {
    private final KernelNode node;
    private final String site;

    SiteLane(String site, boolean sandboxed) throws Exception {
        this.node = new KernelNode(sandboxed);
        this.site = site;
    }

    @Override
    public void open() throws Exception {
        node.runWith("sites", Sites.class, CallingSites.permissions(), CallingSites.class);
    }

    @Override
    public long check(int times) throws Exception {
        return node.call("sites", "call", new JsonObject().put("site", site).put("times", times));
    }

    @Override
    public void close() throws Exception {
        node.close();
    }
}
