package io.dataprism.kernel.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's permission system: grant, check, request, and everything refused at first. */
class PermissionGateTest {
    private final GrantStore grants = new GrantStore();
    private final PermissionGate gate = new PermissionGate(grants);
    private final PluginId id = new PluginId("weather");
    private final Caller caller = Caller.plugin(id);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "network-access",
                "dom-access",
                "storage-access",
                "file-access",
                "camera-access",
                "microphone-access"
            })
    void thePagesSixPermissionsAreFalseUntilGranted(String permission) {
        assertFalse(grants.check(id, permission));
        assertFalse(gate.may(caller, Permission.parse(permission)));
        grants.grant(id, permission, "test", "");
        assertTrue(grants.check(id, permission));
        assertFalse(gate.may(caller, Permission.parse(permission)), "granted, but no manifest requests it");
        grants.requests(id, List.of(Permission.parse(permission)));
        assertTrue(gate.may(caller, Permission.parse(permission)));
        assertFalse(gate.may(Caller.plugin(new PluginId("other")), Permission.parse(permission)));
        assertTrue(grants.revoke(id, permission));
        assertFalse(gate.may(caller, Permission.parse(permission)));
    }

    @Test
    void hostAndOperatorMayEverythingAndAUserWhatItWasGranted() {
        Permission permission = Permission.parse("event-publish:a");
        assertTrue(gate.may(Caller.HOST, permission));
        assertTrue(gate.may(Caller.OPERATOR, permission));
        assertFalse(gate.may(Caller.user("ann"), permission));
        grants.grant(Caller.user("ann"), permission, "test", "");
        assertTrue(gate.may(Caller.user("ann"), permission));
    }

    @Test
    void aDenialSaysTheLineThatGrantsIt() {
        grants.requests(id, List.of(Permission.parse("network-access")));
        PermissionDeniedException denied = assertThrows(
                PermissionDeniedException.class,
                () -> gate.require(caller, Permission.parse("network-access:https://api.example.com:443")));
        assertEquals("network-access:https://api.example.com:443", denied.permission());
        assertTrue(denied.getMessage().contains("plugins.weather.grants  in conf/kernel.yaml"), denied.getMessage());
        assertTrue(
                denied.getMessage().contains("- 'network-access:https://api.example.com:443'  under"),
                denied.getMessage());
    }

    @Test
    void withNobodyToAskARequestIsAnsweredNo() {
        grants.requests(id, List.of(Permission.parse("storage-access")));
        assertEquals(
                false, gate.request(caller, Permission.parse("storage-access")).result());
    }

    @Test
    void aYesIsRememberedAndANoIsNot() {
        List<Permission> asked = new ArrayList<>();
        gate.consent((who, permission) -> {
            asked.add(permission);
            return Future.succeededFuture(permission.name() == PermissionName.STORAGE_ACCESS);
        });
        grants.requests(id, List.of(Permission.parse("storage-access"), Permission.parse("network-access")));
        assertEquals(
                true, gate.request(caller, Permission.parse("storage-access")).result());
        assertEquals(
                true, gate.request(caller, Permission.parse("storage-access")).result());
        assertEquals(
                false, gate.request(caller, Permission.parse("network-access")).result());
        assertEquals(
                false, gate.request(caller, Permission.parse("camera-access")).result(), "not in the manifest");
        assertEquals(2, asked.size());
        assertEquals("consent", grants.grants(caller).get(0).by());
    }

    @Test
    void aQuestionThatThrowsIsAnsweredAndCanBeAskedAgain() {
        Permission wanted = Permission.parse("storage-access");
        grants.requests(id, List.of(wanted));
        gate.consent((who, permission) -> {
            throw new IllegalStateException("nobody is at the console");
        });
        assertEquals(false, gate.request(caller, wanted).result());
        gate.consent((who, permission) -> Future.succeededFuture(true));
        assertEquals(true, gate.request(caller, wanted).result());
    }

    @Test
    void listenersAndEpochTellOfEachChange() {
        List<Caller> told = new ArrayList<>();
        Runnable stop = grants.listen(told::add);
        long before = gate.epoch();
        grants.grant(id, "storage-access", "test", "");
        grants.grant(id, "storage-access", "test", "again");
        grants.revoke(id, "storage-access");
        grants.revoke(id, "storage-access");
        assertEquals(List.of(caller, caller), told);
        assertEquals(before + 2, gate.epoch());
        stop.run();
        grants.grant(id, "storage-access", "test", "");
        assertEquals(2, told.size());
    }

    @Test
    void ofACallerElsewhereTheGrantsHereDecide() {
        Permission permission = Permission.parse("call:tables:query");
        assertFalse(gate.mayFromElsewhere(caller, permission));
        grants.grant(caller, permission, "test", "");
        assertTrue(gate.mayFromElsewhere(caller, permission));
        grants.requests(id, List.of());
        assertFalse(gate.mayFromElsewhere(caller, permission), "its manifest is known here and does not request it");
    }

    @Test
    void whatIsLentIsTakenBackAndNothingElse() {
        GrantStore store = new GrantStore();
        Caller plugin = Caller.plugin(new PluginId("p"));
        Permission own = Permission.parse("file-access:*:/work/**");
        store.lend(plugin, own, "kernel", "").run();
        assertTrue(store.grants(plugin).isEmpty());
        store.grant(plugin, own, "operator", "before");
        store.lend(plugin, own, "kernel", "").run();
        assertEquals("operator", store.grants(plugin).get(0).by());
        store.revoke(plugin, own);
        Runnable takeBack = store.lend(plugin, own, "kernel", "");
        store.grant(plugin, own, "operator", "meanwhile");
        takeBack.run();
        assertEquals("operator", store.grants(plugin).get(0).by());
        assertTrue(store.check(plugin, own));
    }

    @Test
    void questionsUnderAWildcardAreAskedSoManyAtOnceAndNoMore() {
        PluginId other = new PluginId("other");
        grants.requests(id, List.of(Permission.parse("network-access")));
        grants.requests(other, List.of(Permission.parse("network-access")));
        Map<Permission, Promise<Boolean>> asked = new LinkedHashMap<>();
        gate.consent((who, permission) ->
                asked.computeIfAbsent(permission, fresh -> Promise.promise()).future());
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(gate.request(caller, host(i)));
        }
        Future<Boolean> refused = gate.request(caller, host(20));
        PluginException tooMany = assertInstanceOf(PluginException.class, refused.cause());
        assertEquals("DP-0504", tooMany.code());
        assertEquals(
                "Plugin 'weather' can't ask for 'network-access:https://h20.example.com:443' now: 20 questions of it wait for an answer,"
                        + " which is the most. Ask again when one was answered, or ask for a permission that covers several.",
                tooMany.getMessage());
        assertEquals(20, asked.size());
        // One that is open is no other question; and another plugin has its own.
        assertFalse(gate.request(caller, host(3)).isComplete());
        assertFalse(gate.request(Caller.plugin(other), host(20)).isComplete());
        asked.get(host(3)).complete(false);
        assertEquals(false, answers.get(3).result());
        assertFalse(gate.request(caller, host(21)).isComplete());
        asked.get(host(0)).fail("nobody there");
        assertEquals(false, answers.get(0).result());
        assertFalse(gate.request(caller, host(22)).isComplete());
    }

    private static Permission host(int number) {
        return Permission.parse("network-access:https://h" + number + ".example.com:443");
    }

    @Test
    void noGrantOpensTheNodesOwnFolderButThePluginsWorkFoldersInIt(@TempDir Path root) throws Exception {
        Path data = Files.createDirectories(root.toRealPath().resolve("data"));
        Path work = Files.createDirectories(data.resolve("work"));
        gate.keep(data, work);
        for (String everything : List.of("file-access", "file-access:*:/**")) {
            grants.requests(id, List.of(Permission.parse(everything)));
            grants.grant(id, everything, "test", "");
            grants.grant(Caller.user("ann"), Permission.parse(everything), "test", "");
            assertTrue(gate.may(caller, read(root.toRealPath().resolve("database.csv"))));
            assertTrue(gate.may(caller, read(work.resolve("weather/part.csv"))));
            for (Path kept : List.of(
                    data, data.resolve("operator.token"), data.resolve("**"), data.resolve("artifacts/*/plugin.jar"))) {
                assertFalse(gate.may(caller, read(kept)), kept.toString());
                assertFalse(gate.mayFromElsewhere(caller, read(kept)), kept.toString());
                assertFalse(gate.may(Caller.user("ann"), read(kept)), kept.toString());
                assertTrue(gate.may(Caller.HOST, read(kept)), kept.toString());
            }
            assertTrue(
                    gate.may(caller, read(work.resolve("files/download.csv"))),
                    "files hands what it fetched to tables");
        }
        Path token = data.resolve("operator.token");
        assertEquals(
                "Plugin 'weather' may not use 'file-access:read:" + token
                        + "': it lies in the node's own data folder, which no grant opens. Use another folder.",
                gate.denial(caller, read(token)).getMessage());
        gate.consent((asker, wanted) -> Future.failedFuture("nobody is asked for what is no answer's to give"));
        assertEquals(false, gate.request(caller, read(token)).result());
    }

    @Test
    void theNodesOwnFolderIsNotReachedByPathsFromTheWorkingFolderEither() throws Exception {
        Path here = Path.of("").toRealPath();
        Path data = Files.createTempDirectory(here.resolve("target"), "data");
        Path work = Files.createDirectory(data.resolve("work"));
        gate.keep(data, work);
        grants.requests(id, List.of(Permission.parse("file-access:read:**")));
        grants.grant(id, "file-access:read:**", "test", "");
        Path relative = here.relativize(data);
        assertFalse(gate.may(caller, read(relative.resolve("operator.token"))));
        assertTrue(gate.may(caller, read(relative.resolveSibling("else.csv"))));
        Files.delete(work);
        Files.delete(data);
    }

    private static Permission read(Path path) {
        return Permission.parse("file-access:read:" + path);
    }
}
