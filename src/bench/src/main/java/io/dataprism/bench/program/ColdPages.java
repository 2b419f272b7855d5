package io.dataprism.bench.program;

import java.util.concurrent.TimeUnit;

/**
 * What this machine takes for a page of memory that nobody used for a second. On most it is the tenth of a microsecond that a miss of the caches takes; on
 * a virtual machine whose host keeps the tables of pages it can be some ten microseconds, and then whatever wakes up once a second costs that much more.
 */
final class ColdPages {
    private static final int PAGE = 4096;
    private static final int PAGES = 1_000;
    private static final int TIMES = 3;

    private ColdPages() {}

    static double nanos() throws InterruptedException {
        byte[] memory = new byte[PAGES * PAGE];
        double least = Double.MAX_VALUE;
        for (int time = 0; time <= TIMES; time++) {
            long began = System.nanoTime();
            for (int at = 0; at < memory.length; at += PAGE) {
                memory[at]++;
            }
            // At first it is had from the system
            if (time > 0) {
                least = Math.min(least, (double) (System.nanoTime() - began) / PAGES);
            }
            TimeUnit.SECONDS.sleep(1);
        }
        return least;
    }
}
