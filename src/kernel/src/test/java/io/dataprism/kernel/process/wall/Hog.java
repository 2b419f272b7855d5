package io.dataprism.kernel.process.wall;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A child for tests, without any class but this: it spins on threads, takes memory, or waits, until its standard input ends. */
final class Hog {
    private static final int PIECE = 8 << 20;

    private static volatile long turns;

    private Hog() {}

    public static void main(String[] args) throws IOException {
        if (args[0].equals("take")) {
            take();
            return;
        }
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            Thread spinning = new Thread(Hog::spin);
            spinning.setDaemon(true);
            spinning.start();
        }
        System.out.write("up\n".getBytes(StandardCharsets.US_ASCII));
        System.out.flush();
        while (System.in.read() >= 0) {
            // until its end
        }
    }

    private static void spin() {
        while (true) {
            turns++;
        }
    }

    /** Direct memory: its JVM was told that it may have that much, the system was not. */
    private static void take() throws IOException {
        List<ByteBuffer> taken = new ArrayList<>();
        for (int i = 1; i <= 128; i++) {
            taken.add(ByteBuffer.allocateDirect(PIECE));
            System.out.write(("took " + i * (PIECE >> 20) + "\n").getBytes(StandardCharsets.US_ASCII));
            System.out.flush();
        }
    }
}
