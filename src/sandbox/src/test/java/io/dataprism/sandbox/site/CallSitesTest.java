package io.dataprism.sandbox.site;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.sandbox.guard.SiteChecks;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallSitesTest {
    /** Guarded classes name methods by their text, so that no compiler misses one. */
    @Test
    void whatTheChecksAnswerCanBeCalledByGuardedClassesAndNothingElse() {
        assertEquals(offered(SiteChecks.class), offered(CallSites.class));
    }

    private static Set<String> offered(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(CallSitesTest::shown)
                .collect(toCollection(TreeSet::new));
    }

    private static String shown(Method method) {
        return method.getReturnType().getName() + " " + method.getName() + Arrays.toString(method.getParameterTypes());
    }
}
