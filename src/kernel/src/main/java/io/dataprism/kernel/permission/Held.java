package io.dataprism.kernel.permission;

/** What stops a plugin that was not granted a permission, today. */
public enum Held {
    /** There is no way around it but the permissions that amount to full trust, and the JDK's own classes. */
    BY_THE_KERNEL("by the kernel"),
    /** What the kernel offers asks for it, and so do calls into the JDK where the node is sandboxed. */
    AT_THE_FACADES("at the facades; calls where sandboxed"),
    /** Where the node is sandboxed, it is asked for before a class of the plugin's makes a call that takes it. */
    BEFORE_CALLS("calls where sandboxed"),
    /** It can be asked for, granted and checked; nothing acts on the answer yet. */
    NOT_YET("not yet");

    private final String label;

    Held(String label) {
        this.label = label;
    }

    /** In words, for example {@code not yet}. */
    public String label() {
        return label;
    }
}
