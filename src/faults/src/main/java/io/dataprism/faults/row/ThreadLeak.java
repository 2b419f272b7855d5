package io.dataprism.faults.row;

import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.Jcmd;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.node.Until;
import io.dataprism.faults.plugin.ThreadLeaker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A plugin that starts threads and never ends them; they don't mind being interrupted. */
public final class ThreadLeak implements Fault {
    private static final Duration LONGEST = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "thread-leak";
    }

    @Override
    public String fault() {
        return "thread leak";
    }

    @Override
    public String promise() {
        return "no plugin thread left after stop, or each listed";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.add(Guest.of("leaker", ThreadLeaker.class).may("threads"));
        NodeProcess node = scene.start();
        int before = left(node).size();
        findings.holds(before == ThreadLeaker.THREADS, "%d threads while it runs", before);
        node.invoke("plugins:stop", "leaker");
        long began = System.nanoTime();
        Until.becomes(LONGEST, () -> untold(node).isEmpty());
        List<String> untold = untold(node);
        findings.holds(
                untold.isEmpty(),
                "%d left %s after its stop; not named in the log: %s",
                left(node).size(),
                Findings.text(Duration.ofNanos(System.nanoTime() - began)),
                untold);
    }

    /** Those that are left and that the log does not name. */
    private static List<String> untold(NodeProcess node) throws IOException {
        String log = node.err();
        return left(node).stream()
                .filter(thread -> !log.contains("'" + thread + "'"))
                .toList();
    }

    private static List<String> left(NodeProcess node) {
        return Jcmd.threads(node.pid()).stream()
                .filter(thread -> thread.startsWith(ThreadLeaker.NAME))
                .toList();
    }
}
