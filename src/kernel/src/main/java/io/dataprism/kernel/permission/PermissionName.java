package io.dataprism.kernel.permission;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.text.NearNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The kinds of things that take a permission. All are refused unless granted. The forms of their scopes, and what holds them, are written down in
 * {@code docs/permissions.md}, where a test keeps them the same as here.
 */
public enum PermissionName {
    NETWORK_ACCESS(
            Scope.ORIGIN, Danger.HIGH, Held.AT_THE_FACADES, "connect to other machines and exchange data with them"),
    DOM_ACCESS(Scope.NONE, Danger.MODERATE, Held.NOT_YET, "read and change the web page in which its panel is shown"),
    STORAGE_ACCESS(Scope.NONE, Danger.LOW, Held.BY_THE_KERNEL, "keep data of its own on the node"),
    FILE_ACCESS(
            Scope.FILE,
            Danger.HIGH,
            Held.AT_THE_FACADES,
            "read, or create, change and delete, files outside its own work folder"),
    CAMERA_ACCESS(Scope.NONE, Danger.HIGH, Held.NOT_YET, "see through the camera of whoever opens its panel"),
    MICROPHONE_ACCESS(
            Scope.NONE,
            Danger.HIGH,
            Held.BEFORE_CALLS,
            "listen through the microphone of the node, or of whoever opens its panel"),
    SCREEN_ACCESS(
            Scope.NONE, Danger.HIGH, Held.BEFORE_CALLS, "see what the node's screen shows, and type and click there"),
    CLIPBOARD_ACCESS(
            Scope.ACCESS, Danger.MODERATE, Held.BEFORE_CALLS, "read or replace what lies on the node's clipboard"),
    PRINTER_ACCESS(Scope.NONE, Danger.LOW, Held.BEFORE_CALLS, "print on the node's printers"),
    DESKTOP_ACCESS(
            Scope.NONE,
            Danger.HIGH,
            Held.BEFORE_CALLS,
            "open files, web pages and mails with the programs of the node's user"),
    EVENT_PUBLISH(Scope.TOPIC, Danger.LOW, Held.BY_THE_KERNEL, "tell whoever subscribes that something happened"),
    EVENT_SUBSCRIBE(Scope.TOPIC, Danger.MODERATE, Held.BY_THE_KERNEL, "hear what others publish"),
    CHANNEL(
            Scope.TOPIC,
            Danger.MODERATE,
            Held.BY_THE_KERNEL,
            "make closed conversations, and join those that admit it"),
    CALL(Scope.CALL, Danger.MODERATE, Held.BY_THE_KERNEL, "have other plugins work for it, with what those may do"),
    HTTP_SERVE(Scope.ROUTE, Danger.MODERATE, Held.NOT_YET, "answer HTTP requests that reach the node"),
    THREADS(
            Scope.NONE,
            Danger.MODERATE,
            Held.BEFORE_CALLS,
            "start threads of its own, beside those that the kernel gives it"),
    PROCESS_START(Scope.PATH, Danger.FULL_TRUST, Held.BEFORE_CALLS, "start other programs, which no sandbox holds"),
    ENVIRONMENT(
            Scope.NAME,
            Danger.HIGH,
            Held.BEFORE_CALLS,
            "read the node's environment variables, where secrets often are"),
    SYSTEM_PROPERTIES(
            Scope.PROPERTY,
            Danger.HIGH,
            Held.BEFORE_CALLS,
            "read or change properties of the JVM, on which others rely"),
    REFLECTION(
            Scope.CLASS,
            Danger.HIGH,
            Held.BEFORE_CALLS,
            "use classes and their members by name, private ones included"),
    CLASS_LOADING(Scope.NONE, Danger.HIGH, Held.BEFORE_CALLS, "make class loaders, and define classes while it runs"),
    NATIVE_ACCESS(
            Scope.NONE,
            Danger.FULL_TRUST,
            Held.BEFORE_CALLS,
            "run native code, which can do whatever the node's process can"),
    VERTX_ACCESS(
            Scope.NONE,
            Danger.FULL_TRUST,
            Held.BY_THE_KERNEL,
            "use the node's Vertx itself: its whole event bus, its event loops, its clients and servers");

    /** The forms of scopes. */
    enum Scope {
        NONE,
        /** {@code <scheme>://<host>:<port>}. */
        ORIGIN,
        /** {@code read:<path>}, {@code write:<path>} or {@code *:<path>}. */
        FILE,
        /** A path with wildcards. */
        PATH,
        /** A topic or pattern. */
        TOPIC,
        /** A class or a pattern. */
        CLASS,
        /** {@code <plugin>:<capability>}. */
        CALL,
        /** A path below the plugin's own. */
        ROUTE,
        /** A name in which {@code *} stands for anything. */
        NAME,
        /** {@code read:<name>}, {@code write:<name>} or {@code *:<name>}. */
        PROPERTY,
        /** {@code read} or {@code write}. */
        ACCESS
    }

    private final Scope form;
    private final Danger danger;
    private final Held held;
    private final String lets;
    private final String label;

    PermissionName(Scope form, Danger danger, Held held, String lets) {
        this.form = form;
        this.danger = danger;
        this.held = held;
        this.lets = lets;
        this.label = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As written in manifests and conf, for example {@code network-access}. */
    public String label() {
        return label;
    }

    /** One of the lower 32 bits of a set of names, which is stored nowhere. */
    @SuppressWarnings("EnumOrdinal")
    long bit() {
        return 1L << ordinal();
    }

    /** How much harm it can do. */
    public Danger danger() {
        return danger;
    }

    /** Whether a plugin that has it can do whatever the node's process can, so that its other permissions mean nothing. */
    public boolean isFullTrust() {
        return danger == Danger.FULL_TRUST;
    }

    /** Whether what it allows is over when it was done: nothing goes on standing on the grant. */
    boolean isOneAct() {
        return this == EVENT_PUBLISH;
    }

    /** What stops a plugin that does not have it. */
    public Held held() {
        return held;
    }

    /** What it lets a plugin do, to stand after "lets it" or "to". */
    public String lets() {
        return lets;
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
