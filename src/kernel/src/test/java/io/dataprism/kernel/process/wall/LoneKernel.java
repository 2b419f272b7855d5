package io.dataprism.kernel.process.wall;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.resource.Meters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A JVM that is to be killed: it has a child that runs, and one that is paused since its share is used up, and says their numbers. */
final class LoneKernel {
    private LoneKernel() {}

    @SuppressWarnings("SystemOut") // how it tells the test
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Enclosure enclosure = Enclosure.with(folder, new NoWall(), ControlGroups::none);
        Enclosed runs = Children.start(enclosure, folder, Limits.of(256 << 20), List.of(), Hog.class, "0");
        Enclosed paused = Children.start(enclosure, folder, Limits.of(256 << 20), List.of(), Hog.class, "1");
        paused.meter(new Meters(Duration.ofSeconds(1)).open(new PluginId("hog"), 1));
        paused.engage(true);
        while (!paused.isPaused()) {
            Thread.onSpinWait();
        }
        System.out.println(runs.process().pid() + " " + paused.process().pid());
        Thread.currentThread().join();
    }
}
