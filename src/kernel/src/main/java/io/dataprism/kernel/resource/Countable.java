package io.dataprism.kernel.resource;

/** What plugins have or do that is counted, and of which each may have so many: beside processor time and bytes. */
public enum Countable {
    TIMERS(0, "timers", 10_000, 10_000_000, "timers that wait"),
    SUBSCRIPTIONS(1, "subscriptions", 10_000, 1_000_000, "subscriptions to topics"),
    CHANNELS(2, "channels", 1_000, 1_000_000, "channels that it takes part in"),
    FILES(3, "files", 64, 100_000, "files open as streams"),
    REQUESTS(4, "requests", 1_000, 100_000, "HTTP requests under way"),
    SESSIONS(5, "sessions", 16, 10_000, "sessions with databases"),
    LINES(6, "lines", 1_000, 1_000_000, "lines of each level that it logs in a minute"),
    /** Processor time and full mailboxes hold back who sends; so there is no further limit until somebody says one. */
    MESSAGES(
            7,
            "messages",
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            "events, calls and channel messages that it sends in a second");

    private final int place;
    private final String key;
    private final int usual;
    private final int most;
    private final String about;

    Countable(int place, String key, int usual, int most, String about) {
        this.place = place;
        this.key = key;
        this.usual = usual;
        this.most = most;
        this.about = about;
    }

    /** Among all, from 0. */
    int place() {
        return place;
    }

    /** As it is called in manifests and configuration. */
    public String key() {
        return key;
    }

    /** How many each plugin may have, where nobody says anything. */
    public int usual() {
        return usual;
    }

    /** More than that can't be allowed. */
    public int most() {
        return most;
    }

    /** In a few words. */
    public String about() {
        return about;
    }
}
