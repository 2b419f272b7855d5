package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class PluginExceptionTest {
    @Test
    void anExcerptIsCutAndCarriesNoControlCharacters() {
        assertEquals("a\uFFFDb\uFFFD", PluginException.excerpt("a\nb\u001b"));
        assertEquals(81, PluginException.excerpt("x".repeat(500)).length());
        assertEquals("x".repeat(80), PluginException.excerpt("x".repeat(80)));
    }

    @Test
    void aCallFailureCarriesItsKindsCodeUnlessThereIsABetterOne() {
        Throwable cause = new IllegalStateException("disk full");
        CallException plain = new CallException(FailureKind.FAILED, "it failed", cause);
        assertEquals("DP-0305", plain.code());
        assertSame(cause, plain.getCause());
        assertEquals("DP-0701", new CallException(FailureKind.FAILED, "DP-0701", "it failed", null).code());
    }

    @Test
    void eachKindOfFailureHasACodeOfItsOwn() {
        long codes = Arrays.stream(FailureKind.values())
                .map(FailureKind::code)
                .distinct()
                .count();
        assertEquals(FailureKind.values().length, codes);
        assertEquals(
                new HashSet<>(Arrays.asList(FailureKind.values())).size(),
                Arrays.stream(FailureKind.values())
                        .filter(kind -> kind.code().matches("DP-03\\d\\d"))
                        .count());
    }

    @Test
    void aDenialNamesThePermission() {
        PermissionDeniedException denial =
                new PermissionDeniedException("call:tables:transform", "Plugin 'a' lacks call:tables:transform.");
        assertEquals("call:tables:transform", denial.permission());
        assertEquals("DP-0501", denial.code());
    }
}
