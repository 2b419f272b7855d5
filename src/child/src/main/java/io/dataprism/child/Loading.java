package io.dataprism.child;

import io.dataprism.api.Plugin;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.dataprism.child.context.Identity;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Values;
import io.dataprism.child.wire.WireInput;
import io.dataprism.child.wire.WireOutput;
import io.dataprism.sandbox.PluginClassLoader;
import io.dataprism.sandbox.guard.CallGuard;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the kernel says about the plugin that a child is to run.
 *
 * @param loader what its class loader is called in messages
 * @param main its class
 * @param classPath its jars
 * @param guarded whether its calls into the JDK are checked
 * @param maxTimers of its timers that may wait at once
 */
public record Loading(
        Identity identity,
        JsonObject config,
        String loader,
        String main,
        List<String> classPath,
        boolean guarded,
        int maxTimers) {

    public Loading {
        classPath = List.copyOf(classPath);
    }

    /** For the kernel. */
    public void write(WireOutput out) {
        out.text(identity.id().value()).text(identity.version()).text(identity.node());
        Values.write(out, config);
        out.text(loader).text(main).i32(classPath.size());
        classPath.forEach(out::text);
        out.flag(guarded).i32(maxTimers);
    }

    static Loading read(WireInput in) throws MalformedFrameException {
        Identity identity = new Identity(new PluginId(in.text()), in.text(), in.text());
        JsonObject config = (JsonObject) Objects.requireNonNull(Values.read(in));
        String loader = in.text();
        String main = in.text();
        List<String> jars = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            jars.add(in.text());
        }
        return new Loading(identity, config, loader, main, jars, in.flag(), in.i32());
    }

    /** The plugin's object. In its slices. */
    Plugin plugin(CallGuard guard) throws Exception {
        PluginClassLoader classes = classes(guard);
        Thread.currentThread().setContextClassLoader(classes);
        Constructor<?> constructor = constructor(type(classes));
        try {
            return (Plugin) constructor.newInstance();
        } catch (InvocationTargetException | ExceptionInInitializerError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof LinkageError error) {
                throw error;
            }
            throw new PluginException(
                    "DP-0813",
                    "could not be made: the constructor of " + main + " threw " + cause
                            + ". Do in initialize what may fail.",
                    cause);
        }
    }

    /** Its classes need no polls: what does not end, ends with its process. */
    private PluginClassLoader classes(CallGuard guard) throws IOException {
        PluginClassLoader.Builder builder = PluginClassLoader.builder(loader)
                .classPath(classPath.stream().map(Path::of).toList())
                .withoutPolls();
        return (guarded ? builder.guard(guard) : builder).build();
    }

    private Class<?> type(PluginClassLoader classes) {
        Class<?> type;
        try {
            type = classes.loadClass(main);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new PluginException(
                    "DP-0810",
                    "cannot load its class " + main + ", which 'main' in plugin.yaml names: " + e
                            + ". Correct 'main', or build the class into the jar.",
                    e);
        }
        if (!Plugin.class.isAssignableFrom(type)) {
            throw new PluginException(
                    "DP-0811",
                    "cannot be made: " + main + " does not implement " + Plugin.class.getName()
                            + ". Implement it, or name the class that does as 'main' in plugin.yaml.");
        }
        return type;
    }

    private Constructor<?> constructor(Class<?> type) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers()) || !Modifier.isPublic(type.getModifiers())) {
            throw new PluginException(
                    "DP-0812",
                    "cannot be made: " + main + " must be a public class that is neither abstract nor an interface.");
        }
        try {
            return type.getConstructor();
        } catch (NoSuchMethodException e) {
            throw new PluginException(
                    "DP-0812",
                    "cannot be made: " + main + " has no public constructor without parameters. Add one.",
                    e);
        }
    }
}
