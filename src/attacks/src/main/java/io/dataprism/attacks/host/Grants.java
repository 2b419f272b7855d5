package io.dataprism.attacks.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a plugin may do in one column: permissions as grants write them, a scope ending in {@code **} being all that begins so. Immutable. */
final class Grants {
    /** What code may be given to work with, without being given what it could do harm to. */
    static final List<String> MEANS = List.of("reflection", "class-loading", "threads");

    private final List<String> granted;

    private Grants(List<String> granted) {
        this.granted = List.copyOf(granted);
    }

    /** The means that all share and those of the attack, with the places of its scene, but not its target. */
    static Grants means(AttackFacts attack, Map<String, Object> scene) {
        List<String> granted = new ArrayList<>(MEANS);
        for (String means : attack.with()) {
            granted.add(filled(means, scene));
        }
        granted.removeIf(permission -> permission.equals(attack.target()));
        return new Grants(granted);
    }

    private static String filled(String permission, Map<String, Object> scene) {
        String filled = permission;
        for (String name : List.of("granted", "folder", "frontPort")) {
            filled = filled.replace("{" + name + "}", String.valueOf(scene.get(name)));
        }
        return filled;
    }

    boolean allow(String permission, String scope) {
        String wanted = scope.isEmpty() ? permission : permission + ":" + scope;
        return granted.stream().anyMatch(grant -> covers(grant, permission, wanted));
    }

    private static boolean covers(String grant, String permission, String wanted) {
        if (grant.equals(permission) || grant.equals(wanted)) {
            return true;
        }
        return grant.endsWith("/**") && wanted.startsWith(grant.substring(0, grant.length() - 2));
    }

    /** Where a path really is, so that a grant names the place that the guard names. */
    static String real(Path folder) throws java.io.IOException {
        return folder.toRealPath().toString();
    }
}
