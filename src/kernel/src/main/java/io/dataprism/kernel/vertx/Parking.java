package io.dataprism.kernel.vertx;

import java.util.concurrent.locks.LockSupport;

/** How idle carriers wait, and are woken. A wake-up that comes first is not lost: the next wait returns at once. */
interface Parking {
    /** As the JDK does it. */
    Parking OF_THREADS = new Parking() {
        @Override
        public void park(Thread self) {
            LockSupport.park(this);
        }

        @Override
        public void park(Thread self, long nanos) {
            LockSupport.parkNanos(this, nanos);
        }

        @Override
        public void unpark(Thread thread) {
            LockSupport.unpark(thread);
        }

        @Override
        public long now() {
            return System.nanoTime();
        }
    };

    /** Wait to be woken, or for no reason. On {@code self}. */
    void park(Thread self);

    /** The same, no longer than {@code nanos}. */
    void park(Thread self, long nanos);

    void unpark(Thread thread);

    /** The time in nanoseconds, as {@link System#nanoTime} has it. */
    long now();
}
