package attack;

import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import java.util.spi.ToolProvider;
import javax.tools.SimpleJavaFileObject;

/** Class loading: code that its jar does not hold. */
final class ClassAttacks {
    private ClassAttacks() {}

    private static void runCode(Class<?> code, Lab lab) throws ReflectiveOperationException {
        @SuppressWarnings("unchecked")
        Consumer<Consumer<Object>> made =
                (Consumer<Consumer<Object>>) code.getDeclaredConstructor().newInstance();
        made.accept(lab.witness());
    }

    /** A class loader of its own. */
    private static final class OwnLoader extends ClassLoader {
        OwnLoader() {
            super(ClassAttacks.class.getClassLoader());
        }

        Class<?> define(byte[] code) {
            return defineClass(null, code, 0, code.length);
        }
    }

    /** A class loader of its own, of the kind that knows where code is from. */
    private static final class OwnSecureLoader extends java.security.SecureClassLoader {
        Class<?> define(byte[] code) {
            return defineClass(null, code, 0, code.length, (java.security.CodeSource) null);
        }
    }

    @Attack(says = "Defines a class with a class loader of its own.", target = "class-loading", by = Proof.CODE)
    public static final class Define extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            runCode(new OwnLoader().define(lab.bytes("payload")), lab);
            return null;
        }
    }

    @Attack(says = "Defines a class with a SecureClassLoader of its own.", target = "class-loading", by = Proof.CODE)
    public static final class DefineSecure extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            runCode(new OwnSecureLoader().define(lab.bytes("payload")), lab);
            return null;
        }
    }

    @Attack(says = "Loads a class of another jar with URLClassLoader.", target = "class-loading", by = Proof.CODE)
    public static final class LoadUrl extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (URLClassLoader loader = new URLClassLoader(new URL[] {new URL("file:" + lab.text("payloadJar"))})) {
                runCode(loader.loadClass("outside.Payload"), lab);
            }
            return null;
        }
    }

    @Attack(
            says = "Loads a class of another jar with URLClassLoader.newInstance.",
            target = "class-loading",
            by = Proof.CODE)
    public static final class LoadUrlNew extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (URLClassLoader loader =
                    URLClassLoader.newInstance(new URL[] {new URL("file:" + lab.text("payloadJar"))})) {
                runCode(loader.loadClass("outside.Payload"), lab);
            }
            return null;
        }
    }

    @Attack(
            says = "Defines a class beside its own with a look-up.",
            target = "class-loading",
            with = "reflection",
            by = Proof.CODE)
    public static final class LookupDefine extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            runCode(MethodHandles.lookup().defineClass(lab.bytes("smuggled")), lab);
            return null;
        }
    }

    @Attack(
            says = "Defines a hidden class with a look-up.",
            target = "class-loading",
            with = "reflection",
            by = Proof.CODE)
    public static final class LookupHidden extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            runCode(
                    MethodHandles.lookup()
                            .defineHiddenClass(lab.bytes("smuggled"), true)
                            .lookupClass(),
                    lab);
            return null;
        }
    }

    @Attack(
            says = "Loads a class of another jar as a module.",
            target = "class-loading",
            with = "reflection",
            by = Proof.CODE)
    public static final class LoadModule extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var boot = ModuleLayer.boot();
            var found = boot.configuration()
                    .resolve(ModuleFinder.of(Path.of(lab.text("payloadJar"))), ModuleFinder.of(), Set.of("payload"));
            var layer = boot.defineModulesWithOneLoader(found, null);
            runCode(layer.findLoader("payload").loadClass("outside.Payload"), lab);
            return null;
        }
    }

    @Attack(
            says = "Loads the services of a loader that it reached.",
            target = "class-loading",
            with = "reflection",
            by = Proof.CODE)
    public static final class LoadService extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (URLClassLoader loader = new URLClassLoader(new URL[] {new URL("file:" + lab.text("payloadJar"))})) {
                ServiceLoader.load(Consumer.class, loader).forEach(found -> {
                    Consumer<Object> service = found;
                    service.accept(lab.witness());
                });
            }
            return null;
        }
    }

    @Attack(
            says = "Loads a class of another jar with the loader of the management API.",
            target = "class-loading",
            with = "reflection",
            by = Proof.CODE,
            closed = 23)
    public static final class ManagementLoader extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (URLClassLoader loader =
                    new javax.management.loading.MLet(new URL[] {new URL("file:" + lab.text("payloadJar"))})) {
                runCode(loader.loadClass("outside.Payload"), lab);
            }
            return null;
        }
    }

    @Attack(
            says = "Compiles source text into a folder.",
            target = "file-access:write",
            with = "class-loading",
            by = Proof.FILE)
    public static final class Compile extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var compiler = javax.tools.ToolProvider.getSystemJavaCompiler();
            var source =
                    new SimpleJavaFileObject(
                            URI.create("string:///Made.java"), javax.tools.JavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                            return "class Made {}";
                        }
                    };
            return compiler.getTask(
                            new StringWriter(), null, null, List.of("-d", lab.text("folder")), null, List.of(source))
                    .call();
        }
    }

    @Attack(
            says = "Packs a folder with the JDK's jar tool.",
            target = "file-access:write",
            with = "class-loading",
            by = Proof.FILE)
    public static final class RunTool extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return ToolProvider.findFirst("jar")
                    .orElseThrow()
                    .run(System.out, System.err, "cf", lab.fresh("made.jar"), "-C", lab.text("folder"), "secret.txt");
        }
    }

    @Attack(
            says = "Reads a file with the JDK's compiler, whose errors quote it.",
            target = "file-access:read",
            with = "class-loading",
            by = Proof.LEAK)
    public static final class RunCompiler extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            StringWriter errors = new StringWriter();
            ToolProvider.findFirst("javac")
                    .orElseThrow()
                    .run(new java.io.PrintWriter(errors), new java.io.PrintWriter(errors), lab.text("sourceLike"));
            return errors.toString();
        }
    }

    @Attack(
            says = "Runs text as code through JShell, within the JVM.",
            target = "class-loading",
            with = "process-start",
            by = Proof.FILE)
    public static final class LocalShell extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (var shell =
                    jdk.jshell.JShell.builder().executionEngine("local").build()) {
                shell.eval("new java.io.File(\"" + lab.fresh("made") + "\").createNewFile()");
            }
            return null;
        }
    }

    @Attack(says = "Looks for engines that run text as code.", target = "class-loading", by = Proof.CODE, closed = 15)
    public static final class ScriptEngine extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return new javax.script.ScriptEngineManager()
                    .getEngineByName("javascript")
                    .eval("1 + 1");
        }
    }

    /** A class loader that finds one file, whatever is looked for. */
    private static final class Finding extends ClassLoader {
        private final URL file;

        Finding(URL file) {
            super(ClassAttacks.class.getClassLoader());
            this.file = file;
        }

        @Override
        protected URL findResource(String name) {
            return file;
        }
    }

    @Attack(
            says = "Reads a file as a resource bundle, which a class loader of its own finds.",
            target = "file-access:read",
            with = "class-loading",
            by = Proof.LEAK)
    public static final class BundleOfFile extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var bundle = java.util.ResourceBundle.getBundle(
                    "any",
                    java.util.Locale.ROOT,
                    new Finding(lab.path("secret").toUri().toURL()),
                    java.util.ResourceBundle.Control.getControl(java.util.ResourceBundle.Control.FORMAT_PROPERTIES));
            StringBuilder all = new StringBuilder();
            bundle.keySet()
                    .forEach(key -> all.append(key)
                            .append(' ')
                            .append(bundle.getString(key))
                            .append(' '));
            return all.toString();
        }
    }
}
