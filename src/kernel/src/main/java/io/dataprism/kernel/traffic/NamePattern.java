package io.dataprism.kernel.traffic;

import io.dataprism.api.PluginException;
import java.util.regex.Pattern;

/**
 * A pattern of addresses and labels: {@code *} is any text without a dot or colon, {@code **} any text. A pattern without a colon is held against
 * what follows an address's scheme, too: {@code weather.**} means {@code event:weather.**}.
 */
final class NamePattern {
    private static final int LONGEST = 512;
    private static final int MOST_STARS = 8;

    private final boolean everything;
    private final boolean named;
    private final Pattern pattern;

    NamePattern(String text) {
        long stars = text.chars().filter(letter -> letter == '*').count();
        if (text.isEmpty() || text.length() > LONGEST || stars > MOST_STARS) {
            throw new PluginException(
                    "DP-0450",
                    "A pattern of messages has 1 to " + LONGEST + " characters and at most " + MOST_STARS
                            + " stars, but this one has " + text.length() + " and " + stars
                            + ". Write '**' for everything, or for example 'weather.**' or 'plugin:tables:*'.");
        }
        this.everything = text.equals("**");
        this.named = text.indexOf(':') < 0;
        this.pattern = Pattern.compile(regex(text), Pattern.DOTALL);
    }

    private static String regex(String text) {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int star = text.indexOf('*', at);
            if (star < 0) {
                return regex.append(Pattern.quote(text.substring(at))).toString();
            }
            if (star > at) {
                regex.append(Pattern.quote(text.substring(at, star)));
            }
            int end = star;
            while (end < text.length() && text.charAt(end) == '*') {
                end++;
            }
            regex.append(end - star > 1 ? ".*" : "[^.:]*");
            at = end;
        }
        return regex.toString();
    }

    boolean matches(String name) {
        if (everything || pattern.matcher(name).matches()) {
            return true;
        }
        int colon = name.indexOf(':');
        return named && colon >= 0 && pattern.matcher(name.substring(colon + 1)).matches();
    }
}
