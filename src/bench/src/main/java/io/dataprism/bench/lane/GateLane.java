package io.dataprism.bench.lane;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionGate;
import java.util.List;

/** The kernel's gate. What is asked for is each time another object than before, as facades and call sites make them. */
final class GateLane implements CheckLane {
    private static final PluginId ID = new PluginId("weather");

    private final PermissionGate gate = new PermissionGate(new GrantStore());
    private final Caller plugin = Caller.plugin(ID);
    private final Question question;
    private final int grants;
    private final Permission[] wanted = new Permission[4];

    GateLane(Question question, int grants) {
        this.question = question;
        this.grants = grants;
    }

    @Override
    public void open() {
        gate.grants().requests(ID, List.of(Permission.parse("threads"), Permission.parse("network-access")));
        question.rules(grants).forEach(rule -> gate.grants().grant(ID, rule, "bench", ""));
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = Permission.parse(question.wanted());
        }
    }

    @Override
    public long check(int times) {
        long yes = 0;
        for (int i = 0; i < times; i++) {
            yes += gate.may(plugin, wanted[i & 3]) ? 1 : 0;
        }
        return yes;
    }

    @Override
    public void close() {
        // it holds nothing that must be ended
    }
}
