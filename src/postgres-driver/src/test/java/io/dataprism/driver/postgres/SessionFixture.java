package io.dataprism.driver.postgres;

import io.dataprism.api.DatabaseLogin;
import io.dataprism.api.DatabaseSession;
import io.dataprism.api.Databases;
import io.dataprism.api.MemoryAccount;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.dataprism.testjars.PostgresServer;
import io.vertx.core.Future;

/** A plugin whose context the tests use. */
public final class SessionFixture implements Plugin {
    /** The plugin's class is loaded by its own loader, so that a field of it would be another one than the test's. */
    private static final String SHARED = SessionFixture.class.getName();

    @Override
    public Future<Void> initialize(PluginContext given) {
        System.getProperties().put(SHARED, given);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> destroy() {
        System.getProperties().remove(SHARED);
        return Future.succeededFuture();
    }

    static Databases databases() {
        return ((PluginContext) System.getProperties().get(SHARED)).databases();
    }

    static MemoryAccount memory() {
        return ((PluginContext) System.getProperties().get(SHARED)).memory();
    }

    static Future<DatabaseSession> open() {
        return databases()
                .open(new DatabaseLogin(PostgresServer.running().url(), PostgresServer.USER, PostgresServer.PASSWORD));
    }
}
