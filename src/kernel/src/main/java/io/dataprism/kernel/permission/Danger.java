package io.dataprism.kernel.permission;

/** How much harm a plugin can do with a permission. */
public enum Danger {
    /** It can waste a little, or be seen. */
    LOW("low"),
    /** It can disturb others, or learn what was not meant for it. */
    MODERATE("moderate"),
    /** It can take, change or destroy what is worth something. Give it for as little as will do. */
    HIGH("high"),
    /** With it the other permissions mean nothing: a plugin that has it can do whatever the node's process can. */
    FULL_TRUST("full trust");

    private final String label;

    Danger(String label) {
        this.label = label;
    }

    /** In words, for example {@code full trust}. */
    public String label() {
        return label;
    }

    /** The same for a reader who does not know the levels, for example {@code danger: high}. */
    public String text() {
        return this == FULL_TRUST ? "full trust: with that its other permissions mean nothing" : "danger: " + label;
    }
}
