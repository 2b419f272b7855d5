package io.dataprism.attacks.host;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.Socket;
import java.net.URL;
import java.net.UnknownServiceException;
import java.util.logging.Logger;

/** Work of the host that passes through what attacks may have put themselves into. */
final class Probes {
    private Probes() {}

    static void run(Witness witness, Canaries canaries) throws Exception {
        witness.startProbes();
        Logger.getLogger("io.dataprism.attacks.host").fine("a line of the host's");
        makeSocket();
        if (witness.heardInProbe()) {
            return; // nothing that connects works any more
        }
        openUnknownScheme();
        fetchUnknownContent(canaries);
        failOnAThread();
    }

    private static void openUnknownScheme() {
        try {
            throw new IllegalStateException("A scheme is known that nobody has: " + new URL("attack:x"));
        } catch (MalformedURLException e) {
            return; // as it should be
        }
    }

    private static void fetchUnknownContent(Canaries canaries) throws IOException {
        try {
            new URL(canaries.webAddress()).getContent();
        } catch (UnknownServiceException e) {
            return; // as it should be
        }
    }

    private static void makeSocket() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
        } catch (NullPointerException e) {
            return; // a factory that made none was asked, and told the witness
        }
    }

    private static void failOnAThread() throws InterruptedException {
        Thread thread = new Thread(() -> {
            throw new IllegalStateException("a failure of the host's");
        });
        thread.start();
        thread.join();
    }
}
