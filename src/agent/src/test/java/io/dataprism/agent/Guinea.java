package io.dataprism.agent;

import io.dataprism.sandbox.PluginClassLoader;
import io.dataprism.sandbox.census.Census;
import io.dataprism.sandbox.guard.JdkChecks;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;

/**
 * A program that loads a plugin's jar and lets it do something, in a JVM of its own. Says what came of it in one line: what the plugin returned, or what it
 * was refused.
 */
final class Guinea {
    /** Read through a proxy, which the JDK makes when it is first asked for. */
    @Retention(RetentionPolicy.RUNTIME)
    private @interface Mark {
        String value();
    }

    @Mark("of the host")
    private static final class Marked {}

    private Guinea() {}

    /** @param words the jar, what the plugin is told, and then what it is granted */
    public static void main(String[] words) throws Exception {
        List<String> granted = Arrays.asList(words).subList(2, words.length);
        PluginClassLoader loader = PluginClassLoader.builder("guinea")
                .classPath(List.of(Path.of(words[0])))
                .guard((permission, scope) -> {
                    String wanted = scope.isEmpty() ? permission : permission + ":" + scope;
                    return granted.stream().anyMatch(grant -> wanted.equals(grant) || wanted.startsWith(grant + ":"));
                })
                .build();
        // The host's own work goes on as ever.
        Path own = Files.writeString(Files.createTempFile("host", ".txt"), "of the host");
        if (!Files.readString(own).equals("of the host") || !own.toFile().delete()) {
            throw new IllegalStateException("the host can't work");
        }
        if (!Marked.class.getAnnotation(Mark.class).value().equals("of the host")) {
            throw new IllegalStateException("the host can't read its own annotations");
        }
        if (!Census.isPossible()) {
            throw new IllegalStateException("the host can't count what plugins retain");
        }
        String said = said(loader, words[1]);
        recordsFlights();
        System.out.println((JdkChecks.areOn() ? "checked: " : "unchecked: ") + said);
        System.exit(0);
    }

    @Label("what a host records")
    @Category({"host", "own"})
    private static final class Flight extends Event {}

    /** As Netty does: the JDK reads what annotations say through classes that it makes, on a thread with no plugin in sight. */
    private static void recordsFlights() throws InterruptedException {
        List<Throwable> failed = new CopyOnWriteArrayList<>();
        Thread recording = new Thread(() -> {
            try {
                FlightRecorder.register(Flight.class);
                new Flight().commit();
            } catch (Throwable e) {
                failed.add(e);
            }
        });
        recording.start();
        recording.join();
        if (!failed.isEmpty()) {
            throw new IllegalStateException("the host can't record", failed.get(0));
        }
    }

    @SuppressWarnings("unchecked")
    private static String said(ClassLoader loader, String told) throws Exception {
        Function<String, Object> plugin = (Function<String, Object>)
                loader.loadClass("app.App").getConstructor().newInstance();
        try {
            return String.valueOf(plugin.apply(told));
        } catch (Throwable e) {
            Throwable deepest = e;
            while (deepest.getCause() != null) {
                deepest = deepest.getCause();
            }
            return deepest.toString();
        }
    }
}
