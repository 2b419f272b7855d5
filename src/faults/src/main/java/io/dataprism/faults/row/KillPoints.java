package io.dataprism.faults.row;

import io.dataprism.api.PluginException;
import io.dataprism.app.CommandFailure;
import io.dataprism.app.control.ControlClient;
import io.dataprism.faults.Effort;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Kills a node at random points of time while it does a kind of work, brings it up again, and looks. */
final class KillPoints {
    private static final Duration RECOVERED = Duration.ofSeconds(15);

    /** What a node is killed in the middle of. The same object sees each node that comes up. */
    interface Work {
        /** Once, before the first. */
        default void prepare(NodeProcess node) {}

        /** Ask for one piece of it, and return when it was acknowledged. */
        void doOne(ControlClient node);

        /**
         * Look at the node that came up after one was killed.
         *
         * @return what is wrong, or nothing
         */
        String wrong(NodeProcess node);
    }

    private final Effort effort;
    private final Random random;
    private final Duration spread;
    private Duration longest = Duration.ZERO;
    private long done;
    private int mixed;

    /** @param spread at what time after the first piece of work it is killed at the latest */
    KillPoints(Effort effort, Duration spread) {
        this.effort = effort;
        this.spread = spread;
        random = new Random(effort.seed());
    }

    void run(Scene scene, Work work, Findings findings) throws Exception {
        NodeProcess node = scene.start();
        work.prepare(node);
        for (int point = 0; point < effort.kills(); point++) {
            killInTheMiddle(node, work);
            node = scene.start();
            if (node.tookToRun().compareTo(longest) > 0) {
                longest = node.tookToRun();
            }
            String wrong = work.wrong(node);
            String audit = audit(node);
            if (!wrong.isEmpty() || !audit.isEmpty()) {
                mixed++;
                findings.holds(false, "after kill %d: %s%s", point + 1, wrong, audit);
            }
        }
        findings.holds(
                mixed == 0,
                "killed at %d points in the middle of %,d pieces of work; %d mixed or lost",
                effort.kills(),
                done,
                mixed);
        findings.within(RECOVERED, longest, "longest start after a kill");
    }

    private void killInTheMiddle(NodeProcess node, Work work) throws InterruptedException {
        long late = (long) (random.nextDouble() * spread.toNanos());
        Thread killer = new Thread(() -> killAfter(node, late), "killer");
        try (ControlClient client = node.connect()) {
            work.doOne(client);
            done++;
            killer.start();
            while (node.isAlive()) {
                work.doOne(client);
                done++;
            }
        } catch (CommandFailure gone) {
            // As it was meant to be: the node went away while it worked
            killer.join();
        }
        killer.join();
    }

    private static void killAfter(NodeProcess node, long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        node.handle().destroyForcibly();
        node.handle().onExit().join();
    }

    /** What is wrong with its audit log. */
    private static String audit(NodeProcess node) {
        try {
            JsonObject verified = node.invoke("audit:verify", new JsonObject());
            return verified.getBoolean("sound") ? "" : "; the audit log: " + verified.getValue("findings");
        } catch (PluginException e) {
            return "; the audit log: " + e.getMessage();
        }
    }
}
