package attack;

/** Native code. */
final class NativeAttacks {
    private NativeAttacks() {}

    @Attack(says = "Loads a native library with System.load.", target = "native-access", by = Proof.NATIVE)
    public static final class Load extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            System.load(lab.text("library"));
            return null;
        }
    }

    @Attack(says = "Loads a native library with Runtime.load.", target = "native-access", by = Proof.NATIVE)
    public static final class RuntimeLoad extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Runtime.getRuntime().load(lab.text("library"));
            return null;
        }
    }

    @Attack(says = "Loads a native library of the library path.", target = "native-access", by = Proof.NATIVE)
    public static final class LoadLibrary extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            System.loadLibrary(lab.text("libraryName"));
            return null;
        }
    }

    @Attack(
            says = "Loads a native library by reflection.",
            target = "native-access",
            with = "reflection",
            by = Proof.NATIVE)
    public static final class LoadByReflection extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            System.class.getMethod("load", String.class).invoke(null, lab.text("library"));
            return null;
        }
    }

    @Attack(
            says = "Ends the JVM by loading an agent of native code by its diagnostic commands.",
            target = "native-access",
            with = "reflection",
            by = Proof.EXIT)
    public static final class LoadAgent extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var server = java.lang.management.ManagementFactory.getPlatformMBeanServer();
            return server.invoke(
                    new javax.management.ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "jvmtiAgentLoad",
                    new Object[] {new String[] {lab.text("agentLibrary")}},
                    new String[] {String[].class.getName()});
        }
    }

    @Attack(
            says = "Attaches to its own JVM and loads an agent.",
            target = "native-access",
            by = Proof.NATIVE,
            closed = 9)
    public static final class AttachSelf extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var jvm = com.sun.tools.attach.VirtualMachine.attach(String.valueOf(lab.number("pid")));
            jvm.loadAgentPath(lab.text("agentLibrary"));
            return null;
        }
    }

    @Attack(
            says = "Attaches to another JVM of the same user and reads its properties.",
            target = "native-access",
            by = Proof.LEAK)
    public static final class AttachOther extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var jvm = com.sun.tools.attach.VirtualMachine.attach(String.valueOf(lab.number("otherJvm")));
            return jvm.getSystemProperties().toString();
        }
    }

    @Attack(
            says = "Has a provider of cryptography loaded with a library of its own.",
            target = "native-access",
            by = Proof.NATIVE)
    public static final class LoadByProvider extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            java.security.Security.getProvider("SunPKCS11").configure("--name = x\nlibrary = " + lab.text("library"));
            return null;
        }
    }
}
