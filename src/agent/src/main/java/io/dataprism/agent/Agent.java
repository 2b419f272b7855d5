package io.dataprism.agent;

import io.dataprism.sandbox.census.Census;
import io.dataprism.sandbox.guard.JdkChecks;
import io.dataprism.sandbox.rules.JdkTypes;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the JVM starts before the program: {@code -javaagent:dataprism-agent.jar}. It keeps nothing; the JVM's instrumentation is in nobody's reach then. */
public final class Agent {
    private static final String KEPT = "kept=";
    /** Worked out in any case: between them they have of everything that classes have, and are small. */
    private static final List<Class<?>> TYPICAL = List.of(Runtime.class, FileOutputStream.class, Thread.class);

    private Agent() {}

    /**
     * Have the JDK's methods check from now on. Called by the JVM.
     *
     * @param options nothing, or {@code kept=<folder>}: where to keep from one start to the next what becomes of the JDK's classes, which takes longest;
     *     nobody else must be able to write there
     * @throws IllegalStateException where they can't; the JVM ends then
     */
    public static void premain(@Nullable String options, Instrumentation instrumentation) {
        CheckedMethods checked = new CheckedMethods();
        KeptChecks kept = KeptChecks.in(folder(options));
        JdkTransform transform = new JdkTransform(checked, kept);
        StackJudge judge = new StackJudge(checked);
        try {
            List<Class<?>> loaded = concerned(transform, instrumentation);
            for (Class<?> type : TYPICAL) {
                transform.rehearse(type);
            }
            for (Class<?> type : loaded) {
                if (!transform.isKept(type)) {
                    transform.rehearse(type);
                }
            }
            judge.warmUp();
            Hook.define(judge, instrumentation);
            openMemory(instrumentation);
            instrumentation.addTransformer(transform, true);
            instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException | IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("The JDK's methods can't be made to check: " + e, e);
        }
        judge.begin();
        JdkChecks.begun();
        kept.write();
    }

    /**
     * Load and link what a start with the agent takes, and change nothing: for a JVM that works out what later ones take over, see {@code
     * -XX:ArchiveClassesAtExit}.
     *
     * @param folder as {@link #premain}'s
     */
    public static void rehearse(Path folder) throws IOException {
        CheckedMethods checked = new CheckedMethods();
        JdkTransform transform = new JdkTransform(checked, KeptChecks.in(Optional.of(folder)));
        for (Class<?> type : TYPICAL) {
            if (transform.mayConcern(type)) {
                transform.rehearse(type);
            }
        }
        new StackJudge(checked).warmUp();
    }

    /** Let the census read memory; nobody but its own module. */
    private static void openMemory(Instrumentation instrumentation) {
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(Census.exported(), Set.of(Census.class.getModule())),
                Map.of(),
                Set.of(),
                Map.of());
    }

    private static Optional<Path> folder(@Nullable String options) {
        if (options == null || options.isEmpty()) {
            return Optional.empty();
        }
        if (!options.startsWith(KEPT)) {
            throw new IllegalStateException("The agent knows no option '" + options + "'. It takes " + KEPT
                    + "<folder>, where it keeps what it makes of the JDK's classes from one start to the next.");
        }
        return Optional.of(Path.of(options.substring(KEPT.length())));
    }

    private static List<Class<?>> concerned(JdkTransform transform, Instrumentation instrumentation) {
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (!type.isArray()
                    && !type.isHidden()
                    && JdkTypes.running().owns(type.getName().replace('.', '/'))
                    && instrumentation.isModifiableClass(type)
                    && transform.mayConcern(type)) {
                loaded.add(type);
            }
        }
        return loaded;
    }
}
