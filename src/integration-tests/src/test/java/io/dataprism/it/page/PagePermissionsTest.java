package io.dataprism.it.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.KernelOptions;
import io.dataprism.testkit.PluginUnderTest;
import io.dataprism.testkit.TestKernel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PagePermissionsTest extends PageTest {
    private static final String[] SIX = {
        "network-access", "dom-access", "storage-access", "file-access", "camera-access", "microphone-access"
    };

    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** Somebody who may be asked, and who says yes to cameras alone. */
    @Override
    TestKernel start(Vertx vertx) {
        return TestKernel.on(vertx, KernelOptions.DEFAULT.withNode("page").withConsent((caller, permission) -> {
            asked.add(caller.label() + " " + permission);
            return Future.succeededFuture("camera-access".equals(permission.toString()));
        }));
    }

    private PluginUnderTest wantsAllSix() {
        return kernel.install(Puppet.jar("puppet", SIX)).granted().load();
    }

    private static boolean may(PluginUnderTest puppet, String permission) {
        return Boolean.TRUE.equals(puppet.<Boolean>reply("check", json().put("permission", permission)));
    }

    private static boolean request(PluginUnderTest puppet, String permission) {
        return Boolean.TRUE.equals(puppet.<Boolean>reply("request", json().put("permission", permission)));
    }

    private static void assertOnly(PluginUnderTest puppet, String granted) {
        for (String permission : SIX) {
            assertEquals(permission.equals(granted), may(puppet, permission), permission);
        }
    }

    @Test
    @DisplayName(
            "Permission System: defaults: the page's six permissions are false; grant(pluginId, permission), check")
    void permissionsAreFalseByDefault() {
        PluginUnderTest puppet = wantsAllSix();
        assertOnly(puppet, "none");
        kernel.kernel().grants().grant(new PluginId("puppet"), "storage-access", "a test", "It is needed.");
        assertOnly(puppet, "storage-access");
        PluginUnderTest other =
                kernel.install(Puppet.jar("other", SIX)).granted().load();
        assertOnly(other, "none");
    }

    @Test
    @DisplayName(
            "Permission System: options.security: request(pluginId, permission) asks the user; modal.onConfirm grants it")
    void requestAsks() {
        PluginUnderTest puppet = wantsAllSix();
        assertEquals(true, request(puppet, "camera-access"));
        assertEquals(List.of("puppet camera-access"), asked);
        assertOnly(puppet, "camera-access");
    }

    @Test
    @DisplayName("Permission System: request(pluginId, permission): modal.onDeny resolves to false and grants nothing")
    void requestMayBeDenied() {
        PluginUnderTest puppet = wantsAllSix();
        assertEquals(false, request(puppet, "microphone-access"));
        assertEquals(List.of("puppet microphone-access"), asked);
        assertOnly(puppet, "none");
    }
}
