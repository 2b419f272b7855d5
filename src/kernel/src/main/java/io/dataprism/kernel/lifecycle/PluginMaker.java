package io.dataprism.kernel.lifecycle;

import io.dataprism.api.Plugin;
import io.dataprism.kernel.messaging.SafeFailure;
import io.dataprism.sandbox.PluginClassLoader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;

/** Makes a plugin's object from the class that its manifest names. Runs in the plugin's slice. */
final class PluginMaker {
    private final String main;
    private final StepFailures failures;

    PluginMaker(String main, StepFailures failures) {
        this.main = main;
        this.failures = failures;
    }

    Plugin make(PluginClassLoader loader) throws ReflectiveOperationException {
        Constructor<?> constructor = constructor(type(loader));
        try {
            return (Plugin) constructor.newInstance();
        } catch (InvocationTargetException | ExceptionInInitializerError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            SafeFailure failure = SafeFailure.copy(cause);
            if (cause instanceof LinkageError) {
                throw failures.threw(Step.LOAD, failure);
            }
            throw failures.of(
                    Step.LOAD,
                    "DP-0813",
                    "could not be made: the constructor of " + main + " threw " + failure
                            + ". Do in initialize what may" + " fail.",
                    failure);
        }
    }

    private Class<?> type(PluginClassLoader loader) {
        Class<?> type;
        try {
            type = loader.loadClass(main);
        } catch (ClassNotFoundException | LinkageError e) {
            throw failures.of(
                    Step.LOAD,
                    "DP-0810",
                    "cannot load its class " + main + ", which 'main' in plugin.yaml names: " + e
                            + ". Correct 'main', or build the class into the jar.",
                    SafeFailure.copy(e));
        }
        if (!Plugin.class.isAssignableFrom(type)) {
            throw failures.of(
                    Step.LOAD,
                    "DP-0811",
                    "cannot be made: " + main + " does not implement " + Plugin.class.getName()
                            + ". Implement it, or name" + " the class that does as 'main' in plugin.yaml.",
                    null);
        }
        return type;
    }

    private Constructor<?> constructor(Class<?> type) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers()) || !Modifier.isPublic(type.getModifiers())) {
            throw failures.of(
                    Step.LOAD,
                    "DP-0812",
                    "cannot be made: " + main + " is " + (type.isInterface() ? "an interface" : notUsable(type))
                            + ", but must be a public class that is not abstract.",
                    null);
        }
        try {
            return type.getConstructor();
        } catch (NoSuchMethodException e) {
            throw failures.of(
                    Step.LOAD,
                    "DP-0812",
                    "cannot be made: " + main + " has no public constructor without parameters. Add one.",
                    null);
        }
    }

    private static String notUsable(Class<?> type) {
        return Modifier.isAbstract(type.getModifiers()) ? "abstract" : "not public";
    }
}
