package io.dataprism.attacks.host;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** A public class of the host, which counts who makes or calls it: no plugin is to. */
public final class Opened implements IntSupplier {
    private static final AtomicInteger TIMES = new AtomicInteger();

    public Opened() {
        open();
    }

    /** Made of a text, as what makes objects of texts by reflection would. */
    public Opened(String text) {
        this();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("expected a text");
        }
    }

    public static void open() {
        TIMES.incrementAndGet();
    }

    static int times() {
        return TIMES.get();
    }

    @Override
    public int getAsInt() {
        return times();
    }

    /** Tells the host's word, even of an object that was made without a constructor. */
    @Override
    public String toString() {
        return "opened " + Vault.word();
    }
}
