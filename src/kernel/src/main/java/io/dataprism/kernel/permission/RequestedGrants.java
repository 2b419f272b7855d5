package io.dataprism.kernel.permission;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a plugin is granted, held against what its manifest requests.
 *
 * @param plugin its id
 * @param requests what its manifest asks for
 * @param grants what it is given, and what it is denied
 */
public record RequestedGrants(String plugin, List<Permission> requests, List<PermissionRule> grants) {

    /** By its place, what is to be said of each grant or denial that no request asks for: it does nothing, which is worth knowing. */
    public Map<Integer, String> idle() {
        Map<Integer, String> idle = new TreeMap<>();
        for (int i = 0; i < grants.size(); i++) {
            PermissionRule rule = grants.get(i);
            if (requests.stream().noneMatch(request -> request.overlaps(rule.permission()))) {
                idle.put(
                        i,
                        "Plugin '" + plugin + "' does not request " + rule.permission() + ", so the "
                                + (rule.denies() ? "denial" : "grant") + " does nothing. It requests "
                                + (requests.isEmpty() ? "nothing" : list(requests)) + ".");
            }
        }
        return idle;
    }

    /** What is to be said of the requests that no grant answers: the plugin will be denied them, which may be meant. */
    public Optional<String> missing() {
        List<Permission> missing =
                requests.stream().filter(request -> !isAnswered(request)).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("Plugin '" + plugin + "' requests " + list(missing)
                        + ", which nothing grants here, so it will be denied that. Grant it, unless that is meant.");
    }

    /** Granted, in part at least, or denied as a whole, which somebody meant. */
    private boolean isAnswered(Permission request) {
        return grants.stream()
                .anyMatch(rule -> rule.denies()
                        ? rule.permission().covers(request)
                        : rule.permission().overlaps(request));
    }

    /** By its place, what is to be said of each grant with which the plugin needs no other. */
    public Map<Integer, String> trust() {
        Map<Integer, String> trust = new TreeMap<>();
        for (int i = 0; i < grants.size(); i++) {
            PermissionName name = grants.get(i).permission().name();
            if (name.isFullTrust() && !grants.get(i).denies()) {
                trust.put(
                        i,
                        "Plugin '" + plugin + "' is trusted wholly: " + grants.get(i) + " lets it " + name.lets()
                                + ". With that its other permissions mean nothing. Remove it, unless that is meant.");
            }
        }
        return trust;
    }

    private static String list(List<Permission> permissions) {
        return permissions.stream().map(Permission::toString).collect(Collectors.joining(", "));
    }
}
