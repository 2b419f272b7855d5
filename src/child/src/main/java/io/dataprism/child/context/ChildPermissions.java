package io.dataprism.child.context;

import io.dataprism.api.Permissions;
import io.dataprism.child.ChildLink;
import io.dataprism.child.wire.Op;
import io.vertx.core.Future;

/** What the plugin may do, which the kernel knows. */
record ChildPermissions(ChildLink link) implements Permissions {

    @Override
    public boolean check(String permission) {
        return Boolean.TRUE.equals(link.now(Op.MAY, out -> out.text(permission)));
    }

    @Override
    public void require(String permission) {
        link.now(Op.REQUIRE, out -> out.text(permission));
    }

    @Override
    public Future<Boolean> request(String permission) {
        return link.ask(Op.REQUEST_PERMISSION, out -> out.text(permission));
    }
}
