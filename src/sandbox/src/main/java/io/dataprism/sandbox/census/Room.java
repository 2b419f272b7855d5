package io.dataprism.sandbox.census;

import java.util.function.BooleanSupplier;

/** How much of the heap counting itself may take: less than what it is to find out about. Safe to use from any thread. */
final class Room {
    private static final int PART = 4;

    private final BooleanSupplier goesOn;

    /** @param goesOn whether whoever asked still wants to know */
    Room(BooleanSupplier goesOn) {
        this.goesOn = goesOn;
    }

    /** Counting ends here; what was counted so far is too little, and says so. */
    static final class NoRoomException extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoRoomException(String message) {
            super(message, null, false, false);
        }
    }

    /** Before {@code bytes} are taken. */
    void take(long bytes) {
        Runtime runtime = Runtime.getRuntime();
        long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        if (bytes > free / PART) {
            throw new NoRoomException("there is too little free memory to count more");
        }
        goOn();
    }

    /** Now and then. */
    void goOn() {
        if (!goesOn.getAsBoolean()) {
            throw new NoRoomException("counting was ended");
        }
    }
}
