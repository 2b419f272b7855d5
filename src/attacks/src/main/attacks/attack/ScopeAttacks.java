package attack;

import java.io.File;
import java.io.FileInputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Scopes: a narrow grant that leads to what it does not name. */
final class ScopeAttacks {
    private ScopeAttacks() {}

    /** A file that names one path to whoever asks, and is another. */
    private static final class LyingFile extends File {
        private final String granted;

        LyingFile(String path, String granted) {
            super(path);
            this.granted = granted;
        }

        @Override
        public String getPath() {
            return granted + "/" + getName();
        }

        @Override
        public String toString() {
            return getPath();
        }
    }

    @Attack(
            says = "Climbs out of a granted folder with two dots.",
            target = "file-access:read",
            with = "file-access:read:{granted}/**",
            by = Proof.LEAK)
    public static final class DotDot extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (FileInputStream in = new FileInputStream(lab.text("granted") + "/../secret.txt")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(
            says = "Follows a link that leads out of a granted folder.",
            target = "file-access:read",
            with = "file-access:read:{granted}/**",
            by = Proof.LEAK)
    public static final class Link extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Files.readString(Path.of(lab.text("granted"), "out"));
        }
    }

    @Attack(
            says = "Follows a link to another folder and climbs up there.",
            target = "file-access:read",
            with = "file-access:read:{granted}/**",
            by = Proof.LEAK)
    public static final class LinkAndDotDot extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Files.readString(Path.of(lab.text("granted"), "down", "..", "secret.txt"));
        }
    }

    @Attack(
            says = "Climbs out of a granted folder with two dots that are written as a URL encodes them.",
            target = "file-access:read",
            with = "file-access:read:{granted}/**",
            by = Proof.LEAK)
    public static final class EncodedUrl extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (var in = new URL("file:" + lab.text("granted") + "/%2e%2e/secret.txt").openStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(
            says = "Reads a zip outside a granted folder by a URL of the scheme jar that climbs out of it.",
            target = "file-access:read",
            with = "file-access:read:{granted}/**",
            by = Proof.LEAK)
    public static final class JarInFolder extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var connection = new URL("jar:file:" + lab.text("granted") + "/../secret.zip!/secret.txt").openConnection();
            connection.setUseCaches(false);
            try (var in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(
            says = "Deletes a file whose class says that it lies in a granted folder.",
            target = "file-access:write",
            with = "file-access:write:{granted}/**",
            by = Proof.FILE)
    public static final class DeleteLyingFile extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return new LyingFile(lab.text("victim"), lab.text("granted")).delete();
        }
    }

    @Attack(
            says = "Writes a file whose path begins as a granted folder's does.",
            target = "file-access:write",
            with = "file-access:write:{granted}/**",
            by = Proof.FILE)
    public static final class Neighbour extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Files.writeString(Path.of(lab.text("granted") + "-not"), "made");
        }
    }

    @Attack(
            says = "Moves a file out of a granted folder.",
            target = "file-access:write",
            with = "file-access:write:{granted}/**",
            by = Proof.FILE)
    public static final class MoveOut extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Files.move(Path.of(lab.text("granted"), "mine"), Path.of(lab.fresh("moved")));
        }
    }

    @Attack(
            says = "Writes a file that it may read.",
            target = "file-access:write",
            with = "file-access:read:{folder}/**",
            by = Proof.FILE)
    public static final class WriteByRead extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (var out = Files.newByteChannel(lab.path("victim"), java.nio.file.StandardOpenOption.WRITE)) {
                return out.write(java.nio.ByteBuffer.allocate(3));
            }
        }
    }

    @Attack(
            says = "Is led by a granted web server to another one.",
            target = "network-access",
            with = {"network-access:http://127.0.0.1:{frontPort}", "network-access:http://127.0.0.1:{frontPort}/"},
            by = Proof.LEAK)
    public static final class Redirect extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (var in = new URL("http://127.0.0.1:" + lab.number("frontPort") + "/").openStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(
            says = "Connects to a machine that it calls a proxy on the way to a granted one.",
            target = "network-access",
            with = {"network-access:http://allowed.example", "network-access:http://allowed.example:80"},
            by = Proof.NETWORK)
    public static final class ByProxy extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Proxy proxy = new Proxy(
                    Proxy.Type.HTTP,
                    new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), lab.number("port")));
            return new URL("http://allowed.example/")
                    .openConnection(proxy)
                    .getInputStream()
                    .read();
        }
    }

    @Attack(
            says = "Changes the command of a granted program while it is started.",
            target = "process-start",
            with = {"process-start:true", "threads"},
            by = Proof.FILE)
    public static final class ChangedCommand extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            String[] command = {"true", lab.fresh("made")};
            Thread changes = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    command[0] = "touch";
                    java.lang.invoke.VarHandle.fullFence();
                    command[0] = "true";
                    java.lang.invoke.VarHandle.fullFence();
                }
            });
            changes.start();
            try {
                for (int i = 0; i < 300; i++) {
                    try {
                        Runtime.getRuntime().exec(command).waitFor();
                    } catch (SecurityException e) {
                        lab.say("seen this time");
                    }
                }
            } finally {
                changes.interrupt();
            }
            return null;
        }
    }

    @Attack(
            says = "Starts a granted program with another name behind it in the same list.",
            target = "process-start",
            with = "process-start:true",
            by = Proof.FILE)
    public static final class ChangedBuilder extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            ProcessBuilder program = new ProcessBuilder("true");
            program.command(new java.util.AbstractList<String>() {
                private int asked;

                @Override
                public String get(int index) {
                    boolean starts = java.util.Arrays.stream(new Throwable().getStackTrace())
                            .anyMatch(frame -> frame.getClassName().equals("java.lang.ProcessBuilder"));
                    return index == 1 ? lab.fresh("made") : starts ? "touch" : "true";
                }

                @Override
                public int size() {
                    return 2;
                }
            });
            return program.start().waitFor();
        }
    }

    @Attack(
            says = "Deletes a file in the middle of being asked what program it starts.",
            target = "file-access:write",
            with = {"reflection", "process-start"},
            by = Proof.FILE)
    public static final class InTheQuestion extends Attempt {
        /** A command that does something when it is read. */
        private static final class Acting extends java.util.AbstractList<String> {
            private final File victim;

            Acting(File victim) {
                this.victim = victim;
            }

            @Override
            public String get(int index) {
                try {
                    File.class.getMethod("delete").invoke(victim);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
                return "true";
            }

            @Override
            public int size() {
                return 1;
            }
        }

        @Override
        protected Object run(Lab lab) throws Throwable {
            return new ProcessBuilder(java.util.Collections.unmodifiableList(new Acting(lab.file("victim")))).start();
        }
    }
}
