package attack;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** Native code and memory by the foreign function interface of Java 22 and newer. */
final class ForeignAttacks {
    private ForeignAttacks() {}

    @Attack(says = "Deletes a file by calling the C library.", target = "native-access", by = Proof.FILE)
    public static final class CallC extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Linker linker = Linker.nativeLinker();
            MethodHandle unlink = linker.downcallHandle(
                    linker.defaultLookup().find("unlink").orElseThrow(),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
            try (Arena arena = Arena.ofConfined()) {
                return (int) unlink.invokeExact(arena.allocateFrom(lab.text("victim")));
            }
        }
    }

    @Attack(says = "Ends the JVM by calling the C library.", target = "native-access", by = Proof.EXIT)
    public static final class ExitC extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Linker linker = Linker.nativeLinker();
            linker.downcallHandle(
                            linker.defaultLookup().find("_exit").orElseThrow(),
                            FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
                    .invokeExact(lab.number("exit"));
            return null;
        }
    }

    @Attack(says = "Loads a native library by SymbolLookup.", target = "native-access", by = Proof.NATIVE)
    public static final class LoadLibrary extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return SymbolLookup.libraryLookup(Path.of(lab.text("library")), Arena.global())
                    .toString();
        }
    }

    @Attack(says = "Reads the environment out of the process's memory.", target = "native-access", by = Proof.LEAK)
    public static final class ReadMemory extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Linker linker = Linker.nativeLinker();
            MethodHandle getenv = linker.downcallHandle(
                    linker.defaultLookup().find("getenv").orElseThrow(),
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment found = (MemorySegment) getenv.invokeExact(arena.allocateFrom("DATAPRISM_ATTACKS_WORD"));
                return found.reinterpret(1000).getString(0);
            }
        }
    }

    @Attack(
            says = "Ends the JVM by writing to an address that it does not have.",
            target = "native-access",
            by = Proof.EXIT)
    public static final class WriteMemory extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            MemorySegment.ofAddress(8).reinterpret(8).set(ValueLayout.JAVA_LONG, 0, 8);
            return null;
        }
    }

    @Attack(
            says = "Deletes a file by calling the C library, found and called by reflection.",
            target = "native-access",
            with = "reflection",
            by = Proof.FILE)
    public static final class CallByReflection extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Class<?> type = Class.forName("java.lang.foreign." + "Linker");
            Object linker = type.getMethod("nativeLinker").invoke(null);
            SymbolLookup symbols =
                    (SymbolLookup) type.getMethod("defaultLookup").invoke(linker);
            MethodHandle unlink = (MethodHandle) type.getMethod(
                            "downcallHandle", MemorySegment.class, FunctionDescriptor.class, Linker.Option[].class)
                    .invoke(
                            linker,
                            symbols.find("unlink").orElseThrow(),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
                            new Linker.Option[0]);
            try (Arena arena = Arena.ofConfined()) {
                return (int) unlink.invokeExact(arena.allocateFrom(lab.text("victim")));
            }
        }
    }

    @Attack(says = "Runs code on a virtual thread.", target = "threads", by = Proof.THREAD)
    public static final class VirtualThread extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Thread.startVirtualThread(() -> lab.say("here"));
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Runs code on a virtual thread that a builder made.", target = "threads", by = Proof.THREAD)
    public static final class VirtualBuilder extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Thread.ofVirtual().start(() -> lab.say("here"));
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Runs code on virtual threads of an executor.", target = "threads", by = Proof.THREAD)
    public static final class VirtualExecutor extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (var executor = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
                executor.execute(() -> lab.say("here"));
                lab.awaitWord();
            }
            return null;
        }
    }
}
