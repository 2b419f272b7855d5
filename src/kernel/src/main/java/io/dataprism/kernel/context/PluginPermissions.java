package io.dataprism.kernel.context;

import io.dataprism.api.Caller;
import io.dataprism.api.Permissions;
import io.dataprism.kernel.permission.Permission;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** What one plugin may do, as it sees it. */
final class PluginPermissions implements Permissions {
    private final PluginRuntime runtime;
    private final Caller caller;

    PluginPermissions(PluginRuntime runtime) {
        this.runtime = runtime;
        this.caller = Caller.plugin(runtime.id());
    }

    @Override
    public boolean check(String permission) {
        return runtime.gate().may(caller, Permission.parse(permission));
    }

    @Override
    public void require(String permission) {
        runtime.gate().require(caller, Permission.parse(permission));
    }

    @Override
    public Future<Boolean> request(String permission) {
        Promise<Boolean> answer = runtime.deployment().promise();
        runtime.gate().request(caller, Permission.parse(permission)).onComplete(answer);
        return answer.future();
    }
}
