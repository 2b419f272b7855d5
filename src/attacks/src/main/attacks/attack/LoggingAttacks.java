package attack;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SocketHandler;

/** The logging of the JDK. */
final class LoggingAttacks {
    private LoggingAttacks() {}

    /** A logger of its own. */
    private static final class OwnLogger extends Logger {
        OwnLogger() {
            super("dataprism.attacks", null);
        }
    }

    /** A handler of its own. */
    private static final class OwnHandler extends Handler {
        @Override
        public void publish(LogRecord record) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Attack(says = "Makes a file with a FileHandler.", target = "file-access:write", by = Proof.FILE)
    public static final class WriteLog extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            new FileHandler(lab.fresh("made")).close();
            return null;
        }
    }

    @Attack(
            says = "Makes a file by a configuration of logging that names a FileHandler.",
            target = "file-access:write",
            with = "system-properties",
            by = Proof.FILE)
    public static final class WriteLogByConfiguration extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            String settings = "handlers=java.util.logging.FileHandler\njava.util.logging.FileHandler.pattern="
                    + lab.fresh("made") + "\n";
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(settings.getBytes(StandardCharsets.UTF_8)));
            Logger.getLogger("").severe("made");
            return null;
        }
    }

    @Attack(says = "Connects with a SocketHandler.", target = "network-access", by = Proof.NETWORK)
    public static final class SendLog extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            new SocketHandler("127.0.0.1", lab.number("port")).close();
            return null;
        }
    }

    @Attack(says = "Hears what the host logs.", target = "system-properties:write:logging", by = Proof.SETTING)
    public static final class Listen extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Logger.getLogger("").addHandler(new OwnHandler());
            return null;
        }
    }

    @Attack(says = "Silences the loggers of the host.", target = "system-properties:write:logging", by = Proof.SETTING)
    public static final class Silence extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Logger.getLogger("").setLevel(Level.OFF);
            return null;
        }
    }

    @Attack(
            says = "Silences the handlers of the host's loggers.",
            target = "system-properties:write:logging",
            by = Proof.SETTING)
    public static final class SilenceHandler extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Logger.getLogger("").getHandlers()[0].setLevel(Level.OFF);
            return null;
        }
    }

    @Attack(
            says = "Decides how the host's log lines look.",
            target = "system-properties:write:logging",
            by = Proof.SETTING)
    public static final class FormatHandler extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Logger.getLogger("").getHandlers()[0].setFormatter(new java.util.logging.XMLFormatter());
            return null;
        }
    }

    @Attack(
            says = "Hears what a logger of the host is given, by a filter.",
            target = "system-properties:write:logging",
            by = Proof.SETTING)
    public static final class FilterLogger extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Logger.getLogger("").setFilter(record -> false);
            return null;
        }
    }

    @Attack(
            says = "Hears what the host's handlers are given, by a filter.",
            target = "system-properties:write:logging",
            by = Proof.SETTING)
    public static final class FilterHandler extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Logger.getLogger("").getHandlers()[0].setFilter(record -> false);
            return null;
        }
    }

    @Attack(
            says = "Hears of the failures of the host's log handlers.",
            target = "system-properties:write:logging",
            by = Proof.SETTING)
    public static final class ErrorManager extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Logger.getLogger("").getHandlers()[0].setErrorManager(new java.util.logging.ErrorManager());
            return null;
        }
    }

    @Attack(
            says = "Takes all handlers away from the host's loggers.",
            target = "system-properties:write:logging",
            by = Proof.SETTING)
    public static final class Reset extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            LogManager.getLogManager().reset();
            return null;
        }
    }

    @Attack(
            says = "Silences a logger of the host by the management of logging.",
            target = "system-properties:write:logging",
            by = Proof.SETTING)
    public static final class SetByBean extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            LogManager.getLoggingMXBean().setLoggerLevel("", "OFF");
            return null;
        }
    }

    @Attack(
            says = "Puts a logger of its own in the place of one of the host.",
            target = "system-properties:write:logging",
            by = Proof.SETTING)
    public static final class AddLogger extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            LogManager.getLogManager().addLogger(new OwnLogger());
            return null;
        }
    }
}
