package io.dataprism.attacks.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Lines between the suite and a JVM that is attacked: opened before any attack runs, so that none can close it by what it does to the JVM. */
final class Wire implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private final PrintWriter out;

    Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    String read() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the suite is gone");
        }
        return line;
    }

    synchronized void write(String line) {
        out.println(line);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
