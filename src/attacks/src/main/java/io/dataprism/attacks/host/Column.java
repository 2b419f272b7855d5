package io.dataprism.attacks.host;

/** Under what an attack runs. */
public enum Column {
    /** Nothing holds it: each attack must succeed here, or it shows nothing. */
    NO_SANDBOX("no sandbox", false, false, false),
    /** The loader's layer, and no permission. */
    NOTHING_GRANTED("loader, nothing granted", true, false, false),
    /** The loader's layer, with each permission for means that the attack may use, but not the one for what it is after. */
    MEANS_GRANTED("loader, means granted", true, false, true),
    /** The agent's layer, and no permission. */
    AGENT_NOTHING("agent, nothing granted", false, true, false),
    /** The agent's layer, with the permissions for means. */
    AGENT_MEANS("agent, means granted", false, true, true),
    /** Both layers, and no permission. */
    BOTH_NOTHING("both, nothing granted", true, true, false),
    /** Both layers, with the permissions for means. */
    BOTH_MEANS("both, means granted", true, true, true);

    private final String title;
    private final boolean loader;
    private final boolean agent;
    private final boolean means;

    Column(String title, boolean loader, boolean agent, boolean means) {
        this.title = title;
        this.loader = loader;
        this.agent = agent;
        this.means = means;
    }

    public String title() {
        return title;
    }

    public boolean isSandboxed() {
        return loader || agent;
    }

    boolean hasLoader() {
        return loader;
    }

    public boolean hasAgent() {
        return agent;
    }

    boolean grantsMeans() {
        return means;
    }
}
