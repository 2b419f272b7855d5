package io.dataprism.app.command;

import io.dataprism.app.Progress;
import io.dataprism.kernel.Kernel;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/** How far a node is that comes up: which plugin is at what, and how many got where they can. */
final class StartProgress {
    private static final Set<String> ENDS = Set.of("running", "error", "quarantined");

    private final Progress progress;
    private final Set<String> wanted;
    private final Set<String> done = new HashSet<>();

    StartProgress(Progress progress, Set<String> wanted) {
        this.progress = progress;
        this.wanted = wanted;
    }

    /** Watch the plugins' states from here on, for as long as the kernel runs; after the bar was closed that shows nothing. */
    void follow(Kernel kernel) {
        kernel.events().subscribe("plugin.*.*", event -> {
            if (event.body() instanceof JsonObject body) {
                moved(body.getString("id", ""), body.getString("state", ""));
            }
        });
    }

    synchronized void moved(String plugin, String state) {
        if (wanted.contains(plugin)) {
            if (ENDS.contains(state)) {
                done.add(plugin);
            }
            progress.at(done.size(), plugin + " " + state);
        }
    }
}
