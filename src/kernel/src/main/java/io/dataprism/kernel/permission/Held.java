package io.dataprism.kernel.permission;

/** What stops a plugin that was not granted a permission, today. */
public enum Held {
    /** There is no way around it but the permissions that amount to full trust, and the JDK's own classes. */
    BY_THE_KERNEL("by the kernel"),
    /** What the kernel offers asks for it; the JDK's own classes can be used past that. */
    AT_THE_FACADES("at the facades"),
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
