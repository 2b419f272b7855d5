package io.dataprism.kernel.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.DatabaseLogin;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.database.DatabaseConnection;
import io.dataprism.kernel.database.DatabaseDriver;
import io.dataprism.kernel.database.DatabaseDrivers;
import io.dataprism.kernel.database.DatabaseFailure;
import io.dataprism.kernel.database.DatabaseTarget;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionRule;
import io.dataprism.kernel.resource.Countable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a plugin may connect to: the permission for the host that it names, and for the address that the name leads to. */
class PluginDatabasesTest {
    @TempDir
    Path folder;

    private ContextFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new ContextFixture(folder);
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    /** Tells where it was sent, and that nobody is there; or goes on trying until it is told to leave off. */
    private static final class Dialler implements DatabaseDriver {
        final AtomicReference<DatabaseTarget> dialled = new AtomicReference<>();
        final Promise<Void> leftOff = Promise.promise();
        final boolean patient;

        Dialler(boolean patient) {
            this.patient = patient;
        }

        @Override
        public String scheme() {
            return "postgresql";
        }

        @Override
        public int defaultPort() {
            return 5432;
        }

        @Override
        public Future<DatabaseConnection> connect(Vertx vertx, DatabaseTarget target, Future<Void> abandoned) {
            dialled.set(target);
            DatabaseFailure nobody = new DatabaseFailure(DatabaseFailure.Kind.CONNECT, "nobody is there");
            if (!patient) {
                return Future.failedFuture(nobody);
            }
            abandoned.onComplete(leftOff);
            return abandoned.compose(gone -> Future.failedFuture(nobody));
        }
    }

    private PluginDatabases databases(Dialler driver, NameLookup lookup) {
        PluginRuntime without = fixture.runtime;
        return new PluginDatabases(
                new PluginRuntime(
                        without.id(),
                        without.version(),
                        without.node(),
                        without.config(),
                        without.endpoint(),
                        without.deployment(),
                        without.gate(),
                        without.memory(),
                        without.tasks(),
                        without.metrics(),
                        without.tableProvider(),
                        new DatabaseDrivers(List.of(driver)),
                        without.tally(),
                        without.maxWritten(),
                        without.workFolder(),
                        without.storage(),
                        without.gaveUp()),
                lookup);
    }

    private static DatabaseLogin login(String host) {
        return new DatabaseLogin("postgresql://" + host + "/shop", "reader", "a-secret");
    }

    private static NameLookup at(String address) {
        return host -> found(address);
    }

    private static Future<List<InetAddress>> found(String address) {
        try {
            return Future.succeededFuture(List.of(InetAddress.getAllByName(address)));
        } catch (UnknownHostException e) {
            return Future.failedFuture(e);
        }
    }

    private PluginException refused(PluginDatabases databases, String host) {
        return assertThrows(PluginException.class, () -> fixture.run(() -> databases.open(login(host))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.31.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "192.0.0.192",
                "198.19.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fd00:ec2::254",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::7f00:1",
                "64:ff9b::a00:1",
                "2002:a00:1::"
            })
    void aNameThatLeadsInsideNeedsThePermissionForTheAddress(String address) throws Exception {
        fixture.may("network-access:postgresql://db.example.com:5432");
        Dialler driver = new Dialler(false);
        PluginException denied = refused(databases(driver, at(address)), "db.example.com");
        assertTrue(denied instanceof PermissionDeniedException, denied.toString());
        assertTrue(denied.getMessage().startsWith("'db.example.com' leads to "), denied.getMessage());
        assertEquals(null, driver.dialled.get());
        fixture.may(
                "network-access:postgresql://db.example.com:5432", ((PermissionDeniedException) denied).permission());
        assertEquals(
                "DP-0876",
                refused(databases(driver, at(address)), "db.example.com").code());
        assertEquals(InetAddress.getByName(address), driver.dialled.get().address());
        assertEquals("db.example.com", driver.dialled.get().host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111"})
    void aNameThatLeadsOutsideNeedsNoOther(String address) throws Exception {
        fixture.may("network-access:postgresql://db.example.com:5432");
        Dialler driver = new Dialler(false);
        assertEquals(
                "DP-0876",
                refused(databases(driver, at(address)), "db.example.com").code());
        assertEquals(InetAddress.getByName(address), driver.dialled.get().address());
    }

    @Test
    void anAddressThatIsNamedIsMeant() throws Exception {
        fixture.may(
                "network-access:postgresql://127.0.0.1:5432",
                "network-access:postgresql://localhost:5432",
                "network-access:postgresql://[::1]:5432");
        for (String host : List.of("127.0.0.1", "localhost", "[::1]")) {
            Dialler driver = new Dialler(false);
            PluginException nobody = refused(databases(driver, PluginDatabasesTest::found), host);
            assertEquals("DP-0876", nobody.code(), nobody.getMessage());
            assertTrue(driver.dialled.get().address().isLoopbackAddress());
        }
        refused(databases(new Dialler(false), at("10.0.0.1")), "localhost");
    }

    @Test
    void aPatternNamesNoAddressAndADenialOfOneHoldsForEveryName() throws Exception {
        fixture.may("network-access:postgresql://*:5432");
        assertTrue(
                refused(databases(new Dialler(false), at("10.0.0.1")), "db.example.com")
                        instanceof PermissionDeniedException);
        assertTrue(
                refused(databases(new Dialler(false), at("10.0.0.1")), "10.0.0.1")
                        instanceof PermissionDeniedException);
        assertEquals(
                "DP-0876",
                refused(databases(new Dialler(false), at("93.184.216.34")), "db.example.com")
                        .code());
        fixture.grants.give(
                Caller.plugin(fixture.id), PermissionRule.parse("!network-access:*://93.184.216.34:*"), "test", "");
        assertTrue(
                refused(databases(new Dialler(false), at("93.184.216.34")), "db.example.com")
                        instanceof PermissionDeniedException);
    }

    @Test
    void aNameThatLeadsElsewhereLaterIsNotAskedAgain() throws Exception {
        fixture.may("network-access:postgresql://db.example.com:5432");
        Dialler driver = new Dialler(false);
        int[] asked = {0};
        PluginDatabases databases = databases(driver, host -> found(asked[0]++ == 0 ? "93.184.216.34" : "127.0.0.1"));
        refused(databases, "db.example.com");
        assertEquals("93.184.216.34", driver.dialled.get().address().getHostAddress());
        assertEquals(1, asked[0]);
    }

    @Test
    void whatIsUnderWayWhenThePermissionGoesIsLeftOff() throws Exception {
        fixture.may("network-access:postgresql://db.example.com:5432");
        Dialler driver = new Dialler(true);
        PluginDatabases databases = databases(driver, at("93.184.216.34"));
        Future<?> opening = databases.open(login("db.example.com"));
        org.awaitility.Awaitility.await().until(() -> driver.dialled.get() != null);
        assertTrue(databases.isUnderWay());
        fixture.grants.revoke(
                Caller.plugin(fixture.id), Permission.parse("network-access:postgresql://db.example.com:5432"));
        ContextFixture.await(driver.leftOff.future());
        PluginException lost = assertThrows(PluginException.class, () -> ContextFixture.await(opening));
        assertEquals("DP-0874", lost.code());
        assertFalse(databases.isUnderWay());
    }

    @Test
    void whatIsUnderWayWhenThePluginEndsIsLeftOff() throws Exception {
        fixture.may("network-access:postgresql://db.example.com:5432");
        Dialler driver = new Dialler(true);
        PluginDatabases databases = databases(driver, at("93.184.216.34"));
        databases.open(login("db.example.com"));
        org.awaitility.Awaitility.await().until(() -> driver.dialled.get() != null);
        databases.close();
        ContextFixture.await(driver.leftOff.future());
        assertEquals("DP-0191", refused(databases, "db.example.com").code());
    }

    @Test
    @SuppressWarnings("NullAway") // what a plugin may pass
    void whatIsNoLoginTakesNoPlace() throws Exception {
        fixture.may("network-access:postgresql://db.example.com:5432");
        PluginDatabases databases = databases(new Dialler(false), at("93.184.216.34"));
        for (int i = 0; i < Countable.SESSIONS.usual(); i++) {
            assertThrows(NullPointerException.class, () -> fixture.run(() -> databases.open(null)));
        }
        assertEquals("DP-0876", refused(databases, "db.example.com").code());
        assertFalse(databases.isUnderWay());
    }

    @Test
    void aNodeWithoutDriversSaysSo() {
        fixture.may("network-access:postgresql://db.example.com:5432");
        PluginException none = assertThrows(
                PluginException.class,
                () -> fixture.run(() -> fixture.context.databases().open(login("db.example.com"))));
        assertEquals("DP-0870", none.code());
        assertTrue(none.getMessage().contains("'postgresql', but for: none"), none.getMessage());
    }

    @Test
    void aHostThatNobodyKnowsIsNamed() {
        fixture.may("network-access:postgresql://db.example.com:5432");
        PluginException unknown = refused(
                databases(new Dialler(false), host -> Future.failedFuture(new UnknownHostException(host))),
                "db.example.com");
        assertEquals("DP-0876", unknown.code());
        assertFalse(unknown.getMessage().contains("a-secret"));
    }
}
