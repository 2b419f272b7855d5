package io.dataprism.kernel.permission;

import io.dataprism.api.Caller;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Why somebody may do something, or may not.
 *
 * @param caller who
 * @param version of its plugin, where that is known; else empty
 * @param wanted what
 * @param ground what decides
 * @param grant the grant or denial that decides, where one does
 */
public record Ruling(Caller caller, String version, Permission wanted, Ground ground, Optional<Grant> grant) {

    /** What can decide, in the order in which it does. */
    public enum Ground {
        /** Host and operator may do everything. */
        EVERYTHING,
        /** It lies in the node's own data folder, which no grant opens. */
        NODE_FOLDER,
        /** The plugin's manifest does not ask for it. */
        NOT_REQUESTED,
        /** A denial has something in common with it. */
        DENIED,
        /** No grant covers it. */
        NOT_GRANTED,
        /** A grant covers it, and no denial touches it. */
        GRANTED
    }

    public boolean isAllowed() {
        return ground == Ground.EVERYTHING || ground == Ground.GRANTED;
    }

    /** Why, in one or more sentences. */
    public String text() {
        return subject() + (isAllowed() ? " may use '" : " may not use '") + wanted + "': " + why();
    }

    private String why() {
        return switch (ground) {
            case EVERYTHING -> "host and operator may do everything.";
            case NODE_FOLDER -> "it lies in the node's own data folder, which no grant opens. Use another folder.";
            case NOT_REQUESTED ->
                "its manifest does not request it. " + meaning()
                        + " Add it under 'permissions' in plugin.yaml, and grant it.";
            case DENIED -> grant.map(this::denied).orElse("");
            case NOT_GRANTED -> "it was not granted. " + meaning() + " " + GrantCommands.remedy(caller, wanted);
            case GRANTED -> grant.map(Ruling::granted).orElse("");
        };
    }

    private String denied(Grant denial) {
        boolean whole = denial.permission().covers(wanted);
        String back = denial.by().equals(GrantCommands.CONF)
                ? "remove  - '" + denial.rule() + "'  from  " + GrantCommands.place(caller)
                : "take it back with  " + GrantCommands.revoke(caller, denial.rule());
        return "'" + denial.rule() + "' denies " + (whole ? "it" : "a part of it") + ", " + origin(denial)
                + ", and a denial wins over every grant. Ask for " + (whole ? "something else" : "what it leaves")
                + ", or "
                + back + ".";
    }

    private static String granted(Grant grant) {
        return "'" + grant.rule() + "' was granted " + origin(grant) + "; it holds "
                + grant.term().text() + ".";
    }

    /** By whom, since when, and why. */
    private static String origin(Grant grant) {
        return "by " + grant.by() + " since " + grant.since().truncatedTo(ChronoUnit.SECONDS)
                + (grant.reason().isEmpty() ? "" : " (" + grant.reason() + ")");
    }

    /** What it would let it do, and how dangerous that is. */
    private String meaning() {
        return "It would let it " + wanted.name().lets() + " ("
                + wanted.name().danger().text() + ").";
    }

    private String subject() {
        return switch (caller.kind()) {
            case PLUGIN -> "Plugin '" + caller.name() + "'" + (version.isEmpty() ? "" : " " + version);
            case USER -> "User '" + caller.name() + "'";
            case OPERATOR -> "The operator";
            case HOST -> "The host application";
        };
    }
}
