package io.dataprism.gateway;

import io.dataprism.api.PluginId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address that a client may name. Everything else is refused before the kernel hears of it. */
sealed interface Address {

    /** {@code plugin:<id>:<capability>}. */
    record Capability(String plugin, String capability) implements Address {}

    /** {@code event:<topic or pattern>}. */
    record Topic(String pattern) implements Address {}

    /** {@code channel:<name>:<participant>}. */
    record Participant(String channel, String participant) implements Address {
        /** Stands for all participants in a publish. */
        static final String EVERYBODY = "*";
    }

    /** {@code stream:<name>}: of the client's own making, where the items of a stream come. */
    record Stream(String name) implements Address {}

    /** {@code reply:<id>}: given out by this gateway with a request to the client. */
    record Reply(String id) implements Address {
        static final String PREFIX = "reply:";
    }

    /** No address of the kernel is longer. */
    int LONGEST = 256;

    Pattern WORD = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]{0,63}");
    Pattern TOPIC = Pattern.compile("[A-Za-z0-9_*-]+(\\.[A-Za-z0-9_*-]+)*");
    Pattern CHANNEL = Pattern.compile("([a-z0-9]+(?:[.-][a-z0-9]+)*):(\\*|[a-z][a-z0-9-]*|user:[a-z0-9._@-]+)");

    /** The address that {@code text} is; empty when a client may not use it. */
    static Optional<Address> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || text.length() > LONGEST) {
            return Optional.empty();
        }
        String rest = text.substring(colon + 1);
        return switch (text.substring(0, colon)) {
            case "plugin" -> capability(rest);
            case "event" -> TOPIC.matcher(rest).matches() ? Optional.of(new Topic(rest)) : Optional.empty();
            case "channel" -> participant(rest);
            case "stream" -> WORD.matcher(rest).matches() ? Optional.of(new Stream(rest)) : Optional.empty();
            case "reply" -> Optional.of(new Reply(rest));
            default -> Optional.empty();
        };
    }

    private static Optional<Address> capability(String rest) {
        int colon = rest.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String plugin = rest.substring(0, colon);
        String capability = rest.substring(colon + 1);
        return PluginId.isValid(plugin) && WORD.matcher(capability).matches()
                ? Optional.of(new Capability(plugin, capability))
                : Optional.empty();
    }

    private static Optional<Address> participant(String rest) {
        Matcher matcher = CHANNEL.matcher(rest);
        return matcher.matches() ? Optional.of(new Participant(matcher.group(1), matcher.group(2))) : Optional.empty();
    }
}
