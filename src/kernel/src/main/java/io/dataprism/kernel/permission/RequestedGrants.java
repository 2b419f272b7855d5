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
 * @param grants what it is given
 */
public record RequestedGrants(String plugin, List<Permission> requests, List<Permission> grants) {

    /** By its place, what is to be said of each grant that no request asks for: it does nothing, which is worth knowing. */
    public Map<Integer, String> idle() {
        Map<Integer, String> idle = new TreeMap<>();
        for (int i = 0; i < grants.size(); i++) {
            Permission grant = grants.get(i);
            if (requests.stream().noneMatch(request -> overlap(request, grant))) {
                idle.put(
                        i,
                        "Plugin '" + plugin + "' does not request " + grant
                                + ", so the grant does nothing. It requests "
                                + (requests.isEmpty() ? "nothing" : list(requests)) + ".");
            }
        }
        return idle;
    }

    /** What is to be said of the requests that no grant answers: the plugin will be denied them, which may be meant. */
    public Optional<String> missing() {
        List<Permission> missing = requests.stream()
                .filter(request -> grants.stream().noneMatch(grant -> overlap(request, grant)))
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("Plugin '" + plugin + "' requests " + list(missing)
                        + ", which nothing grants here, so it will be denied that. Grant it, unless that is meant.");
    }

    private static String list(List<Permission> permissions) {
        return permissions.stream().map(Permission::toString).collect(Collectors.joining(", "));
    }

    private static boolean overlap(Permission request, Permission grant) {
        return request.covers(grant) || grant.covers(request);
    }
}
