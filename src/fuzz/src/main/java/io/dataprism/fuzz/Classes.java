package io.dataprism.fuzz;

import io.dataprism.sandbox.guard.GuardedClasses;
import java.util.Optional;

/** Class files of plugins: they are guarded, or refused as ones that can't be; nothing else comes out. */
public final class Classes {
    private Classes() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            byte[] guarded = new GuardedClasses(name -> Optional.empty(), true).guarded("fuzzed.Fuzzed", bytes);
            if (guarded.length == 0) {
                throw new AssertionError("guarded into nothing");
            }
        } catch (ClassNotFoundException unreadable) {
            if (unreadable.getMessage() == null) {
                throw new AssertionError("refused without a word", unreadable);
            }
        }
    }
}
