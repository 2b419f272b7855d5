package attack;

import java.beans.EventHandler;
import java.beans.Expression;
import java.beans.Introspector;
import java.beans.Statement;
import java.beans.XMLDecoder;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Supplier;

/** Reflection: what is granted of it reaches for what is not. */
final class ReflectionAttacks {
    private ReflectionAttacks() {}

    @Attack(
            says = "Reads a file through Method.invoke.",
            target = "file-access:read",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ReadByMethod extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Files.class.getMethod("readString", Path.class).invoke(null, lab.path("secret"));
        }
    }

    @Attack(
            says = "Reads a file through Constructor.newInstance.",
            target = "file-access:read",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ReadByConstructor extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (FileInputStream in =
                    FileInputStream.class.getConstructor(String.class).newInstance(lab.text("secret"))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(
            says = "Deletes a file through Method.invoke.",
            target = "file-access:write",
            with = "reflection",
            by = Proof.FILE)
    public static final class DeleteByMethod extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return File.class.getMethod("delete").invoke(lab.file("victim"));
        }
    }

    @Attack(
            says = "Reads a file through Method.invoke of Method.invoke.",
            target = "file-access:read",
            with = "reflection",
            by = Proof.LEAK)
    public static final class InvokeInvoke extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Method read = Files.class.getMethod("readString", Path.class);
            Method invoke = Method.class.getMethod("invoke", Object.class, Object[].class);
            return invoke.invoke(read, null, new Object[] {lab.path("secret")});
        }
    }

    @Attack(
            says = "Starts a program through classes and methods that it knows by name.",
            target = "process-start",
            with = "reflection",
            by = Proof.FILE)
    public static final class ExecByName extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Class<?> runtime = Class.forName("java.lang." + "Runtime");
            Object it = runtime.getMethod("get" + "Runtime").invoke(null);
            Process program =
                    (Process) runtime.getMethod("exec", String.class).invoke(it, "touch " + lab.fresh("made"));
            return program.waitFor();
        }
    }

    @Attack(
            says = "Starts a program through a class that the JVM's first loader gave by name.",
            target = "process-start",
            with = {"reflection", "class-loading"},
            by = Proof.FILE)
    public static final class BootClass extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Class<?> runtime = Class.forName("java.lang.Runtime", true, null);
            Object it = runtime.getMethod("getRuntime").invoke(null);
            Process program =
                    (Process) runtime.getMethod("exec", String.class).invoke(it, "touch " + lab.fresh("made"));
            return program.waitFor();
        }
    }

    @Attack(
            says = "Deletes a file by a proxy that passes calls on.",
            target = "file-access:write",
            with = "reflection",
            by = Proof.FILE)
    public static final class ProxyOfMethod extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Method delete = File.class.getMethod("delete");
            InvocationHandler passing = (proxy, method, arguments) -> delete.invoke(lab.file("victim"));
            Supplier<?> proxy = (Supplier<?>) Proxy.newProxyInstance(
                    ReflectionAttacks.class.getClassLoader(), new Class<?>[] {Supplier.class}, passing);
            return proxy.get();
        }
    }

    @Attack(
            says = "Deletes a file by a listener that java.beans makes of a method's name.",
            target = "file-access:write",
            by = Proof.FILE)
    public static final class BeanListener extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            EventHandler.create(Runnable.class, lab.file("victim"), "delete").run();
            return null;
        }
    }

    @Attack(
            says = "Starts a program by a comparator that java.beans makes of a method's name.",
            target = "process-start",
            by = Proof.FILE)
    public static final class BeanComparator extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var command = new ProcessBuilder("touch", lab.fresh("made"));
            Comparator<?> comparator = EventHandler.create(Comparator.class, command, "start");
            try {
                comparator.compare(null, null);
            } catch (ClassCastException e) {
                return "a program is no number, but it runs";
            }
            return null;
        }
    }

    @Attack(
            says = "Deletes a file by a statement of java.beans.",
            target = "file-access:write",
            with = "reflection",
            by = Proof.FILE)
    public static final class BeanStatement extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            new Statement(lab.file("victim"), "delete", new Object[0]).execute();
            return null;
        }
    }

    @Attack(
            says = "Reads a file by an expression of java.beans.",
            target = "file-access:read",
            with = "reflection",
            by = Proof.LEAK)
    public static final class BeanExpression extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return new Expression(Files.class, "readString", new Object[] {lab.path("secret")}).getValue();
        }
    }

    @Attack(
            says = "Deletes a file by objects that java.beans reads of XML.",
            target = "file-access:write",
            with = "reflection",
            by = Proof.FILE)
    public static final class XmlDecoder extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            String objects = "<java><object class='java.io.File'><string>" + lab.text("victim")
                    + "</string><void method='delete'/></object></java>";
            try (XMLDecoder decoder =
                    new XMLDecoder(new ByteArrayInputStream(objects.getBytes(StandardCharsets.UTF_8)))) {
                decoder.readObject();
            }
            return null;
        }
    }

    @Attack(
            says = "Lists a folder by a property that java.beans found.",
            target = "file-access:read",
            with = "reflection",
            by = Proof.LEAK)
    public static final class BeanProperty extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            for (var property : Introspector.getBeanInfo(File.class).getPropertyDescriptors()) {
                if (property.getName().equals("canonicalPath")) {
                    return property.getReadMethod().invoke(lab.file("link"));
                }
            }
            return null;
        }
    }

    @Attack(
            says = "Resolves a link by a property that it describes itself.",
            target = "file-access:read",
            with = "reflection",
            by = Proof.LEAK)
    public static final class PropertyDescriptor extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return new java.beans.PropertyDescriptor("path", File.class, "getCanonicalPath", null)
                    .getReadMethod()
                    .invoke(lab.file("link"));
        }
    }

    @Attack(
            says = "Makes a file by a default value of Swing, which names a class and its constructor's arguments.",
            target = "file-access:write",
            by = Proof.FILE)
    public static final class SwingValue extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return new javax.swing.UIDefaults.ProxyLazyValue(
                            "java.io.FileOutputStream", new Object[] {lab.fresh("made")})
                    .createValue(null)
                    .toString();
        }
    }

    @Attack(
            says = "Reads a variable of the environment by a default value of Swing, which names a class and a method.",
            target = "environment",
            by = Proof.LEAK)
    public static final class SwingMethod extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return new javax.swing.UIDefaults.ProxyLazyValue(
                            "java.lang.System", "getenv", new Object[] {"DATAPRISM_ATTACKS_WORD"})
                    .createValue(null);
        }
    }

    @Attack(
            says = "Makes a file by a formatter of Swing that is to make objects of text.",
            target = "file-access:write",
            by = Proof.FILE)
    public static final class SwingFormatter extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var formatter = new javax.swing.text.DefaultFormatter();
            formatter.setValueClass(java.io.FileOutputStream.class);
            return formatter.stringToValue(lab.fresh("made")).toString();
        }
    }

    @Attack(
            says = "Makes a file by a service of a provider of cryptography, which names a class.",
            target = "file-access:write",
            by = Proof.FILE)
    public static final class CryptographyService extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var provider = java.security.Security.getProviders()[0];
            provider.put("Attack.Write", "java.io.FileOutputStream");
            return provider.getService("Attack", "Write")
                    .newInstance(lab.fresh("made"))
                    .toString();
        }
    }
}
