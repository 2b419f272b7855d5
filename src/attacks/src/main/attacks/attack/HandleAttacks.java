package attack;

import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Method handles and references: calls that no call site of the plugin names. */
final class HandleAttacks {
    private HandleAttacks() {}

    /** Reads a file. */
    private interface Reader {
        String read(Path file) throws java.io.IOException;
    }

    /** Opens a file. */
    private interface Opener {
        InputStream open(String file) throws java.io.IOException;
    }

    /** A file of its own class. */
    private static final class OwnFile extends File {
        OwnFile(String path) {
            super(path);
        }
    }

    @Attack(
            says = "Reads a file through a handle that findStatic gave.",
            target = "file-access:read",
            with = "reflection",
            by = Proof.LEAK)
    public static final class FindStatic extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            MethodHandle read = MethodHandles.lookup()
                    .findStatic(Files.class, "readString", MethodType.methodType(String.class, Path.class));
            return (String) read.invokeExact(lab.path("secret"));
        }
    }

    @Attack(
            says = "Deletes a file through a handle that findVirtual gave.",
            target = "file-access:write",
            with = "reflection",
            by = Proof.FILE)
    public static final class FindVirtual extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            MethodHandle delete =
                    MethodHandles.lookup().findVirtual(File.class, "delete", MethodType.methodType(boolean.class));
            return (boolean) delete.invokeExact(lab.file("victim"));
        }
    }

    @Attack(
            says = "Reads a file through a handle of a constructor.",
            target = "file-access:read",
            with = "reflection",
            by = Proof.LEAK)
    public static final class FindConstructor extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            MethodHandle open = MethodHandles.publicLookup()
                    .findConstructor(FileInputStream.class, MethodType.methodType(void.class, String.class));
            try (InputStream in = (FileInputStream) open.invokeExact(lab.text("secret"))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(
            says = "Deletes a file through a bound handle.",
            target = "file-access:write",
            with = "reflection",
            by = Proof.FILE)
    public static final class Bind extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return MethodHandles.lookup()
                    .bind(lab.file("victim"), "delete", MethodType.methodType(boolean.class))
                    .invokeWithArguments();
        }
    }

    @Attack(
            says = "Deletes a file through a handle of a reflected method.",
            target = "file-access:write",
            with = "reflection",
            by = Proof.FILE)
    public static final class Unreflect extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return MethodHandles.lookup()
                    .unreflect(File.class.getMethod("delete"))
                    .invokeWithArguments(lab.file("victim"));
        }
    }

    @Attack(
            says = "Deletes a file through a handle that others are put together of.",
            target = "file-access:write",
            with = "reflection",
            by = Proof.FILE)
    public static final class Combined extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            MethodHandle delete =
                    MethodHandles.lookup().findVirtual(File.class, "delete", MethodType.methodType(boolean.class));
            return MethodHandles.insertArguments(delete, 0, lab.file("victim")).invokeWithArguments(List.of());
        }
    }

    @Attack(
            says = "Deletes a file through an interface that a handle stands behind.",
            target = "file-access:write",
            with = "reflection",
            by = Proof.FILE)
    public static final class AsInterface extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            MethodHandle delete =
                    MethodHandles.lookup().bind(lab.file("victim"), "delete", MethodType.methodType(boolean.class));
            return MethodHandleProxies.asInterfaceInstance(
                            Supplier.class, delete.asType(MethodType.methodType(Object.class)))
                    .get();
        }
    }

    @Attack(
            says = "Deletes a file through an object that the lambda factory was asked for.",
            target = "file-access:write",
            with = "reflection",
            by = Proof.FILE)
    public static final class Metafactory extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle delete = lookup.findVirtual(File.class, "delete", MethodType.methodType(boolean.class));
            CallSite site = LambdaMetafactory.metafactory(
                    lookup,
                    "apply",
                    MethodType.methodType(Function.class),
                    MethodType.methodType(Object.class, Object.class),
                    delete,
                    MethodType.methodType(Boolean.class, File.class));
            Function<Object, Object> function =
                    (Function<Object, Object>) site.getTarget().invoke();
            return function.apply(lab.file("victim"));
        }
    }

    @Attack(says = "Deletes a file through a method reference.", target = "file-access:write", by = Proof.FILE)
    public static final class Reference extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Function<File, Boolean> delete = File::delete;
            return delete.apply(lab.file("victim"));
        }
    }

    @Attack(
            says = "Deletes a file through a method reference to an object's method.",
            target = "file-access:write",
            by = Proof.FILE)
    public static final class BoundReference extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Callable<Boolean> delete = lab.file("victim")::delete;
            return delete.call();
        }
    }

    @Attack(
            says = "Reads a file through a method reference to a static method.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class StaticReference extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Reader read = Files::readString;
            return read.read(lab.path("secret"));
        }
    }

    @Attack(says = "Reads a file through a reference to a constructor.", target = "file-access:read", by = Proof.LEAK)
    public static final class ConstructorReference extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Opener open = FileInputStream::new;
            try (InputStream in = open.open(lab.text("secret"))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(says = "Has an Optional delete a file.", target = "file-access:write", by = Proof.FILE)
    public static final class ReferenceInOptional extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Optional.of(lab.file("victim")).map(File::delete);
        }
    }

    @Attack(says = "Has a stream list a folder.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReferenceInStream extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return List.of(Stream.of(lab.file("folder"))
                            .map(File::list)
                            .findFirst()
                            .orElseThrow())
                    .toString();
        }
    }

    @Attack(says = "Has a map compute a value by listing a folder.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReferenceInMap extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Map<File, String[]> names = new HashMap<>();
            return String.join(" ", names.computeIfAbsent(lab.file("folder"), File::list));
        }
    }

    @Attack(
            says = "Has a new thread delete a file, with nothing of its own on the stack.",
            target = "file-access:write",
            with = "threads",
            by = Proof.FILE)
    public static final class ReferenceInThread extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Thread thread = new Thread(lab.file("victim")::delete);
            thread.start();
            thread.join();
            return null;
        }
    }

    @Attack(
            says = "Has the common pool delete a file, with nothing of its own on the stack.",
            target = "file-access:write",
            with = "threads",
            by = Proof.FILE)
    public static final class ReferenceInPool extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return java.util.concurrent.CompletableFuture.supplyAsync(lab.file("victim")::delete)
                    .get();
        }
    }

    @Attack(
            says = "Has a cleaner's thread delete a file, with nothing of its own on the stack.",
            target = "file-access:write",
            with = "threads",
            by = Proof.FILE)
    public static final class ReferenceInCleaner extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            File victim = lab.file("victim");
            java.lang.ref.Cleaner.create()
                    .register(new Object(), victim::delete)
                    .clean();
            return null;
        }
    }

    @Attack(
            says = "Has a scheduler delete a file, with nothing of its own on the stack.",
            target = "file-access:write",
            with = "threads",
            by = Proof.FILE)
    public static final class ReferenceInTimer extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var scheduler = java.util.concurrent.Executors.newSingleThreadScheduledExecutor();
            scheduler
                    .schedule(lab.file("victim")::delete, 1, java.util.concurrent.TimeUnit.MILLISECONDS)
                    .get();
            scheduler.shutdown();
            return null;
        }
    }

    @Attack(
            says = "Deletes a file through a method reference that names a subclass of its own.",
            target = "file-access:write",
            by = Proof.FILE)
    public static final class InheritedReference extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Function<OwnFile, Boolean> delete = OwnFile::delete;
            return delete.apply(new OwnFile(lab.text("victim")));
        }
    }

    @Attack(
            says = "Deletes a file by a lambda that is written to bytes, read again and called.",
            target = "file-access:write",
            with = "reflection",
            by = Proof.FILE)
    public static final class SwitchOnLambda extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var bytes = new java.io.ByteArrayOutputStream();
            try (var out = new java.io.ObjectOutputStream(bytes)) {
                out.writeObject((Function<File, Boolean> & java.io.Serializable) File::delete);
            }
            try (var in = new java.io.ObjectInputStream(new java.io.ByteArrayInputStream(bytes.toByteArray()))) {
                return ((Function<File, Boolean>) in.readObject()).apply(lab.file("victim"));
            }
        }
    }

    /** What File has, too. */
    private interface Deletes {
        boolean delete();
    }

    /** What File has, too. */
    private interface Lists {
        String[] list();
    }

    /** What Socket has, too. */
    private interface Connects {
        void connect(java.net.SocketAddress to) throws java.io.IOException;
    }

    /** What a task has, too. */
    private interface Forks {
        java.util.concurrent.ForkJoinTask<Void> fork();
    }

    private static boolean deleted(Deletes what) {
        return what.delete();
    }

    /** A file that is deleted and listed by what it inherits. */
    private static final class InterfacedFile extends File implements Deletes, Lists {
        InterfacedFile(String path) {
            super(path);
        }
    }

    /** A socket that connects by what it inherits. */
    private static final class InterfacedSocket extends java.net.Socket implements Connects {}

    /** A task that is forked by what it inherits. */
    private static final class InterfacedTask extends java.util.concurrent.RecursiveAction implements Forks {
        private final transient Lab lab;

        InterfacedTask(Lab lab) {
            this.lab = lab;
        }

        @Override
        protected void compute() {
            lab.say("here");
        }
    }

    @Attack(
            says =
                    "Deletes a file through an interface of its own that a subclass of File implements by what it inherits.",
            target = "file-access:write",
            by = Proof.FILE)
    public static final class OwnInterface extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Deletes file = new InterfacedFile(lab.text("victim"));
            return file.delete();
        }
    }

    @Attack(
            says =
                    "Lists a folder through an interface of its own that a subclass of File implements by what it inherits.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class OwnInterfaceLists extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Lists file = new InterfacedFile(lab.text("folder"));
            return String.join(" ", file.list());
        }
    }

    @Attack(
            says = "Connects through an interface of its own that a subclass of Socket implements by what it inherits.",
            target = "network-access",
            by = Proof.NETWORK)
    public static final class OwnInterfaceConnects extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (InterfacedSocket socket = new InterfacedSocket()) {
                Connects connects = socket;
                connects.connect(
                        new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), lab.number("port")));
            }
            return null;
        }
    }

    @Attack(
            says =
                    "Runs code in the common pool through an interface of its own that a task implements by what it inherits.",
            target = "threads",
            by = Proof.THREAD)
    public static final class OwnInterfaceForks extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Forks task = new InterfacedTask(lab);
            task.fork();
            lab.awaitWord();
            return null;
        }
    }

    @Attack(
            says = "Deletes a file through a generic method that an interface of its own and a subclass of File share.",
            target = "file-access:write",
            by = Proof.FILE)
    public static final class OwnAbstractClass extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return deleted(new InterfacedFile(lab.text("victim")));
        }
    }

    @Attack(
            says =
                    "Reads a file through a handle that was described, resolved with the look-up that the JVM gives a bootstrap method.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class OwnBootstrap extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            MethodHandle read = (MethodHandle) java.lang.constant.MethodHandleDesc.ofMethod(
                            java.lang.constant.DirectMethodHandleDesc.Kind.STATIC,
                            java.lang.constant.ClassDesc.of("java.nio.file.Files"),
                            "readString",
                            java.lang.constant.MethodTypeDesc.ofDescriptor("(Ljava/nio/file/Path;)Ljava/lang/String;"))
                    .resolveConstantDesc(Linked.lookup());
            return read.invoke(lab.path("secret"));
        }
    }

    @Attack(
            says =
                    "Deletes a file through the linker of dynamic languages, with the look-up that the JVM gives a bootstrap method.",
            target = "file-access:write",
            by = Proof.FILE)
    public static final class OwnBootstrapLinker extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var get = new jdk.dynalink.support.SimpleRelinkableCallSite(new jdk.dynalink.CallSiteDescriptor(
                    Linked.lookup(),
                    jdk.dynalink.StandardOperation.GET
                            .withNamespace(jdk.dynalink.StandardNamespace.METHOD)
                            .named("delete"),
                    MethodType.methodType(Object.class, Object.class)));
            var call = new jdk.dynalink.support.SimpleRelinkableCallSite(new jdk.dynalink.CallSiteDescriptor(
                    Linked.lookup(),
                    jdk.dynalink.StandardOperation.CALL,
                    MethodType.methodType(Object.class, Object.class, Object.class)));
            var linker = new jdk.dynalink.DynamicLinkerFactory().createLinker();
            linker.link(get);
            linker.link(call);
            Object victim = lab.file("victim");
            Object delete = get.dynamicInvoker().invoke(victim);
            return call.dynamicInvoker().invoke(delete, victim);
        }
    }

    @Attack(
            says = "Reads a file through a handle that was described and then resolved.",
            target = "file-access:read",
            with = "reflection",
            by = Proof.LEAK)
    public static final class Described extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            MethodHandle read = (MethodHandle) java.lang.constant.MethodHandleDesc.ofMethod(
                            java.lang.constant.DirectMethodHandleDesc.Kind.STATIC,
                            java.lang.constant.ClassDesc.of("java.nio.file.Files"),
                            "readString",
                            java.lang.constant.MethodTypeDesc.ofDescriptor("(Ljava/nio/file/Path;)Ljava/lang/String;"))
                    .resolveConstantDesc(MethodHandles.publicLookup());
            return read.invoke(lab.path("secret"));
        }
    }

    @Attack(
            says = "Has a pool of the JDK's delete a file, through an interface that the JDK makes of a handle.",
            target = "file-access:write",
            with = {"reflection", "threads"},
            by = Proof.FILE)
    public static final class InPool extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            MethodHandle delete = MethodHandles.lookup()
                    .findVirtual(File.class, "delete", MethodType.methodType(boolean.class))
                    .bindTo(lab.file("victim"))
                    .asType(MethodType.methodType(void.class));
            java.util.concurrent.CompletableFuture.runAsync(
                            MethodHandleProxies.asInterfaceInstance(Runnable.class, delete))
                    .join();
            return null;
        }
    }
}
