package attack;

import java.io.InputStream;
import java.lang.StackWalker.Option;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Climbing: from an object that the plugin was handed to the host behind it. */
final class ClimbingAttacks {
    private ClimbingAttacks() {}

    private static Object word(Class<?> vault) throws ReflectiveOperationException {
        Field word = vault.getDeclaredField("word");
        word.setAccessible(true);
        return word.get(null);
    }

    /** Knows the classes on the stack. */
    private static final class Stack extends SecurityManager {
        Class<?>[] classes() {
            return getClassContext();
        }
    }

    @Attack(
            says = "Reads a private field of the host, by the class loader of an object that it was handed.",
            target = "never",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ByObject extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return word(lab.witness().getClass().getClassLoader().loadClass(lab.text("vault")));
        }
    }

    @Attack(
            says = "Reads a private field of the host, whose class it knows by name.",
            target = "never",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ByName extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return word(Class.forName(lab.text("vault")));
        }
    }

    @Attack(
            says = "Reads a private field of the host with forName and the loader of an object that it was handed.",
            target = "never",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ByNameAndLoader extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return word(Class.forName(
                    lab.text("vault"), true, lab.witness().getClass().getClassLoader()));
        }
    }

    @Attack(
            says = "Reads a private field of the host by the system's class loader.",
            target = "never",
            with = {"reflection", "class-loading"},
            by = Proof.LEAK)
    public static final class BySystemLoader extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return word(ClassLoader.getSystemClassLoader().loadClass(lab.text("vault")));
        }
    }

    @Attack(
            says = "Reads a private field of the host by the class loader of its thread.",
            target = "never",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ByContextLoader extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return word(Thread.currentThread().getContextClassLoader().loadClass(lab.text("vault")));
        }
    }

    @Attack(
            says = "Reads a private field of the host by the class loader of a thread that it made.",
            target = "never",
            with = {"reflection", "threads"},
            by = Proof.LEAK)
    public static final class ByNewThreadsLoader extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return word(new Thread(() -> {}).getContextClassLoader().loadClass(lab.text("vault")));
        }
    }

    @Attack(
            says = "Reads a private field of the host by the class loader of the common pool's threads.",
            target = "never",
            with = {"reflection", "threads"},
            by = Proof.LEAK)
    public static final class ByPoolsLoader extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            ClassLoader loader = java.util.concurrent.CompletableFuture.supplyAsync(
                            () -> Thread.currentThread().getContextClassLoader())
                    .get();
            return word(loader.loadClass(lab.text("vault")));
        }
    }

    @Attack(
            says = "Reads a private field of the host by going up from its own class loader.",
            target = "never",
            with = {"reflection", "class-loading"},
            by = Proof.LEAK)
    public static final class ByParents extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            for (ClassLoader at = ClimbingAttacks.class.getClassLoader(); at != null; at = at.getParent()) {
                try {
                    return word(at.loadClass(lab.text("vault")));
                } catch (ClassNotFoundException e) {
                    lab.say(at.toString());
                }
            }
            return null;
        }
    }

    @Attack(
            says = "Reads a private field of the host by the classes that stand on its stack.",
            target = "never",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ByStack extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Class<?> host = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE)
                    .walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                            .filter(type -> type.getName().startsWith("io.dataprism.attacks"))
                            .findFirst()
                            .orElseThrow());
            return word(host.getClassLoader().loadClass(lab.text("vault")));
        }
    }

    @Attack(
            says = "Finds the host's classes on its stack with a security manager that it never sets.",
            target = "never",
            with = "reflection",
            by = Proof.LEAK)
    public static final class BySecurityManager extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            for (Class<?> type : new Stack().classes()) {
                if (type.getName().startsWith("io.dataprism.attacks")) {
                    return word(type.getClassLoader().loadClass(lab.text("vault")));
                }
            }
            return null;
        }
    }

    @Attack(
            says = "Reads a private field of the host by the class loader of a module.",
            target = "never",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ByModule extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return word(lab.witness().getClass().getModule().getClassLoader().loadClass(lab.text("vault")));
        }
    }

    @Attack(
            says = "Reads a private field of the host by the loader in a protection domain.",
            target = "never",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ByDomain extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return word(lab.witness()
                    .getClass()
                    .getProtectionDomain()
                    .getClassLoader()
                    .loadClass(lab.text("vault")));
        }
    }

    @Attack(
            says = "Reads a private field of the host through a private look-up.",
            target = "never",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ByPrivateLookup extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Class<?> vault = lab.witness().getClass().getClassLoader().loadClass(lab.text("vault"));
            return MethodHandles.privateLookupIn(vault, MethodHandles.lookup())
                    .findStaticGetter(vault, "word", String.class)
                    .invoke();
        }
    }

    @Attack(
            says = "Changes a private field of the host through a variable handle.",
            target = "never",
            with = "reflection",
            by = Proof.HOST)
    public static final class ByVarHandle extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Class<?> vault = lab.witness().getClass().getClassLoader().loadClass(lab.text("vault"));
            MethodHandles.privateLookupIn(vault, MethodHandles.lookup())
                    .findStaticVarHandle(vault, "locked", boolean.class)
                    .set(false);
            return null;
        }
    }

    @Attack(
            says = "Reads a private field of the object that it was handed.",
            target = "never",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ByInnards extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Consumer<Object> witness = lab.witness();
            Field word = witness.getClass().getDeclaredField("word");
            word.setAccessible(true);
            return word.get(witness);
        }
    }

    @Attack(says = "Calls a private method of the host.", target = "never", with = "reflection", by = Proof.HOST)
    public static final class CallPrivate extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Class<?> vault = lab.witness().getClass().getClassLoader().loadClass(lab.text("vault"));
            var unlock = vault.getDeclaredMethod("unlock");
            unlock.setAccessible(true);
            unlock.invoke(null);
            return null;
        }
    }

    @Attack(
            says = "Calls a public method of a class of the host that it may not see.",
            target = "never",
            with = "reflection",
            by = Proof.HOST)
    public static final class CallPublic extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Class<?> opened = lab.witness().getClass().getClassLoader().loadClass(lab.text("opened"));
            opened.getMethod("open").invoke(null);
            return null;
        }
    }

    @Attack(
            says = "Makes an object of a class of the host that it may not see.",
            target = "never",
            with = "reflection",
            by = Proof.HOST)
    public static final class MakeHostObject extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return lab.witness()
                    .getClass()
                    .getClassLoader()
                    .loadClass(lab.text("opened"))
                    .getConstructor()
                    .newInstance()
                    .toString();
        }
    }

    @Attack(says = "Has java.beans make an object of a class of the host.", target = "never", by = Proof.HOST)
    public static final class BeansInstantiate extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return java.beans.Beans.instantiate(lab.witness().getClass().getClassLoader(), lab.text("opened"))
                    .toString();
        }
    }

    @Attack(
            says = "Has java.beans make an object of a class of the host, with the system's loader.",
            target = "never",
            by = Proof.HOST)
    public static final class BeansInstantiateSystem extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return java.beans.Beans.instantiate(null, lab.text("opened")).toString();
        }
    }

    @Attack(says = "Has a resource bundle make an object of a class of the host.", target = "never", by = Proof.HOST)
    public static final class ResourceBundle extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try {
                return java.util.ResourceBundle.getBundle(
                                lab.text("bundle"),
                                java.util.Locale.ROOT,
                                lab.witness().getClass().getClassLoader())
                        .getString("word");
            } catch (java.util.MissingResourceException e) {
                return "it has no words, but it was made";
            }
        }
    }

    @Attack(
            says = "Reads a file on the host's class path by the class of an object that it was handed.",
            target = "never",
            by = Proof.LEAK)
    public static final class HostResource extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (InputStream in = lab.witness().getClass().getResourceAsStream("/" + lab.text("resource"))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(
            says = "Reads a file on the host's class path by the class loader of an object that it was handed.",
            target = "never",
            by = Proof.LEAK)
    public static final class HostLoadersResource extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (InputStream in = lab.witness().getClass().getClassLoader().getResourceAsStream(lab.text("resource"))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(says = "Reads a file on the host's class path by its module.", target = "never", by = Proof.LEAK)
    public static final class HostModulesResource extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (InputStream in = lab.witness().getClass().getModule().getResourceAsStream(lab.text("resource"))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(says = "Reads texts on the host's class path as a resource bundle.", target = "never", by = Proof.LEAK)
    public static final class HostBundle extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return java.util.ResourceBundle.getBundle(
                            lab.text("texts"),
                            java.util.Locale.ROOT,
                            lab.witness().getClass().getClassLoader())
                    .getString("word");
        }
    }

    @Attack(
            says = "Reads a file on the host's class path by the class loader of its thread.",
            target = "never",
            by = Proof.LEAK)
    public static final class ContextResource extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (InputStream in =
                    Thread.currentThread().getContextClassLoader().getResourceAsStream(lab.text("resource"))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(
            says = "Reads a file on the host's class path as a resource of the system.",
            target = "never",
            by = Proof.LEAK)
    public static final class SystemResource extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (InputStream in = ClassLoader.getSystemResourceAsStream(lab.text("resource"))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(says = "Finds out where the host is installed.", target = "file-access:read", by = Proof.LEAK)
    public static final class CodeSource extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return lab.witness()
                    .getClass()
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString();
        }
    }

    @Attack(says = "Switches the assertions of the host's classes on.", target = "never", by = Proof.HOST)
    public static final class Assertions extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            lab.witness().getClass().getClassLoader().setClassAssertionStatus(lab.text("vault"), true);
            return null;
        }
    }

    @Attack(says = "Switches the assertions of all classes of the host on.", target = "never", by = Proof.HOST)
    public static final class AllAssertions extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            lab.witness().getClass().getClassLoader().setDefaultAssertionStatus(true);
            return null;
        }
    }

    @Attack(says = "Has the host's services made.", target = "never", with = "class-loading", by = Proof.HOST)
    public static final class ServiceOfHost extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return java.util.ServiceLoader.load(
                            java.util.function.IntSupplier.class,
                            lab.witness().getClass().getClassLoader())
                    .findFirst()
                    .orElseThrow()
                    .getAsInt();
        }
    }

    @Attack(
            says = "Reads a private field of another plugin, by the class of an object that it was handed.",
            target = "never",
            with = "reflection",
            by = Proof.LEAK)
    public static final class OtherPlugin extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Object neighbour = lab.neighbour();
            Field word = neighbour.getClass().getDeclaredField("word");
            word.setAccessible(true);
            return word.get(neighbour);
        }
    }

    @Attack(
            says = "Puts a guard of its own, which allows everything, into its own class loader.",
            target = "file-access:read",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ReplaceGuard extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            ClassLoader loader = ClimbingAttacks.class.getClassLoader();
            for (Field field : loader.getClass().getDeclaredFields()) {
                if (field.getName().equals("guard")) {
                    field.setAccessible(true);
                    field.set(
                            loader,
                            java.lang.reflect.Proxy.newProxyInstance(
                                    field.getType().getClassLoader(),
                                    new Class<?>[] {field.getType()},
                                    (proxy, method, arguments) -> true));
                }
            }
            return Unguarded.read(lab);
        }
    }

    /** Linked after the guard was replaced. */
    private static final class Unguarded {
        static String read(Lab lab) throws java.io.IOException {
            return java.nio.file.Files.readString(lab.path("secret"));
        }
    }

    @Attack(
            says = "Has Swing make an object of a class of the host that a kind of clipboard data names.",
            target = "never",
            by = Proof.HOST)
    public static final class DataFlavor extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var flavor = new java.awt.datatransfer.DataFlavor(
                    "application/x-java-serialized-object;class=" + lab.text("opened"));
            var formatter = new javax.swing.text.DefaultFormatter();
            formatter.setValueClass(flavor.getRepresentationClass());
            return formatter.stringToValue("opened").toString();
        }
    }

    @Attack(says = "Has a default value of Swing call a class of the host.", target = "never", by = Proof.HOST)
    public static final class SwingValueOfHost extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return String.valueOf(
                    new javax.swing.UIDefaults.ProxyLazyValue(lab.text("opened"), "open").createValue(null));
        }
    }

    @Attack(
            says = "Finds a class of the host by the description of a method, and has Swing make an object of it.",
            target = "never",
            by = Proof.HOST)
    public static final class MethodType extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Class<?> opened = java.lang.invoke.MethodType.fromMethodDescriptorString(
                            "()L" + lab.text("opened").replace('.', '/') + ";",
                            lab.witness().getClass().getClassLoader())
                    .returnType();
            var formatter = new javax.swing.text.DefaultFormatter();
            formatter.setValueClass(opened);
            return formatter.stringToValue("opened").toString();
        }
    }
}
