package io.dataprism.kernel.permission;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.text.NearNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of things that take a permission. All are refused unless granted. */
public enum PermissionName {
    /** {@code <scheme>://<host>:<port>}. */
    NETWORK_ACCESS(Scope.ORIGIN),
    DOM_ACCESS(Scope.NONE),
    STORAGE_ACCESS(Scope.NONE),
    /** {@code read:<path>} or {@code write:<path>}, {@code *} for one folder or file name, {@code **} for any depth. */
    FILE_ACCESS(Scope.FILE),
    CAMERA_ACCESS(Scope.NONE),
    MICROPHONE_ACCESS(Scope.NONE),
    /** A topic or pattern. */
    EVENT_PUBLISH(Scope.TOPIC),
    /** A topic or pattern. */
    EVENT_SUBSCRIBE(Scope.TOPIC),
    /** A channel's name. */
    CHANNEL(Scope.TOPIC),
    /** {@code <plugin>:<capability>}. */
    CALL(Scope.CALL),
    /** Plain Vert.x: whoever has it is trusted wholly. */
    VERTX_ACCESS(Scope.NONE);

    /** The forms of scopes. */
    enum Scope {
        NONE,
        ORIGIN,
        FILE,
        TOPIC,
        CALL
    }

    private final Scope form;
    private final String label;

    PermissionName(Scope form) {
        this.form = form;
        this.label = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As written in manifests and conf, for example {@code network-access}. */
    public String label() {
        return label;
    }

    Scope form() {
        return form;
    }

    static PermissionName of(String label) {
        for (PermissionName name : values()) {
            if (name.label.equals(label)) {
                return name;
            }
        }
        List<String> known = Arrays.stream(values()).map(PermissionName::label).toList();
        throw new PluginException(
                "DP-0502",
                "Unknown permission '" + PluginException.excerpt(label) + "'. "
                        + NearNames.nearest(label, known)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElseGet(() -> "Known are " + String.join(", ", known) + "."));
    }

    void checkScope(String text, String scope) {
        ScopeForm.problem(form, text, scope).ifPresent(problem -> {
            throw new PluginException(
                    "DP-0503", "Permission '" + PluginException.excerpt(text) + "' is not valid: " + problem);
        });
    }
}
