package io.dataprism.bench.lane;

import java.security.Permission;
import java.security.Permissions;
import java.util.ArrayList;
import java.util.List;
import java.util.PropertyPermission;

/** What is asked for, among how many grants. All of it is granted. */
public enum Question {
    PLAIN("a name without scope", "threads", "threads"),
    EXACT(
            "the scope that was granted",
            "network-access:https://api.example.com:443",
            "network-access:https://api.example.com:443"),
    PATTERN(
            "a scope within a pattern",
            "network-access:https://*.example.com:443",
            "network-access:https://api.example.com:443"),
    DENIED(
            "the same, beside a denial",
            "network-access:https://*.example.com:443",
            "network-access:https://api.example.com:443");

    private final String title;
    private final String granted;
    private final String wanted;

    Question(String title, String granted, String wanted) {
        this.title = title;
        this.granted = granted;
        this.wanted = wanted;
    }

    public String title() {
        return title;
    }

    String wanted() {
        return wanted;
    }

    /** As grants are written, the one that covers what is wanted last. */
    List<String> rules(int grants) {
        List<String> rules = new ArrayList<>();
        if (this == DENIED) {
            rules.add("!network-access:https://secret.example.com:443");
        }
        for (int i = rules.size(); i < grants - 1; i++) {
            rules.add("network-access:https://host-" + i + ".example.org:443");
        }
        rules.add(granted);
        return rules;
    }

    /** Whether the JDK's SecurityManager knows the like: it has no denials. */
    public boolean hasSecurityManager() {
        return this != DENIED;
    }

    /** What is nearest to that among the JDK's permissions: those of properties, which look up no address. */
    Asked forSecurityManager(int grants) {
        Permissions held = new Permissions();
        for (int i = 0; i < grants - 1; i++) {
            held.add(new PropertyPermission("host-" + i + ".example", "read"));
        }
        return switch (this) {
            case PLAIN -> asked(held, new RuntimePermission("modifyThread"), new RuntimePermission("modifyThread"));
            case EXACT ->
                asked(
                        held,
                        new PropertyPermission("api.example", "read"),
                        new PropertyPermission("api.example", "read"));
            default ->
                asked(held, new PropertyPermission("api.*", "read"), new PropertyPermission("api.example", "read"));
        };
    }

    private static Asked asked(Permissions held, Permission last, Permission wanted) {
        held.add(last);
        return new Asked(held, wanted);
    }

    /** One permission, and what the code that needs it holds. */
    record Asked(Permissions held, Permission wanted) {}
}
