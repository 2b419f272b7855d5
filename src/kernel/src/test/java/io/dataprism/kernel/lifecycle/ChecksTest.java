package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChecksTest {
    private final List<String> told = new ArrayList<>();
    private boolean mute;

    private final Checks<String> checks = new Checks<>(new Checks.Report<>() {
        @Override
        public void failed(String name, Throwable cause) {
            if (mute) {
                throw new OutOfMemoryError("while it was told");
            }
            told.add(name + " " + cause.getClass().getSimpleName());
        }

        @Override
        public void recovered(String name) {
            told.add(name + " recovered");
        }
    });

    private void failing(String name, Error failure) {
        assertFalse(checks.run(name, () -> {
            throw failure;
        }));
    }

    @Test
    void whateverErrorACheckThrowsEndsHere() {
        failing("a", new StackOverflowError());
        failing("b", new NoClassDefFoundError());
        failing("c", new AssertionError());
        failing("d", new OutOfMemoryError());
        assertEquals(
                List.of("a StackOverflowError", "b NoClassDefFoundError", "c AssertionError", "d OutOfMemoryError"),
                told);
    }

    @Test
    void eachKindOfFailureIsToldOnceUntilTheCheckSucceeds() {
        failing("a", new AssertionError());
        failing("a", new LinkageError());
        failing("a", new AssertionError());
        assertTrue(checks.run("a", () -> {}));
        assertTrue(checks.run("a", () -> {}));
        failing("a", new AssertionError());
        assertEquals(List.of("a AssertionError", "a LinkageError", "a recovered", "a AssertionError"), told);
    }

    @Test
    void aFailureThatCouldNotBeToldIsToldAtTheNextCheck() {
        mute = true;
        failing("a", new AssertionError());
        mute = false;
        failing("a", new AssertionError());
        assertEquals(List.of("a AssertionError"), told);
    }

    @Test
    void aCheckThatIsDoneNoMoreIsForgotten() {
        failing("a", new AssertionError());
        checks.retain("b"::equals);
        failing("a", new AssertionError());
        assertEquals(List.of("a AssertionError", "a AssertionError"), told);
    }
}
