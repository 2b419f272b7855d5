package attack;

import java.lang.reflect.Field;
import sun.misc.Unsafe;

/** Unsafe, and what else the JDK keeps for itself. */
final class UnsafeAttacks {
    private UnsafeAttacks() {}

    private static Unsafe unsafe() throws ReflectiveOperationException {
        Field the = Unsafe.class.getDeclaredField("theUnsafe");
        the.setAccessible(true);
        return (Unsafe) the.get(null);
    }

    @Attack(
            says = "Changes a private field of the host with Unsafe.",
            target = "native-access",
            with = "reflection",
            by = Proof.HOST)
    public static final class WriteHost extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Class<?> vault = lab.witness().getClass().getClassLoader().loadClass(lab.text("vault"));
            Field locked = vault.getDeclaredField("locked");
            Unsafe unsafe = unsafe();
            unsafe.putBoolean(unsafe.staticFieldBase(locked), unsafe.staticFieldOffset(locked), false);
            return null;
        }
    }

    @Attack(
            says = "Reads a private field of the host with Unsafe.",
            target = "native-access",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ReadHost extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Field word = lab.witness().getClass().getDeclaredField("word");
            Unsafe unsafe = unsafe();
            return unsafe.getObject(lab.witness(), unsafe.objectFieldOffset(word));
        }
    }

    @Attack(
            says = "Makes an object of a class of the host without its constructor.",
            target = "native-access",
            with = "reflection",
            by = Proof.LEAK)
    public static final class Allocate extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return unsafe().allocateInstance(
                            lab.witness().getClass().getClassLoader().loadClass(lab.text("opened")))
                    .toString();
        }
    }

    @Attack(
            says = "Ends the JVM by writing to an address that it does not have.",
            target = "native-access",
            with = "reflection",
            by = Proof.EXIT)
    public static final class Crash extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            unsafe().putLong(8L, 8L);
            return null;
        }
    }

    @Attack(
            says = "Changes a private field of the host with Unsafe, found and called by reflection.",
            target = "native-access",
            with = "reflection",
            by = Proof.HOST)
    public static final class ByReflection extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Class<?> type = Class.forName("sun.misc." + "Unsafe");
            Field the = type.getDeclaredField("theUnsafe");
            the.setAccessible(true);
            Object unsafe = the.get(null);
            Class<?> vault = lab.witness().getClass().getClassLoader().loadClass(lab.text("vault"));
            Field locked = vault.getDeclaredField("locked");
            Object base = type.getMethod("staticFieldBase", Field.class).invoke(unsafe, locked);
            Object offset = type.getMethod("staticFieldOffset", Field.class).invoke(unsafe, locked);
            type.getMethod("putBoolean", Object.class, long.class, boolean.class)
                    .invoke(unsafe, base, offset, false);
            return null;
        }
    }

    @Attack(
            says = "Changes a private field of the host with Unsafe, found and called by method handles.",
            target = "native-access",
            with = "reflection",
            by = Proof.HOST)
    public static final class ByHandle extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var lookup = java.lang.invoke.MethodHandles.privateLookupIn(
                    Class.forName("sun.misc." + "Unsafe"), java.lang.invoke.MethodHandles.lookup());
            Object unsafe = lookup.findStaticGetter(lookup.lookupClass(), "theUnsafe", lookup.lookupClass())
                    .invoke();
            Class<?> vault = lab.witness().getClass().getClassLoader().loadClass(lab.text("vault"));
            Field locked = vault.getDeclaredField("locked");
            Object base = lookup.bind(
                            unsafe,
                            "staticFieldBase",
                            java.lang.invoke.MethodType.methodType(Object.class, Field.class))
                    .invoke(locked);
            long offset = (long) lookup.bind(
                            unsafe,
                            "staticFieldOffset",
                            java.lang.invoke.MethodType.methodType(long.class, Field.class))
                    .invoke(locked);
            lookup.bind(
                            unsafe,
                            "putBoolean",
                            java.lang.invoke.MethodType.methodType(void.class, Object.class, long.class, boolean.class))
                    .invoke(base, offset, false);
            return null;
        }
    }

    @Attack(
            says = "Makes an object of a class of the host by the constructor of another class.",
            target = "never",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ReflectionFactory extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Class<?> opened = lab.witness().getClass().getClassLoader().loadClass(lab.text("opened"));
            return sun.reflect.ReflectionFactory.getReflectionFactory()
                    .newConstructorForSerialization(opened, Object.class.getDeclaredConstructor())
                    .newInstance()
                    .toString();
        }
    }
}
