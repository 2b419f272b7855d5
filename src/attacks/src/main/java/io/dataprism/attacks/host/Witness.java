package io.dataprism.attacks.host;

import java.io.IOException;
import java.lang.StackWalker.Option;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An object of the host that attacks are handed, of a class that they do not see. It notices on which threads and out of which code it is spoken to. Safe to
 * use from any thread.
 */
final class Witness implements Consumer<Object> {
    private static final StackWalker STACK =
            StackWalker.getInstance(Set.of(Option.SHOW_HIDDEN_FRAMES, Option.RETAIN_CLASS_REFERENCE));

    /** Not for attacks to know. */
    private final String word;

    private final Runnable afterEnd;
    private volatile Thread own;
    private volatile boolean elsewhere;
    private volatile boolean foreignCode;
    private volatile boolean readingObjects;
    private volatile boolean reachable;
    private volatile boolean probing;
    private volatile boolean heardInProbe;

    /** @param afterEnd called each time that somebody speaks */
    Witness(String word, Runnable afterEnd) {
        this.word = word;
        this.afterEnd = afterEnd;
        this.own = Thread.currentThread();
    }

    /** From now on that is the attack's own thread. */
    void expect(Thread thread) {
        own = thread;
    }

    /** From now on the host itself does what an attack may have put itself into. */
    void startProbes() {
        probing = true;
    }

    @Override
    public void accept(Object said) {
        if (probing) {
            heardInProbe = true;
        } else if (Thread.currentThread() != own) {
            elsewhere = true;
        }
        STACK.forEach(frame -> look(frame.getClassName()));
        if (said instanceof Integer port) {
            visit(port);
        }
        afterEnd.run();
    }

    private void look(String className) {
        if (className.startsWith("outside.") || className.startsWith("attack.Smuggled")) {
            foreignCode = true;
        }
        if (className.equals("java.io.ObjectInputStream")) {
            readingObjects = true;
        }
    }

    private void visit(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            reachable |= socket.isConnected();
        } catch (IOException e) {
            reachable = false;
        }
    }

    boolean heardElsewhere() {
        return elsewhere;
    }

    boolean heardForeignCode() {
        return foreignCode;
    }

    boolean heardWhileReading() {
        return readingObjects;
    }

    boolean couldConnect() {
        return reachable;
    }

    boolean heardInProbe() {
        return heardInProbe;
    }

    /** Nothing of the word. */
    @Override
    public String toString() {
        return "witness of " + word.length() + " letters";
    }
}
