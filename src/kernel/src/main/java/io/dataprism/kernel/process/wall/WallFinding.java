package io.dataprism.kernel.process.wall;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a child did behind one wall.
 *
 * @param level that the wall would have
 * @param means of the wall, in words
 * @param open what the child could do, and how
 * @param broken why no child ran behind it; empty where one did
 */
record WallFinding(WallLevel level, String means, Map<Attack, String> open, Optional<String> broken) {
    WallFinding {
        open = Map.copyOf(open);
    }

    /** Whether nothing of the kernel was reached. */
    boolean holds() {
        return broken.isEmpty() && open.keySet().stream().noneMatch(Attack::decides);
    }

    /** One line: that it holds, and but for what, or why not. */
    String told() {
        if (broken.isPresent()) {
            return means + ": " + broken.get();
        }
        if (open.isEmpty()) {
            return means + ": held against everything that was tried";
        }
        String what = new TreeMap<>(open).keySet().stream().map(Attack::words).collect(Collectors.joining(", "));
        return means + ": a child could " + what;
    }

    JsonObject toJson() {
        JsonObject passed = new JsonObject();
        new TreeMap<>(open).forEach((attack, how) -> passed.put(attack.words(), how));
        JsonObject json = new JsonObject()
                .put("level", level.label())
                .put("means", means)
                .put("holds", holds())
                .put("open", passed);
        broken.ifPresent(why -> json.put("broken", why));
        return json;
    }
}
