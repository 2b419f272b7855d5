package io.dataprism.kernel.traffic;

import io.dataprism.api.PluginException;
import java.util.Set;

/**
 * What somebody wants to see. Patterns are of addresses and labels: {@code *} is any text without dot and colon, {@code **} any text.
 *
 * @param pattern of where messages go: {@code weather.**}, {@code plugin:tables:*}, {@code channel:**}
 * @param kinds which kinds; all of them when empty
 * @param from of who sends, for example {@code charts} or {@code user:*}
 * @param to of who receives: a plugin's id, or another label; messages whose receiver is not known yet go by their address
 * @param failuresOnly only what was refused, failed, lost or dropped
 * @param oneOf of what matches, every how many-th; 1 for each
 * @param body whether bodies are shown, with what is sensitive masked
 */
public record WatchOptions(
        String pattern, Set<Kind> kinds, String from, String to, boolean failuresOnly, int oneOf, boolean body) {
    /** Everything, without bodies. */
    public static final WatchOptions ALL = new WatchOptions("**", Set.of(), "**", "**", false, 1, false);

    public WatchOptions {
        kinds = Set.copyOf(kinds);
        if (oneOf < 1) {
            throw new PluginException(
                    "DP-0450",
                    "A sample is one message of 1 or more, but is one of " + oneOf + ". Write for example 1/100.");
        }
    }

    public WatchOptions withPattern(String wanted) {
        return new WatchOptions(wanted, kinds, from, to, failuresOnly, oneOf, body);
    }

    public WatchOptions withKinds(Set<Kind> wanted) {
        return new WatchOptions(pattern, wanted, from, to, failuresOnly, oneOf, body);
    }

    public WatchOptions withParties(String sender, String receiver) {
        return new WatchOptions(pattern, kinds, sender, receiver, failuresOnly, oneOf, body);
    }

    public WatchOptions withFailuresOnly(boolean only) {
        return new WatchOptions(pattern, kinds, from, to, only, oneOf, body);
    }

    public WatchOptions withOneOf(int many) {
        return new WatchOptions(pattern, kinds, from, to, failuresOnly, many, body);
    }

    public WatchOptions withBody(boolean shown) {
        return new WatchOptions(pattern, kinds, from, to, failuresOnly, oneOf, shown);
    }
}
