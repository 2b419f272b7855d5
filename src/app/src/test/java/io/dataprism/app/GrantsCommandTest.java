package io.dataprism.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.registry.ArtifactSource;
import io.dataprism.testjars.CompiledJar;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code grants …} on a running node. */
class GrantsCommandTest {
    private static final String API = "network-access:https://api.example.com:443";

    @TempDir
    Path folder;

    private ControlledNode node;

    @BeforeEach
    void start() throws Exception {
        node = new ControlledNode(folder.resolve("data"));
        Path jar = new CompiledJar().source("""
                        package org.example;

                        public final class Weather implements io.dataprism.api.Plugin {}
                        """).file("plugin.yaml", """
                        id: weather
                        version: 1.2.0
                        main: org.example.Weather
                        api: ^0.1.0
                        category: utility
                        permissions:
                          - {permission: "network-access", reason: Fetches the readings.}
                          - {permission: "event-publish:weather.**", reason: Tells others of them.}
                          - {permission: "native-access", reason: Is fast.}
                        """).build(folder.resolve("weather.jar"));
        ControlledNode.join(node.kernel.install(ArtifactSource.path(jar)));
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private CliRun grants(String... words) {
        return CliRun.of(Stream.of(
                        Stream.of("grants"),
                        Arrays.stream(words),
                        Stream.of("--data", folder.resolve("data").toString()))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    private boolean may(String permission) {
        return node.kernel.grants().check(Caller.plugin(new PluginId("weather")), Permission.parse(permission));
    }

    @Test
    void requestsShowTheReasonTheDangerAndWhatGrantsThem() {
        node.kernel.grants().grant(new PluginId("weather"), "event-publish:weather.**", "test", "");
        node.kernel.grants().grant(new PluginId("weather"), API, "test", "");
        CliRun run = grants("requests");
        assertEquals("", run.err());
        assertEquals("""
                weather 1.2.0  network-access  (partly granted; danger: high)
                    wants it    Fetches the readings.
                    could then  connect to other machines and exchange data with them
                    grant       ./dataprism grants add weather 'network-access'
                    in conf     - 'network-access'  under  plugins.weather.grants
                weather 1.2.0  native-access  (open; FULL TRUST: with it the other permissions mean nothing)
                    wants it    Is fast.
                    could then  run native code, which can do whatever the node's process can
                    grant       ./dataprism grants add weather 'native-access'
                    in conf     - 'native-access'  under  plugins.weather.grants
                """, run.out());
    }

    @Test
    void theCommandThatIsShownGrantsIt() {
        JsonObject first = new JsonObject(
                        grants("requests", "weather", "--json").out())
                .getJsonArray("requests")
                .getJsonObject(0);
        assertEquals("./dataprism grants add weather 'network-access'", first.getString("command"));
        assertFalse(may(API));
        CliRun run = grants("add", "weather", "network-access");
        assertEquals(ExitCode.OK, run.exitCode());
        assertTrue(may(API));
        assertEquals(
                2,
                new JsonObject(grants("requests", "--json").out())
                        .getJsonArray("requests")
                        .size());
    }

    @Test
    void aDenialWinsAndIsShownAndTakenBack() {
        grants("add", "weather", "network-access", "--reason", "for the trial");
        grants("add", "weather", "!network-access:*://*.evil.example:*", "--for", "2099-12-31T00:00:00Z");
        assertTrue(may(API));
        assertFalse(may("network-access:https://a.evil.example:443"));
        String shown = grants("list", "weather")
                .out()
                .replaceAll("20[0-9-]+T[0-9:]+Z", "TIME")
                .replaceAll(" +", " ");
        assertTrue(shown.contains("weather network-access operator for good TIME high for the trial"), shown);
        assertTrue(shown.contains("!network-access:*://*.evil.example:* operator until TIME"), shown);
        assertTrue(shown.contains(" TIME denied"), shown);
        CliRun denied = grants("requests", "weather");
        assertTrue(denied.out().startsWith("weather 1.2.0  network-access  (denied; danger: high)"), denied.out());
        assertTrue(
                denied.out()
                        .contains(
                                "    undo        ./dataprism grants revoke weather '!network-access:*://*.evil.example:*'"),
                denied.out());
        grants("revoke", "weather", "!network-access:*://*.evil.example:*");
        assertTrue(may("network-access:https://a.evil.example:443"));
        assertEquals(
                "'network-access:https://a.evil.example:443' was not given to 'weather' in these words, so nothing was taken back."
                        + " The operation grants:list says what was.\n",
                grants("revoke", "weather", "network-access:https://a.evil.example:443")
                        .err());
    }

    @Test
    void explainSaysTheRuleItsOriginAndSinceWhen() {
        CliRun no = grants("explain", "weather", API);
        assertEquals(ExitCode.OK, no.exitCode());
        assertEquals(
                "Plugin 'weather' 1.2.0 may not use '" + API
                        + "': it was not granted. It would let it connect to other machines and exchange data with them (danger: high)."
                        + " Grant it with  ./dataprism grants add weather '" + API
                        + "'  or add  - '" + API + "'  under  plugins.weather.grants  in conf/kernel.yaml.\n"
                        + "It lets it connect to other machines and exchange data with them (danger: high). Held today: at the facades; calls where sandboxed.\n"
                        + "Its manifest asks for network-access: Fetches the readings.\n",
                no.out());
        grants("add", "weather", "network-access:https://*.example.com:443", "--reason", "for the trial");
        CliRun yes = grants("explain", "weather", API);
        assertTrue(
                yes.out()
                        .matches("(?s)Plugin 'weather' 1\\.2\\.0 may use '" + API
                                + "': 'network-access:https://\\*\\.example\\.com:443' was granted by operator since 20[0-9TZ:-]+"
                                + " \\(for the trial\\); it holds for good\\.\n.*"),
                yes.out());
        assertTrue(grants("explain", "weather", "threads").out().contains("its manifest does not request it"));
        assertEquals(
                "operator",
                new JsonObject(grants("explain", "weather", API, "--json").out())
                        .getJsonObject("rule")
                        .getString("by"));
        CliRun unknown = grants("explain", "wether", API);
        assertEquals(ExitCode.FAILED, unknown.exitCode());
        assertTrue(unknown.err().contains("Did you mean 'weather'?"), unknown.err());
    }

    @Test
    void whatAmountsToFullTrustSaysSoWhereverItIsShown() {
        CliRun added = grants("add", "weather", "native-access");
        assertEquals(
                "Plugin 'weather' is trusted wholly: native-access lets it run native code, which can do whatever the node's process can."
                        + " With that its other permissions mean nothing. Remove it, unless that is meant.\n",
                added.err());
        assertTrue(added.out().contains("  FULL TRUST"), added.out());
        CliRun info = CliRun.of(
                "plugins", "info", "weather", "--data", folder.resolve("data").toString());
        assertTrue(info.out().contains("native-access FULL TRUST (by operator, since "), info.out());
        CliRun check =
                CliRun.of("plugins", "check", folder.resolve("weather.jar").toString());
        assertTrue(
                check.out()
                        .contains(
                                "    asks    native-access  Is fast.\n              which lets it run native code, which can do whatever"
                                        + " the node's process can (full trust: with that its other permissions mean nothing)"),
                check.out());
    }

    @Test
    void whatCantBeGivenIsRefused() {
        assertEquals(
                "error DP-0505",
                grants("add", "weather", "network-access", "--for", "ever")
                        .err()
                        .substring(0, 13));
        assertEquals(
                "error DP-0506",
                grants("add", "weather", "network-access", "--for", "once")
                        .err()
                        .substring(0, 13));
        assertEquals(
                "error DP-0502", grants("add", "weather", "net-access").err().substring(0, 13));
        assertEquals(
                "error DP-0503",
                grants("revoke", "weather", "network-access:x").err().substring(0, 13));
        assertEquals(
                "Nobody asks for anything that was not granted.\n", allGranted().err());
        assertTrue(grants("add", "user:ada", "event-publish:a", "--for", "1h")
                .out()
                .contains("user:ada"));
    }

    private CliRun allGranted() {
        for (String permission : new String[] {"network-access", "event-publish", "native-access"}) {
            node.kernel.grants().grant(new PluginId("weather"), permission, "test", "");
        }
        return grants("requests");
    }
}
