package io.dataprism.kernel.process.wall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which wall this machine has: the first, best first, through which a child did not get when it was tried. Immutable.
 *
 * @param findings of those that were tried, in that order; what would come after one that holds is not
 */
record Walls(Wall best, List<WallFinding> findings) {
    Walls {
        findings = List.copyOf(findings);
    }

    /** Try each of {@code walls} until one holds. */
    static Walls among(List<Wall> walls, WallTrial trial) {
        List<WallFinding> findings = new ArrayList<>();
        for (Wall wall : walls) {
            WallFinding finding = trial.of(wall);
            findings.add(finding);
            if (finding.holds()) {
                return new Walls(wall, findings);
            }
        }
        return new Walls(new NoWall(), findings);
    }

    WallLevel level() {
        return best.level();
    }

    /** In words: what holds and but for what, or what was tried in vain. */
    String told() {
        if (findings.isEmpty()) {
            return "this system has none that this kernel knows";
        }
        return level() == WallLevel.NONE
                ? findings.stream().map(WallFinding::told).collect(Collectors.joining("; "))
                : findings.get(findings.size() - 1).told();
    }

    JsonObject toJson() {
        JsonArray tried = new JsonArray();
        findings.forEach(finding -> tried.add(finding.toJson()));
        return new JsonObject()
                .put("level", level().label())
                .put("told", told())
                .put("tried", tried);
    }
}
