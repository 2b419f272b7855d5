package io.dataprism.kernel.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "network-access",
                "network-access:https://api.example.com:443",
                "network-access:https://*.example.com:443",
                "network-access:*://localhost:*",
                "network-access:http://[::1]:8080",
                "dom-access",
                "storage-access",
                "file-access",
                "file-access:read",
                "file-access:read:data/**",
                "file-access:write:/var/lib/x/*.csv",
                "camera-access",
                "microphone-access",
                "event-publish:weather.**",
                "event-subscribe:weather.*.today",
                "channel:dashboard.refresh",
                "call:tables:*",
                "call:tables:table-*",
                "call:charts",
                "screen-access",
                "clipboard-access",
                "clipboard-access:read",
                "printer-access",
                "desktop-access",
                "http-serve:reports/**",
                "http-serve:reports/{id}",
                "threads",
                "process-start:/usr/bin/*",
                "environment:APP_*",
                "system-properties:write",
                "system-properties:read:user.*",
                "system-properties:*:app.**",
                "reflection:com.example.**",
                "reflection:com.example.Outer$Inner",
                "class-loading",
                "native-access",
                "vertx-access"
            })
    void isPrintedBackAsItWasWritten(String text) {
        assertEquals(text, Permission.parse(text).toString());
        assertEquals(Permission.parse(text), Permission.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "storage-access:x",
                "network-access:api.example.com",
                "network-access:https://",
                "file-access:data/**",
                "file-access:read:",
                "file-access:read:../secrets",
                "file-access:read:data/./secrets",
                "file-access:read:data//secrets",
                "file-access:read:data/",
                "file-access:*",
                "process-start:bin/../git",
                "process-start:/usr//bin",
                "http-serve:/reports",
                "http-serve:reports/**/x",
                "clipboard-access:*",
                "clipboard-access:read:x",
                "environment:A B",
                "system-properties:user.home",
                "system-properties:read:",
                "reflection:com..example",
                "threads:4",
                "native-access:x",
                "file-access:read:**/1/**/2/**/3/**/4/**/5/**/6/**/7/**/8/**",
                "event-publish:",
                "event-publish:a..b",
                "event-publish:a.**.b",
                "event-publish:a b",
                "call:a:b:c",
                "call:A:b",
                "call::"
            })
    void aScopeOfAnotherFormIsRefused(String text) {
        assertEquals(
                "DP-0503",
                assertThrows(PluginException.class, () -> Permission.parse(text))
                        .code());
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        PluginException unknown = assertThrows(PluginException.class, () -> Permission.parse("network"));
        assertEquals("DP-0502", unknown.code());
        assertTrue(unknown.getMessage().contains("network-access"));
    }

    @Test
    void whatDeniesIsNothingToAskFor() {
        PluginException refused = assertThrows(PluginException.class, () -> Permission.parse("!storage-access"));
        assertEquals("DP-0502", refused.code());
        assertTrue(refused.getMessage().contains("Leave it out"), refused.getMessage());
        assertEquals("!storage-access", PermissionRule.parse("!storage-access").toString());
        assertEquals(
                PermissionRule.denies(Permission.parse("storage-access")), PermissionRule.parse("!storage-access"));
        assertThrows(PluginException.class, () -> PermissionRule.parse("!!storage-access"));
    }

    @ParameterizedTest
    @CsvSource({
        "event-publish, event-publish:a.b",
        "event-publish:**, event-publish:a.b",
        "event-publish:weather.*, event-publish:weather.update",
        "event-subscribe:weather.**, event-subscribe:weather.*",
        "event-subscribe:weather.**, event-subscribe:weather.a.**",
        "event-subscribe:weather.*, event-subscribe:weather.*",
        "channel:team.*, channel:team.red",
        "call, call:a:b",
        "call:tables, call:tables:query",
        "call:tables:*, call:tables:query",
        "call:tables:table-*, call:tables:table-open",
        "call:*:render, call:charts:render",
        "network-access, network-access:https://a.example:443",
        "network-access:https://a.example, network-access:https://a.example:443",
        "network-access:https://*.example:443, network-access:https://a.b.example:443",
        "network-access:*://localhost:*, network-access:http://LOCALHOST:80",
        "file-access, file-access:write:x",
        "file-access:read, file-access:read:data/a/b.csv",
        "file-access:read:data/**, file-access:read:data/a/b.csv",
        "file-access:read:data/20*-*.csv, file-access:read:data/2024-05.csv",
        "file-access:read:data/*.csv, file-access:read:data/a.csv",
        "file-access:read:/srv/data/**, file-access:read:/srv/data/a.csv",
        "file-access:read:/srv/*/a-*.csv, file-access:read:/srv/x/a-1.csv",
        "file-access:*:out/*, file-access:write:out/x",
        "file-access:read:data/**/b.csv, file-access:read:data/a/c/b.csv",
        "file-access:read:data/**/b.csv, file-access:read:data/b.csv",
        "file-access:read:data/**/**/b.csv, file-access:read:data/b.csv",
        "file-access:read:data/**/a/**, file-access:read:data/a/a/b",
        "file-access:read:data/**/a/**/b, file-access:read:data/x/a/y/b/z/b",
        "file-access:read:data/**/a, file-access:read:data/**/a",
        "file-access:read:**/a, file-access:read:/srv/a",
        "file-access:read:data/*, file-access:read:data/a..b",
        "file-access:read:/**, file-access:read:/",
        "network-access:https://a.example:443, network-access:https://a.example.:0443",
        "network-access:http://[::1]:80, network-access:http://[0:0:0:0:0:0:0:1]",
        "clipboard-access, clipboard-access:read",
        "http-serve:reports/*, http-serve:reports/{id}",
        "process-start:/usr/bin/*, process-start:/usr/bin/git",
        "environment:APP_*, environment:APP_HOME",
        "system-properties:read, system-properties:read:user.home",
        "system-properties:*:user.*, system-properties:write:user.home",
        "reflection:com.example.**, reflection:com.example.a.B$C"
    })
    void coversWhatItsScopeHolds(String granted, String wanted) {
        assertTrue(Permission.parse(granted).covers(Permission.parse(wanted)));
    }

    @ParameterizedTest
    @CsvSource({
        "event-publish:a.b, event-subscribe:a.b",
        "event-publish:a.b, event-publish:a.c",
        "event-publish:a.b, event-publish",
        "event-publish:weather.*, event-publish:weather",
        "event-publish:weather.*, event-publish:weather.a.b",
        "event-subscribe:weather.*, event-subscribe:weather.**",
        "event-subscribe:weather.a, event-subscribe:weather.*",
        "event-subscribe:weather.**, event-subscribe:**",
        "call:tables:query, call:tables:queries",
        "call:tables:*, call:tables2:query",
        "call:tables:*, call:tables",
        "network-access:https://a.example:443, network-access:http://a.example:443",
        "network-access:https://a.example:443, network-access:https://a.example:8443",
        "network-access:https://*.example:443, network-access:https://example:443",
        "network-access:https://*.example:443, network-access:https://aexample:443",
        "network-access:https://a.example, network-access:https://a.example.evil:443",
        "file-access:read:data/**, file-access:write:data/a",
        "file-access:read:data/**, file-access:read:database/a",
        "file-access:read:data/**, file-access:read:data",
        "file-access:read:data/*, file-access:read:data/a/b",
        "file-access:read:data/*, file-access:read",
        "file-access:read:data/*.csv, file-access:read:data/a.json",
        "file-access:read:data/*.csv, file-access:read:data/*",
        "file-access:read:/srv/**, file-access:read:srv/a",
        "file-access:read:*/a, file-access:read:/a",
        "file-access:read:data/**/a/**, file-access:read:data/a",
        "file-access:read:data/**/**, file-access:read:data",
        "file-access:read:data/**/a/*/b, file-access:read:data/a/x/y/b",
        "file-access:read:data/*/a, file-access:read:data/**/a",
        "clipboard-access:read, clipboard-access",
        "http-serve:reports/*, http-serve:reports",
        "process-start:/usr/bin/git, process-start:git",
        "environment:APP_*, environment",
        "system-properties:read:user.*, system-properties:write:user.home",
        "system-properties:read:user.*, system-properties:read",
        "reflection:com.example.*, reflection:com.example.a.B"
    })
    void doesNotCoverMore(String granted, String wanted) {
        assertFalse(Permission.parse(granted).covers(Permission.parse(wanted)));
    }

    /** A pattern is its plugin's own choice, and is matched on threads that others wait for. */
    @Test
    void aPatternOfManyDepthsTakesNoLongerThanItsLength() {
        Permission pattern = Permission.parse("file-access:read:/" + "**/a/".repeat(8) + "b");
        Permission wanted = Permission.parse("file-access:read:/" + "a/".repeat(500) + "c");
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertFalse(pattern.covers(wanted)));
    }
}
