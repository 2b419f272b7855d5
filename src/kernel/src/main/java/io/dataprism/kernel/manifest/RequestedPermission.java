package io.dataprism.kernel.manifest;

/**
 * A permission that the plugin asks for.
 *
 * @param permission {@code <name>} or {@code <name>:<scope>}, for example {@code network-access:https://api.example.com:443}
 * @param reason why, in the author's words, shown to whoever is asked to grant it
 * @param required whether the plugin does not start until it is granted
 */
public record RequestedPermission(String permission, String reason, boolean required) {

    /** One that the plugin runs without. */
    public RequestedPermission(String permission, String reason) {
        this(permission, reason, false);
    }

    /** The part before the first colon. */
    public String name() {
        int colon = permission.indexOf(':');
        return colon < 0 ? permission : permission.substring(0, colon);
    }
}
