package attack;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import jdk.jfr.Recording;

/** Management of the JVM from within. */
final class ManagementAttacks {
    private ManagementAttacks() {}

    /** An event of the recorder. */
    @jdk.jfr.Period("20 ms")
    private static final class OwnEvent extends jdk.jfr.Event {}

    @Attack(says = "Registers an object with the JVM's management.", target = "reflection", by = Proof.SETTING)
    public static final class Register extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new StandardMBean(() -> {}, Runnable.class), new ObjectName("attack:type=Bean"));
            return null;
        }
    }

    @Attack(
            says = "Reads the JVM's properties by its management.",
            target = "system-properties:read",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ReadProperties extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return ManagementFactory.getRuntimeMXBean().getSystemProperties().toString();
        }
    }

    @Attack(
            says = "Reads the arguments that the JVM was started with.",
            target = "system-properties:read",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ReadArguments extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return ManagementFactory.getRuntimeMXBean().getInputArguments().toString();
        }
    }

    @Attack(
            says = "Reads the names of threads by the JVM's management.",
            target = "threads",
            with = "reflection",
            by = Proof.LEAK)
    public static final class ReadThreads extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            StringBuilder names = new StringBuilder();
            for (var thread : ManagementFactory.getThreadMXBean().dumpAllThreads(false, false)) {
                names.append(thread.getThreadName());
            }
            return names.toString();
        }
    }

    @Attack(
            says = "Writes the JVM's whole heap to a file.",
            target = "file-access:write",
            with = "reflection",
            by = Proof.FILE)
    public static final class DumpHeap extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(lab.fresh("made.hprof"), true);
            return null;
        }
    }

    @Attack(
            says = "Changes an option of the running JVM.",
            target = "system-properties:write",
            with = "reflection",
            by = Proof.SETTING)
    public static final class SetOption extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .setVMOption("HeapDumpOnOutOfMemoryError", "true");
            return null;
        }
    }

    @Attack(
            says = "Reads the JVM's properties by a diagnostic command.",
            target = "system-properties:read",
            with = "reflection",
            by = Proof.LEAK)
    public static final class DiagnosticCommand extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmSystemProperties",
                            new Object[0],
                            new String[0]);
        }
    }

    @Attack(
            says = "Writes a file by a diagnostic command.",
            target = "file-access:write",
            with = "reflection",
            by = Proof.FILE)
    public static final class DiagnosticFile extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmLog",
                            new Object[] {new String[] {"output=" + lab.fresh("made.log"), "what=gc"}},
                            new String[] {String[].class.getName()});
        }
    }

    @Attack(
            says = "Opens the JVM's management to the network.",
            target = "network-access",
            with = {"reflection", "class-loading"},
            by = Proof.LISTEN)
    public static final class Serve extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var server = JMXConnectorServerFactory.newJMXConnectorServer(
                    new JMXServiceURL("rmi", "127.0.0.1", lab.number("free")),
                    null,
                    ManagementFactory.getPlatformMBeanServer());
            server.start();
            lab.say(lab.number("free"));
            return null;
        }
    }

    @Attack(
            says = "Writes what happens in the JVM to a file.",
            target = "file-access:write",
            with = "reflection",
            by = Proof.FILE)
    public static final class Record extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (Recording recording = new Recording()) {
                recording.start();
                recording.dump(Path.of(lab.fresh("made.jfr")));
            }
            return null;
        }
    }

    @Attack(
            says = "Writes what happens in the JVM to a file, by its management.",
            target = "file-access:write",
            with = "reflection",
            by = Proof.FILE)
    public static final class RecordByBean extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var recorder = ManagementFactory.getPlatformMXBean(jdk.management.jfr.FlightRecorderMXBean.class);
            long recording = recorder.newRecording();
            recorder.startRecording(recording);
            recorder.copyTo(recording, lab.fresh("made.jfr"));
            recorder.closeRecording(recording);
            return null;
        }
    }

    @Attack(
            says = "Has code of its own run by the JVM's recorder, on its thread.",
            target = "threads",
            with = {"reflection", "file-access"},
            by = Proof.THREAD)
    public static final class RecordCallback extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Class<?> event = OwnEvent.class;
            jdk.jfr.FlightRecorder.addPeriodicEvent(OwnEvent.class, () -> lab.say("here"));
            try (Recording recording = new Recording()) {
                recording.enable(OwnEvent.class).withPeriod(java.time.Duration.ofMillis(20));
                recording.start();
                lab.awaitWord();
            }
            return event;
        }
    }
}
