package io.dataprism.faults.row;

import io.dataprism.app.control.ControlClient;
import io.dataprism.faults.Effort;
import io.dataprism.faults.Fault;
import io.dataprism.faults.Findings;
import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.plugin.Neighbour;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A node that is killed while plugins are installed, loaded and removed. */
public final class KillDuringLoad implements Fault {
    private static final Duration SPREAD = Duration.ofMillis(800);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int PLUGINS = 6;
    private static final int LARGE = 1 << 20;

    private final Effort effort;

    public KillDuringLoad(Effort effort) {
        this.effort = effort;
    }

    @Override
    public String name() {
        return "kill-load";
    }

    @Override
    public String fault() {
        return "kill -9 of the node in the middle of loads";
    }

    @Override
    public String promise() {
        return "old or new, never mixed, recovered at start in under 15 s";
    }

    @Override
    public void tryOut(Scene scene, Findings findings) throws Exception {
        scene.add(Guest.of("wanted", Neighbour.class).offers("echo"));
        List<Path> jars = new ArrayList<>();
        for (int i = 0; i < PLUGINS; i++) {
            jars.add(scene.pack(
                    Guest.of("loaded-" + i, Neighbour.class).offers("echo").entry("large.bin", new byte[LARGE])));
        }
        new KillPoints(effort, SPREAD).run(scene, new Loads(jars), findings);
    }

    /** Installs and loads one plugin after the other; where it is there already, it is removed first. */
    private static final class Loads implements KillPoints.Work {
        private final List<Path> jars;
        private int number;

        Loads(List<Path> jars) {
            this.jars = jars;
        }

        @Override
        public void doOne(ControlClient node) {
            int which = number++ % PLUGINS;
            JsonObject id = new JsonObject().put("id", "loaded-" + which);
            if (number > PLUGINS) {
                Told.by(() -> node.invoke("plugins", "remove", id));
            }
            node.invoke(
                    "plugins",
                    "install",
                    new JsonObject().put("source", jars.get(which).toString()));
            node.invoke("plugins", "load", id);
        }

        /** Each is there as a whole, or not at all: what is there can be loaded and answers, and what the configuration wants runs. */
        @Override
        public String wrong(NodeProcess node) {
            List<String> wrong = new ArrayList<>();
            JsonArray plugins = node.invoke("plugins:list", new JsonObject()).getJsonArray("plugins");
            for (Object item : plugins) {
                String id = ((JsonObject) item).getString("id");
                if (!id.equals("wanted")) {
                    String told = Told.by(() -> node.invoke("plugins:load", id));
                    if (told.startsWith("DP-")) {
                        wrong.add(id + ": " + told);
                        continue;
                    }
                }
                if (!"there".equals(node.call(id, "echo", "there", LONGEST))) {
                    wrong.add(id + " does not answer");
                }
            }
            return String.join("; ", wrong);
        }
    }
}
