package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;

/** The form of topics and patterns, and how they match. */
final class Topic {
    private static final int LONGEST = 512;

    private Topic() {}

    /** @throws PluginException {@code DP-0406} for anything but a dotted name */
    static void check(String topic) {
        if (topic.length() > LONGEST || topic.isEmpty()) {
            throw invalid(topic, "it has " + topic.length() + " characters; 1 to " + LONGEST + " are allowed");
        }
        char before = '.';
        for (int i = 0; i < topic.length(); i++) {
            char c = topic.charAt(i);
            if (c == '.' && before == '.') {
                throw invalid(topic, "it has an empty word at character " + i);
            }
            if (c != '.' && !isWordCharacter(c)) {
                throw invalid(
                        topic,
                        c == '*'
                                ? "wildcards are for subscribing only"
                                : "character " + i + " is no letter, digit, hyphen or underscore");
            }
            before = c;
        }
        if (before == '.') {
            throw invalid(topic, "it ends in a dot");
        }
    }

    /** The same for a pattern, where a word may be {@code *} and the last one {@code **}. */
    static void checkPattern(String pattern) {
        if (!isPattern(pattern)) {
            check(pattern);
            return;
        }
        if (pattern.length() > LONGEST) {
            throw invalid(pattern.substring(0, LONGEST), "it is longer than " + LONGEST + " characters");
        }
        String[] words = pattern.split("\\.", -1);
        for (int i = 0; i < words.length; i++) {
            boolean rest = words[i].equals("**");
            if (rest && i < words.length - 1) {
                throw invalid(pattern, "'**' may only stand at the end");
            }
            if (!rest && !words[i].equals("*")) {
                check(words[i]);
            }
        }
    }

    /** Whether only a kernel, its host and its operator may publish it: what a node tells of itself and its plugins. */
    static boolean isKernels(String topic) {
        return topic.startsWith("kernel.") || topic.startsWith("plugin.");
    }

    /**
     * What the kernel says of itself and of plugins, nobody else can say, whatever was granted.
     *
     * @throws PluginException {@code DP-0412} where a plugin or a user publishes to such a topic
     */
    static void requireOpen(Caller publisher, String topic) {
        boolean foreign = publisher.kind() == Caller.Kind.PLUGIN || publisher.kind() == Caller.Kind.USER;
        if (foreign && isKernels(topic)) {
            throw new PluginException(
                    "DP-0412",
                    publisher + " may not publish to '" + topic
                            + "': topics that begin with 'kernel.' or 'plugin.' are the kernel's own. Use another first word,"
                            + " such as the plugin's id.");
        }
    }

    static boolean isPattern(String text) {
        return text.indexOf('*') >= 0;
    }

    /** Whether {@code topic} is one that the words of a pattern mean. */
    static boolean matches(String[] pattern, String topic) {
        int from = 0;
        for (int i = 0; i < pattern.length; i++) {
            if (from > topic.length()) {
                return false;
            }
            if (pattern[i].equals("**")) {
                return true;
            }
            int dot = topic.indexOf('.', from);
            int end = dot < 0 ? topic.length() : dot;
            if (!pattern[i].equals("*") && !(pattern[i].length() == end - from && topic.startsWith(pattern[i], from))) {
                return false;
            }
            from = end + 1;
        }
        return from > topic.length();
    }

    private static boolean isWordCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static PluginException invalid(String topic, String why) {
        return new PluginException(
                "DP-0406",
                "Topic '" + PluginException.excerpt(topic) + "' is not valid: " + why
                        + ". Use words joined by dots, such as 'weather.update'.");
    }
}
