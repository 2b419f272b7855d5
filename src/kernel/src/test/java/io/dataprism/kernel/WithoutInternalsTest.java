package io.dataprism.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.kernel.testing.PluginJar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole kernel on a Vert.x none of whose internal classes it can see. */
class WithoutInternalsTest {

    @Test
    void pluginsAreLoadedTalkAndAreUnloaded(@TempDir Path folder) throws Exception {
        Path jar = PluginJar.of("greeter")
                .permission("event-subscribe:news.*")
                .permission("event-publish:heard.*")
                .does(
                        "initialize",
                        "return context.events().subscribe(\"news.*\", event -> context.timers().after(java.time.Duration.ofMillis(1),"
                                + " () -> context.events().publish(\"heard.it\", event.body()))).mapEmpty();")
                .capability(
                        "greet",
                        "return context.blocking(() -> \"Hello, \" + call.json().getString(\"name\")).map(text -> text + \"!\");")
                .in(folder);
        Class<?> program = new Hiding().loadClass(RunningWithoutInternals.class.getName());
        @SuppressWarnings("unchecked") // the loader's own copy of that class
        Function<Path, Map<String, String>> run = (Function<Path, Map<String, String>>)
                program.getDeclaredConstructor().newInstance();
        assertEquals(
                Map.of(
                        "greeted", "Hello, Ada!",
                        "heard", "it rains",
                        "raw", "Hello, Eve!",
                        "bytes", "shared",
                        "carriers", "false",
                        "left", "[]"),
                run.apply(jar));
    }

    /** Loads the kernel anew, and hides from it what Vert.x does not support. */
    private static final class Hiding extends ClassLoader {
        private static final Pattern HIDDEN =
                Pattern.compile("io\\.vertx\\.core\\.(impl|internal|eventbus\\.impl)\\..*");

        Hiding() {
            super(WithoutInternalsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (HIDDEN.matcher(name).matches()) {
                throw new ClassNotFoundException(name + " is hidden");
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null) {
                    return known;
                }
                return name.startsWith("io.dataprism.") ? define(name) : super.loadClass(name, resolve);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
