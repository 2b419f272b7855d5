package io.dataprism.attacks.host;

/** Under what an attack runs. */
public enum Column {
    /** Nothing holds it: each attack must succeed here, or it shows nothing. */
    NO_SANDBOX("no sandbox"),
    /** The loader's layer, and no permission. */
    NOTHING_GRANTED("loader, nothing granted"),
    /** The loader's layer, with each permission for means that the attack may use, but not the one for what it is after. */
    MEANS_GRANTED("loader, means granted");

    private final String title;

    Column(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    public boolean isSandboxed() {
        return this != NO_SANDBOX;
    }
}
