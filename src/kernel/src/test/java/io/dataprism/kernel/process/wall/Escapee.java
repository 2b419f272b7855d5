package io.dataprism.kernel.process.wall;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Hostile code in a child, with no sandbox around it: it tries what Java lets it try, and says what it could do. Only what the test put there is its aim. */
final class Escapee {
    private static final int BOMB = 400;

    private Escapee() {}

    /** Processes of the kernel, a folder of the node's, a secret that is in it and in the processes' environment, a stream and a datagram port. */
    public static void main(String[] args) throws Exception {
        List<Long> pids = Stream.of(args[0].split(",")).map(Long::valueOf).toList();
        Path node = Path.of(args[1]);
        String secret = args[2];
        int port = Integer.parseInt(args[3]);
        int datagrams = Integer.parseInt(args[4]);
        for (long pid : pids) {
            Path proc = Path.of("/proc/" + pid);
            attempt("environment", () -> text(proc.resolve("environ")).contains(secret));
            attempt("memory", () -> opens(proc.resolve("mem"), "r"));
            attempt("memory-to-write", () -> opens(proc.resolve("mem"), "rw"));
            attempt(
                    "root-of-process",
                    () -> text(proc.resolve("root" + node.resolve("store"))).contains(secret));
            attempt(
                    "working-folder-of-process",
                    () -> Files.list(proc.resolve("cwd")).count() >= 0);
            attempt("descriptors", () -> Files.list(proc.resolve("fd")).count() > 0);
        }
        // Not the process of the test itself.
        for (long pid : pids.subList(0, 2)) {
            Path score = Path.of("/proc/" + pid + "/oom_score_adj");
            attempt("score", () -> Files.writeString(score, "1000") != null);
        }
        attempt("attach", () -> attached(pids.get(1)));
        attempt("environment-of-anybody", () -> anybody("environ", secret));
        attempt("read", () -> text(node.resolve("store")).contains(secret));
        attempt("list", () -> Files.list(node).count() > 0);
        attempt("append", () -> Files.writeString(node.resolve("audit"), "x", StandardOpenOption.APPEND) != null);
        attempt("cut", () -> cut(node.resolve("audit")));
        attempt("create", () -> Files.writeString(node.resolve("new"), "x") != null);
        attempt(
                "replace",
                () -> Files.move(
                                Files.writeString(Path.of("mine"), "x"),
                                node.resolve("grants"),
                                StandardCopyOption.REPLACE_EXISTING)
                        != null);
        attempt("delete", () -> Files.deleteIfExists(node.resolve("deleted")));
        attempt(
                "hard-link",
                () -> text(Files.createLink(Path.of("linked"), node.resolve("store")))
                        .contains(secret));
        attempt(
                "symbolic-link",
                () -> text(Files.createSymbolicLink(Path.of("sym"), node.resolve("store")))
                        .contains(secret));
        attempt("open-to-all", () -> Files.setAttribute(node, "unix:mode", 0777) != null);
        attempt("times", () -> node.resolve("store").toFile().setLastModified(1000));
        attempt(
                "watch",
                () -> node.register(FileSystems.getDefault().newWatchService(), StandardWatchEventKinds.ENTRY_CREATE)
                        .isValid());
        attempt(
                "own-code",
                () -> Files.writeString(
                                Path.of(System.getProperty("java.class.path")).resolve("Evil.class"), "x")
                        != null);
        attempt("jdk", () -> Files.writeString(Path.of(System.getProperty("java.home"), "lib", "evil"), "x") != null);
        attempt(
                "socket",
                () -> SocketChannel.open(UnixDomainSocketAddress.of(node.resolve("s")))
                        .isConnected());
        attempt("stream", () -> stream(port));
        attempt("datagram", () -> datagram(datagrams));
        attempt("listen", () -> listens());
        attempt("processes", () -> bomb());
        // Last, since it ends what the others are aimed at.
        for (long pid : pids.subList(0, 2)) {
            attempt(
                    "signal",
                    () -> ProcessHandle.of(pid)
                            .map(ProcessHandle::destroyForcibly)
                            .orElse(false));
        }
        say("done");
        while (System.in.read() >= 0) {
            // as long as the test looks at it
        }
    }

    private static void attempt(String what, Callable<Boolean> attack) throws IOException {
        try {
            if (attack.call()) {
                say("open " + what);
            }
        } catch (Exception | Error refused) {
            say("held " + what + " " + refused);
        }
    }

    private static void say(String line) throws IOException {
        System.out.write((line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static String text(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static boolean opens(Path file, String mode) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), mode)) {
            return opened.getFilePointer() == 0;
        }
    }

    private static boolean cut(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            return channel.size() == 0;
        }
    }

    private static boolean anybody(String what, String secret) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.anyMatch(proc -> {
                try {
                    return text(proc.resolve(what)).contains(secret);
                } catch (IOException refused) {
                    return false;
                }
            });
        }
    }

    private static boolean attached(long pid) throws Exception {
        try {
            Object machine = Class.forName("com.sun.tools.attach.VirtualMachine")
                    .getMethod("attach", String.class)
                    .invoke(null, Long.toString(pid));
            return machine != null;
        } catch (InvocationTargetException e) {
            throw new IOException(e.getCause());
        }
    }

    private static boolean stream(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return socket.isConnected();
        }
    }

    /** Whether it comes is for the test to see. */
    private static boolean datagram(int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] word = "escaped".getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(word, word.length, InetAddress.getLoopbackAddress(), port));
            return false;
        }
    }

    private static boolean listens() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return stream(socket.getLocalPort());
        }
    }

    /** More processes than any child may have. */
    private static boolean bomb() {
        List<Process> all = new ArrayList<>();
        try {
            for (int i = 0; i < BOMB; i++) {
                all.add(new ProcessBuilder("/bin/sh", "-c", "read end").start());
            }
            return true;
        } catch (IOException refused) {
            return false;
        } finally {
            all.forEach(Process::destroyForcibly);
        }
    }
}
