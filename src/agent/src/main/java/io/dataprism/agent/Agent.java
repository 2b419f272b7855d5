package io.dataprism.agent;

import io.dataprism.sandbox.guard.JdkChecks;
import io.dataprism.sandbox.rules.JdkTypes;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;

/** What the JVM starts before the program: {@code -javaagent:dataprism-agent.jar}. It keeps nothing; the JVM's instrumentation is in nobody's reach then. */
public final class Agent {
    private Agent() {}

    /**
     * Have the JDK's methods check from now on. Called by the JVM.
     *
     * @throws IllegalStateException where they can't; the JVM ends then
     */
    public static void premain(String options, Instrumentation instrumentation) {
        CheckedMethods checked = new CheckedMethods();
        JdkTransform transform = new JdkTransform(checked);
        StackJudge judge = new StackJudge(checked);
        try {
            List<Class<?>> loaded = concerned(transform, instrumentation);
            for (Class<?> type : loaded) {
                transform.prepare(type);
            }
            judge.warmUp();
            Hook.define(judge, instrumentation);
            instrumentation.addTransformer(transform, true);
            instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
        } catch (UnmodifiableClassException | IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("The JDK's methods can't be made to check: " + e, e);
        }
        judge.begin();
        JdkChecks.begun();
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
