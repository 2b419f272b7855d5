package io.dataprism.kernel.registry;

import io.dataprism.api.PluginException;
import java.util.List;
import java.util.stream.Collectors;

/** No plugin of that id is installed. The message begins with {@code Plugin not found: <id>} and names near ids. */
public final class PluginNotFoundException extends PluginException {
    private static final long serialVersionUID = 1L;
    /** The code of every such failure. */
    public static final String CODE = "DP-0201";

    private final List<String> near;

    public PluginNotFoundException(String id, List<String> near) {
        super(CODE, message(id, near));
        this.near = List.copyOf(near);
    }

    /** The installed ids that were likely meant, nearest first. */
    public List<String> near() {
        return near;
    }

    private static String message(String id, List<String> near) {
        String found = "Plugin not found: " + excerpt(id) + ".";
        return near.isEmpty()
                ? found + " 'plugins list' shows what is installed; 'plugins install' adds to it."
                : found + " Did you mean "
                        + near.stream().map(name -> "'" + name + "'").collect(Collectors.joining(" or ")) + "?";
    }
}
