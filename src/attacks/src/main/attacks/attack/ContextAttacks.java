package attack;

/** What belongs to the thread that a plugin runs on. */
final class ContextAttacks {
    private ContextAttacks() {}

    @Attack(
            says = "Changes the class loader of the thread that it was called on.",
            target = "class-loading",
            by = Proof.SETTING)
    public static final class ContextLoader extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Thread.currentThread()
                    .setContextClassLoader(ContextAttacks.class.getClassLoader().getParent());
            return null;
        }
    }

    @Attack(says = "Changes the name of the thread that it was called on.", target = "threads", by = Proof.SETTING)
    public static final class ThreadName extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Thread.currentThread().setName("attack");
            return null;
        }
    }

    @Attack(says = "Changes the priority of the thread that it was called on.", target = "threads", by = Proof.SETTING)
    public static final class ThreadPriority extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
            return null;
        }
    }

    @Attack(says = "Changes the priority of the threads of its group.", target = "threads", by = Proof.SETTING)
    public static final class OthersPriority extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Thread.currentThread().getThreadGroup().setMaxPriority(Thread.MIN_PRIORITY);
            return null;
        }
    }

    @Attack(says = "Hears of the failures of the thread that it was called on.", target = "threads", by = Proof.SETTING)
    public static final class Uncaught extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> lab.say(failure));
            return null;
        }
    }

    @Attack(says = "Leaves the thread that it was called on interrupted.", target = "threads", by = Proof.SETTING)
    public static final class LeftInterrupt extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
