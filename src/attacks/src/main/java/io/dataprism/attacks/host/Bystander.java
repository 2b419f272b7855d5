package io.dataprism.attacks.host;

import java.util.concurrent.CountDownLatch;

/** A thread of the host that does nothing but be there. Its name holds a word. */
final class Bystander {
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean disturbed;

    Bystander(String word) {
        thread = new Thread(this::rest, "bystander-" + word);
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private void rest() {
        try {
            over.await();
        } catch (InterruptedException e) {
            disturbed = true;
        }
    }

    /** Whether it rests as ever: one that was interrupted runs before it says so. */
    boolean isIntact() {
        return thread.getState() == Thread.State.WAITING && !disturbed && !thread.isInterrupted();
    }

    void end() {
        over.countDown();
    }
}
