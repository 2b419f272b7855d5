package attack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.IntConsumer;

/** The JVM's end. */
final class EndingAttacks {
    private EndingAttacks() {}

    @Attack(says = "Ends the JVM with System.exit.", target = "never", by = Proof.EXIT)
    public static final class Exit extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            System.exit(lab.number("exit"));
            return null;
        }
    }

    @Attack(says = "Ends the JVM with Runtime.exit.", target = "never", by = Proof.EXIT)
    public static final class RuntimeExit extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Runtime.getRuntime().exit(lab.number("exit"));
            return null;
        }
    }

    @Attack(says = "Ends the JVM with Runtime.halt.", target = "never", by = Proof.EXIT)
    public static final class Halt extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Runtime.getRuntime().halt(lab.number("exit"));
            return null;
        }
    }

    @Attack(says = "Ends the JVM with a method reference to System.exit.", target = "never", by = Proof.EXIT)
    public static final class ExitByReference extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            IntConsumer exit = System::exit;
            exit.accept(lab.number("exit"));
            return null;
        }
    }

    @Attack(says = "Ends the JVM by reflection.", target = "never", with = "reflection", by = Proof.EXIT)
    public static final class ExitByReflection extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            System.class.getMethod("exit", int.class).invoke(null, lab.number("exit"));
            return null;
        }
    }

    @Attack(says = "Ends the JVM by a method handle.", target = "never", with = "reflection", by = Proof.EXIT)
    public static final class ExitByHandle extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            MethodHandles.lookup()
                    .findStatic(System.class, "exit", MethodType.methodType(void.class, int.class))
                    .invoke(lab.number("exit"));
            return null;
        }
    }

    @Attack(
            says = "Ends the JVM through an interface that the JDK makes of a handle.",
            target = "never",
            with = "reflection",
            by = Proof.EXIT)
    public static final class ExitByInterface extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            java.lang.invoke.MethodHandle exit = MethodHandles.insertArguments(
                    MethodHandles.lookup()
                            .findStatic(System.class, "exit", MethodType.methodType(void.class, int.class)),
                    0,
                    lab.number("exit"));
            java.lang.invoke.MethodHandleProxies.asInterfaceInstance(Runnable.class, exit)
                    .run();
            return null;
        }
    }

    @Attack(says = "Ends the JVM by a signal that it sends to itself.", target = "never", by = Proof.EXIT)
    public static final class RaiseSignal extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            sun.misc.Signal.raise(new sun.misc.Signal("TERM"));
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Takes a signal of the process for itself.", target = "never", by = Proof.SETTING)
    public static final class CatchSignal extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            sun.misc.Signal.handle(new sun.misc.Signal("HUP"), signal -> lab.say("signal"));
            return null;
        }
    }

    @Attack(says = "Has code of its own run while the JVM ends.", target = "threads", by = Proof.AFTER_EXIT)
    public static final class ShutdownHook extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> lab.say("hook")));
            return null;
        }
    }
}
