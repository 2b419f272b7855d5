package io.dataprism.kernel.process.wall;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * Runs as the child that a {@link WallTrial} starts, and tries to get at what was put there for it to try: a line for each {@link Attack}, that it was held, or
 * what it got. One class without any other, since it is copied to where the child may read it.
 */
final class Intruder {
    private static final int PATIENCE = 1000;

    private Intruder() {}

    /** The process that stands for the kernel, a secret that it has in its environment, a file and a socket of the node's, a port of the machine's. */
    public static void main(String[] args) {
        PrintStream out =
                new PrintStream(new FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        long pid = Long.parseLong(args[0]);
        String secret = args[1];
        Path file = Path.of(args[2]);
        Path socket = Path.of(args[3]);
        int port = Integer.parseInt(args[4]);
        Path proc = Path.of("/proc", args[0]);
        attempt(out, "ENVIRONMENT", () -> contains(proc.resolve("environ"), secret));
        attempt(out, "MEMORY", () -> opened(proc.resolve("mem")));
        attempt(out, "READ", () -> contains(file, secret));
        attempt(out, "WRITE", () -> written(file.resolveSibling("written")));
        attempt(out, "SOCKET", () -> connected(socket));
        attempt(out, "SIGNAL", () -> ended(pid));
        attempt(out, "NETWORK", () -> reached(port));
    }

    private static void attempt(PrintStream out, String what, Callable<String> attack) {
        String got;
        try {
            got = attack.call();
        } catch (Exception | Error e) {
            out.println(what + " held " + e);
            return;
        }
        out.println(got.isEmpty() ? what + " held nothing there" : what + " open " + got);
    }

    private static String contains(Path file, String secret) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret) ? "read " + file : "";
    }

    private static String opened(Path memory) throws IOException {
        // To open it takes what it takes to attach to the process.
        try (RandomAccessFile opened = new RandomAccessFile(memory.toFile(), "r")) {
            return "opened " + memory + " at " + opened.getFilePointer();
        }
    }

    private static String written(Path file) throws IOException {
        Files.writeString(file, "written by a child");
        return "wrote " + file;
    }

    private static String connected(Path socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return "connected to " + channel.getRemoteAddress();
        }
    }

    private static String ended(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::destroyForcibly).isPresent() ? "ended process " + pid : "";
    }

    private static String reached(int port) throws IOException {
        try (Socket reached = new Socket()) {
            reached.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
            return "connected to " + reached.getRemoteSocketAddress();
        }
    }
}
