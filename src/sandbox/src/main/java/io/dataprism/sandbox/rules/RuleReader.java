package io.dataprism.sandbox.rules;

import io.dataprism.api.PluginException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a rule table. Its form, line by line; what follows {@code #} at a line's begin is for people:
 *
 * <pre>
 * permission NAME  WORDS          a permission that rules may take, and what it lets a plugin do
 * open PERMISSION:SCOPE  WHY      what everybody may do
 * class TYPE                      what follows is about this type; java.awt.* are a package's types, java.awt.** those below it, too
 * class TYPE since 22             the type is there from Java 22 on; 'before 24': until 23
 *   MEMBER  OUTCOME               a method, all methods of a name, &lt;init&gt;, * for the rest, &lt;extends&gt; for subtypes
 *   MEMBER since 21  OUTCOME
 * </pre>
 *
 * A member's parameters are types without their packages: {@code copy(Path,Path,CopyOption[])}. Two blanks or more end it. Outcomes: {@code
 * harmless: WHY}, {@code invisible: WHY}, {@code means TEMPLATE}, {@code reaches {this} {0}}, or permissions with the scope's template, joined by {@code ;}, behind {@code
 * blind} where what it reaches can't be told, and before that {@code unless own {0}:} and the like where they are not always taken, see {@link Exemption}.
 */
final class RuleReader {
    private static final Pattern PERMISSION = Pattern.compile("permission ([a-z-]+) {2,}(\\S.*)");
    private static final Pattern OPEN = Pattern.compile("open ([a-z-]+:\\S+) {2,}(\\S.*)");
    private static final Pattern TYPE =
            Pattern.compile("class ([\\w.$]+?(?:\\.\\*{1,2})?)((?: since \\d+)?(?: before \\d+)?)");
    private static final Pattern MEMBER = Pattern.compile(
            "\\s+(\\*|<extends>|(?:<init>|[\\w$]+)(?:\\(([\\w$,\\[\\]]*)\\))?)((?: since \\d+)?(?: before \\d+)?) {2,}(\\S.*)");
    private static final Pattern RELEASE = Pattern.compile("(since|before) (\\d+)");
    private static final Pattern REACHES = Pattern.compile("reaches \\{(?:this|\\d)}(?: \\{(?:this|\\d)})*");
    private static final Pattern DEMAND = Pattern.compile("[a-z-]+(?::\\S+)?");

    private final String file;
    private final Map<String, String> permissions = new LinkedHashMap<>();
    private final Map<String, String> open = new LinkedHashMap<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private String type = "";
    private Releases ofType = Releases.ALL;

    private RuleReader(String file) {
        this.file = file;
    }

    /**
     * Read a table.
     *
     * @param file its name, for problems
     * @throws PluginException {@code DP-0270} with everything that is wrong with it, a line each
     */
    static RuleTable read(String file, String text) {
        RuleReader reader = new RuleReader(file);
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            reader.line(i + 1, lines[i].stripTrailing());
        }
        if (!reader.problems.isEmpty()) {
            throw new PluginException("DP-0270", String.join(System.lineSeparator(), reader.problems));
        }
        return new RuleTable(reader.permissions, reader.open, reader.rules);
    }

    private void line(int number, String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        // What a line begins with tells its kind: to try each form takes a third of a start's time with the table.
        Matcher matcher = (line.startsWith("permission ")
                        ? PERMISSION
                        : line.startsWith("class ") ? TYPE : line.startsWith("open ") ? OPEN : MEMBER)
                .matcher(line);
        boolean matches = matcher.matches();
        if (matches && matcher.pattern() == PERMISSION) {
            permission(number, matcher.group(1), matcher.group(2));
        } else if (matches && matcher.pattern() == OPEN) {
            open(number, matcher.group(1), matcher.group(2));
        } else if (matches && matcher.pattern() == TYPE) {
            type = matcher.group(1);
            ofType = releases(matcher.group(2));
        } else if (matches) {
            member(number, matcher);
        } else {
            problem(
                    number,
                    "'" + PluginException.excerpt(line.strip())
                            + "' is no line of a rule table: expected 'permission NAME  WORDS', 'open PERMISSION:SCOPE  WHY', 'class TYPE', or, behind blanks,"
                            + " 'MEMBER  OUTCOME' with two blanks between.");
        }
    }

    private void permission(int line, String name, String meaning) {
        if (permissions.putIfAbsent(name, meaning) != null) {
            problem(line, "Permission '" + name + "' is there twice: expected once. Remove one.");
        }
    }

    private void open(int line, String permission, String why) {
        if (isKnown(line, Demand.parse(permission)) && open.putIfAbsent(permission, why) != null) {
            problem(line, "'" + permission + "' is open twice: expected once. Remove one.");
        }
    }

    private static Releases releases(String text) {
        Releases releases = Releases.ALL;
        if (text.isEmpty()) {
            return releases;
        }
        Matcher matcher = RELEASE.matcher(text);
        while (matcher.find()) {
            int feature = Integer.parseInt(matcher.group(2));
            releases = releases.and(
                    matcher.group(1).equals("since")
                            ? new Releases(feature, Integer.MAX_VALUE)
                            : new Releases(0, feature));
        }
        return releases;
    }

    private void member(int line, Matcher matcher) {
        if (type.isEmpty()) {
            problem(line, "A member stands before any 'class TYPE': expected one above it.");
            return;
        }
        String written = matcher.group(1);
        int bracket = written.indexOf('(');
        String name = bracket < 0 ? written : written.substring(0, bracket);
        Optional<String> parameters = Optional.ofNullable(matcher.group(2));
        outcome(line, matcher.group(4)).ifPresent(outcome -> {
            Rule rule = new Rule(type, name, parameters, outcome, ofType.and(releases(matcher.group(3))), line);
            if (rule.ofPackage() && !name.equals(Rule.ANY)) {
                problem(line, "A package's rule names '" + name + "': expected '*'. Name the type, or write '*'.");
            } else {
                add(rule);
            }
        });
    }

    private void add(Rule rule) {
        Integer earlier = seen.putIfAbsent(rule.type() + " " + rule.key(), rule.line());
        if (earlier == null) {
            rules.add(rule);
        } else {
            problem(
                    rule.line(),
                    "A rule for '" + rule.type() + " " + rule.key() + "' stands in line " + earlier
                            + " already: expected one. Remove one of them.");
        }
    }

    private Optional<Outcome> outcome(int line, String text) {
        if (text.startsWith("harmless: ")) {
            return Optional.of(new Outcome.Harmless(text.substring(10).strip()));
        }
        if (text.startsWith("invisible: ")) {
            return Optional.of(new Outcome.Invisible(text.substring(11).strip()));
        }
        if (text.startsWith("means ")) {
            return Optional.of(new Outcome.Means(text.substring(6).strip()));
        }
        if (REACHES.matcher(text).matches()) {
            return Optional.of(
                    new Outcome.Reaches(Arrays.stream(text.substring(8).split(" "))
                            .map(Demand::number)
                            .toList()));
        }
        Optional<Matcher> unless = Exemption.match(text);
        Optional<Exemption> exemption = unless.map(Exemption::of);
        if (exemption.filter(each -> !each.isWhole()).isPresent()) {
            problem(
                    line,
                    "'" + exemption.get()
                            + "' can't be told: expected 'unless own {0}', 'unless plain {0}', 'unless reachable {0}', 'unless free {0} {1}' or 'unless agent'.");
            return Optional.empty();
        }
        String taken = unless.map(matched -> matched.group(3)).orElse(text);
        boolean blind = taken.startsWith("blind ");
        List<Demand> demands = new ArrayList<>();
        for (String part : (blind ? taken.substring(6) : taken).split(";", -1)) {
            String written = part.strip();
            if (isDemand(line, written)) {
                Demand demand = Demand.parse(written);
                if (isKnown(line, demand)) {
                    demands.add(demand);
                }
            }
        }
        return demands.isEmpty() ? Optional.empty() : Optional.of(new Outcome.Demands(demands, blind, exemption));
    }

    private boolean isDemand(int line, String text) {
        boolean matches = DEMAND.matcher(text).matches();
        if (!matches) {
            problem(
                    line,
                    "'" + PluginException.excerpt(text)
                            + "' is no outcome: expected 'harmless: WHY', 'invisible: WHY', 'means TEMPLATE', or permissions such as"
                            + " 'file-access:read:{0}', joined by ';'.");
        }
        return matches;
    }

    private boolean isKnown(int line, Demand demand) {
        boolean known = permissions.containsKey(demand.permission());
        if (!known) {
            problem(
                    line,
                    "Permission '" + demand.permission() + "' is unknown: expected one of "
                            + String.join(", ", permissions.keySet())
                            + ". Correct it, or add a line 'permission " + demand.permission() + "  WORDS' above.");
        }
        return known;
    }

    private void problem(int line, String text) {
        problems.add(file + ":" + line + ": " + text);
    }
}
