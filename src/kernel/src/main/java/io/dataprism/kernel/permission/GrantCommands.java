package io.dataprism.kernel.permission;

import io.dataprism.api.Caller;

/** What an operator types, or writes into conf, to grant something and to take it back. */
public final class GrantCommands {
    /** By whom what conf says is granted. */
    public static final String CONF = "conf";

    private GrantCommands() {}

    /** The command that grants {@code permission} to {@code caller}. */
    public static String add(Caller caller, Permission permission) {
        return command("add", caller, PermissionRule.grants(permission));
    }

    /** The command that takes {@code rule} back. */
    public static String revoke(Caller caller, PermissionRule rule) {
        return command("revoke", caller, rule);
    }

    /** What to do to grant {@code permission}, in a sentence. */
    public static String remedy(Caller caller, Permission permission) {
        String conf = line(permission) + "  under  " + place(caller) + ".";
        return caller.kind() == Caller.Kind.PLUGIN
                ? "Grant it with  " + add(caller, permission) + "  or add  " + conf
                : "Add  " + conf;
    }

    /** What grants {@code permission}, as an entry of a list in conf. */
    public static String line(Permission permission) {
        return "- '" + permission + "'";
    }

    /** The list in conf in which that stands. */
    public static String place(Caller caller) {
        return caller.kind() == Caller.Kind.PLUGIN
                ? "plugins." + caller.name() + ".grants  in conf/kernel.yaml"
                : "grants  of the user's entry in  gateway.tokens  in conf/kernel.yaml";
    }

    /** A shell leaves what stands in single quotes as it is; a name that holds one itself can't be granted anything. */
    private static String command(String verb, Caller caller, PermissionRule rule) {
        return "./dataprism grants " + verb + " " + caller.label() + " '"
                + rule.toString().replace("'", "'\\''") + "'";
    }
}
