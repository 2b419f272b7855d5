package io.dataprism.kernel.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds of permissions whatever their scopes are, tried with every pattern over a small alphabet and held against what each of them means,
 * spelt out as the set of the things that it matches.
 */
class PermissionAlgebraTest {

    /**
     * A world of permissions.
     *
     * @param patterns all that there are
     * @param things all that can be wanted and is no pattern
     * @param means whether a pattern means a thing, told in another way than the code tells it
     */
    record World(String name, List<Permission> patterns, List<Permission> things, BiPredicate<String, String> means) {
        @Override
        public String toString() {
            return name;
        }

        /** The things that {@code pattern} means. */
        BitSet meant(Permission pattern) {
            BitSet meant = new BitSet();
            for (int i = 0; i < things.size(); i++) {
                meant.set(
                        i,
                        pattern.scope().isEmpty()
                                || means.test(pattern.scope(), things.get(i).scope()));
            }
            return meant;
        }

        /** The things that it denies: a relative path is the file that it leads to from the working folder. */
        BitSet denied(Permission pattern) {
            BitSet denied = meant(pattern);
            if (pattern.name() == PermissionName.FILE_ACCESS && pattern.scope().contains(":/")) {
                for (int i = 0; i < things.size(); i++) {
                    String absolute = things.get(i)
                            .scope()
                            .replaceFirst(":(?!/)", ":" + Path.of("").toAbsolutePath() + "/");
                    denied.set(i, means.test(pattern.scope(), absolute));
                }
            }
            return denied;
        }
    }

    static Stream<World> worlds() {
        return Stream.of(
                new World(
                        "event-subscribe",
                        permissions("event-subscribe", patterns(".", 3, true, "a", "b", "*")),
                        things("event-subscribe", sequences(".", 4, "a", "b", "c")),
                        (pattern, thing) -> fits(pattern, thing, '.')),
                new World(
                        "reflection",
                        permissions("reflection", patterns(".", 3, true, "a", "b$c", "*")),
                        things("reflection", sequences(".", 4, "a", "b$c", "d")),
                        (pattern, thing) -> fits(pattern, thing, '.')),
                new World(
                        "file-access",
                        permissions("file-access", prefixed(List.of("read:", "*:"), paths(3, "a", "*", "**", "a*"))),
                        things("file-access", prefixed(List.of("read:", "write:"), concretePaths(4, "a", "ab", "c"))),
                        PermissionAlgebraTest::fitsAccess),
                new World(
                        "call",
                        permissions("call", calls("a", "b", "a*", "*")),
                        things("call", prefixed(List.of("a:", "b:", "ab:", "c:"), List.of("a", "b", "ab", "c"))),
                        PermissionAlgebraTest::fitsCall),
                new World(
                        "network-access",
                        permissions(
                                "network-access",
                                origins(
                                        List.of("http", "https", "*"),
                                        List.of("*", "x", "a.x", "*.x", "*.a.x", "y"),
                                        List.of("", ":80", ":443", ":*"))),
                        things(
                                "network-access",
                                origins(
                                        List.of("http", "https", "ftp"),
                                        List.of("x", "a.x", "b.a.x", "b.x", "y", "ax"),
                                        List.of(":80", ":443", ":21"))),
                        PermissionAlgebraTest::fitsOrigin),
                new World(
                        "environment",
                        permissions("environment", words(3, "a", "b", "*")),
                        things("environment", words(4, "a", "b", "c")),
                        (pattern, thing) -> fits(pattern, thing, '\n')),
                new World(
                        "system-properties",
                        permissions(
                                "system-properties", prefixed(List.of("read:", "write:", "*:"), words(2, "a", "*"))),
                        things("system-properties", prefixed(List.of("read:", "write:"), words(3, "a", "c"))),
                        PermissionAlgebraTest::fitsAccess));
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void isPrintedAsItWasParsed(World world) {
        for (Permission pattern : world.patterns) {
            assertEquals(pattern, Permission.parse(pattern.toString()));
            PermissionRule denial = PermissionRule.denies(pattern);
            assertEquals(denial, PermissionRule.parse(denial.toString()));
        }
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void coversAThingWhereItMeansIt(World world) {
        for (Permission pattern : world.patterns) {
            BitSet meant = world.meant(pattern);
            BitSet denied = world.denied(pattern);
            for (int i = 0; i < world.things.size(); i++) {
                Permission thing = world.things.get(i);
                assertEquals(meant.get(i), pattern.covers(thing), () -> pattern + " covers " + thing);
                assertEquals(denied.get(i), pattern.overlaps(thing), () -> pattern + " overlaps " + thing);
            }
        }
    }

    /** What a pattern covers has no thing that it does not mean; what has a thing in common overlaps. */
    @ParameterizedTest
    @MethodSource("worlds")
    void answersOnPatternsAreSound(World world) {
        List<BitSet> meant = world.patterns.stream().map(world::meant).toList();
        for (int i = 0; i < meant.size(); i++) {
            for (int j = 0; j < meant.size(); j++) {
                Permission one = world.patterns.get(i);
                Permission other = world.patterns.get(j);
                BitSet more = (BitSet) meant.get(j).clone();
                more.andNot(meant.get(i));
                if (one.covers(other)) {
                    assertTrue(more.isEmpty(), () -> one + " covers " + other);
                }
                if (meant.get(i).intersects(meant.get(j))) {
                    assertTrue(one.overlaps(other), () -> one + " overlaps " + other);
                } else if (sameRoot(one, other)) {
                    assertTrue(!one.overlaps(other), () -> one + " has nothing in common with " + other);
                }
                assertEquals(one.overlaps(other), other.overlaps(one), () -> one + " and " + other);
            }
        }
    }

    /** A relative path and an absolute one may be the same file. */
    private static boolean sameRoot(Permission one, Permission other) {
        return one.name() != PermissionName.FILE_ACCESS
                || one.scope().contains(":/") == other.scope().contains(":/");
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void coversIsReflexiveAndTransitive(World world) {
        List<BitSet> covers = new ArrayList<>();
        for (Permission one : world.patterns) {
            BitSet row = new BitSet();
            for (int i = 0; i < world.patterns.size(); i++) {
                row.set(i, one.covers(world.patterns.get(i)));
            }
            covers.add(row);
        }
        for (int i = 0; i < covers.size(); i++) {
            Permission one = world.patterns.get(i);
            assertTrue(one.covers(one), one.toString());
            for (int j = covers.get(i).nextSetBit(0); j >= 0; j = covers.get(i).nextSetBit(j + 1)) {
                BitSet beyond = (BitSet) covers.get(j).clone();
                beyond.andNot(covers.get(i));
                if (!beyond.isEmpty()) {
                    fail(one + " covers " + world.patterns.get(j) + ", which covers "
                            + world.patterns.get(beyond.nextSetBit(0)));
                }
            }
        }
    }

    /** Any rules in any order: a thing is allowed where one grants it and none denies it; a pattern only where all that it means is. */
    @ParameterizedTest
    @MethodSource("worlds")
    void denialsWinWhateverTheOrder(World world) {
        Random random = new Random(7);
        Caller user = Caller.user("ann");
        List<BitSet> meant = world.patterns.stream().map(world::meant).toList();
        List<BitSet> denying = world.patterns.stream().map(world::denied).toList();
        for (int round = 0; round < 60; round++) {
            GrantStore store = new GrantStore();
            BitSet granted = new BitSet();
            BitSet denied = new BitSet();
            for (int rules = random.nextInt(6); rules >= 0; rules--) {
                int at = random.nextInt(world.patterns.size());
                boolean denies = random.nextInt(3) == 0;
                (denies ? denied : granted).or((denies ? denying : meant).get(at));
                store.give(user, new PermissionRule(denies, world.patterns.get(at)), "test", "");
            }
            BitSet allowed = (BitSet) granted.clone();
            allowed.andNot(denied);
            for (int i = 0; i < world.things.size(); i++) {
                assertEquals(allowed.get(i), store.check(user, world.things.get(i)), rules(store, world.things.get(i)));
            }
            for (int i = 0; i < meant.size(); i++) {
                if (store.check(user, world.patterns.get(i))) {
                    BitSet more = (BitSet) meant.get(i).clone();
                    more.andNot(allowed);
                    assertTrue(more.isEmpty(), rules(store, world.patterns.get(i)));
                }
            }
        }
    }

    private static String rules(GrantStore store, Permission wanted) {
        return wanted + " under "
                + store.all().stream().map(grant -> grant.rule().toString()).collect(Collectors.joining(", "));
    }

    /** Whatever text there is: it parses and is printed the same, or is refused and can't be granted. */
    @ParameterizedTest
    @MethodSource("names")
    void whatDoesNotParseIsNotGranted(PermissionName name) {
        Random random = new Random(11);
        String letters = "ab*.:/!- {}$[]_~%~A0\u0000é";
        PluginId plugin = new PluginId("weather");
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "" : name.label() + ":");
            for (int length = random.nextInt(9); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            GrantStore store = new GrantStore();
            try {
                assertEquals(
                        text.toString(), PermissionRule.parse(text.toString()).toString());
            } catch (PluginException refused) {
                assertTrue(List.of("DP-0502", "DP-0503").contains(refused.code()));
                assertThrows(PluginException.class, () -> store.grant(plugin, text.toString(), "test", ""));
                assertEquals(List.of(), store.all());
            }
        }
    }

    static PermissionName[] names() {
        return PermissionName.values();
    }

    private static List<Permission> permissions(String name, List<String> scopes) {
        List<Permission> all = new ArrayList<>(List.of(Permission.parse(name)));
        all.addAll(things(name, scopes));
        return all;
    }

    private static List<Permission> things(String name, List<String> scopes) {
        return scopes.stream()
                .map(scope -> Permission.parse(name + ":" + scope))
                .toList();
    }

    /** Each sequence of one to {@code most} words. */
    private static List<String> sequences(String separator, int most, String... words) {
        List<String> all = new ArrayList<>();
        List<String> longest = List.of(words);
        for (int length = 1; length <= most; length++) {
            all.addAll(longest);
            List<String> shorter = longest;
            longest = Arrays.stream(words)
                    .flatMap(word -> shorter.stream().map(rest -> word + separator + rest))
                    .toList();
        }
        return all;
    }

    private static List<String> words(int most, String... letters) {
        return sequences("", most, letters);
    }

    private static List<String> patterns(String separator, int most, boolean rest, String... words) {
        List<String> all = new ArrayList<>(sequences(separator, most, words));
        all.add("**");
        sequences(separator, most - 1, words).forEach(some -> all.add(some + separator + "**"));
        return all;
    }

    private static List<String> paths(int most, String... words) {
        List<String> relative = sequences("/", most, words);
        return Stream.concat(relative.stream(), relative.stream().map(path -> "/" + path))
                .toList();
    }

    private static List<String> concretePaths(int most, String... words) {
        return paths(most, words);
    }

    private static List<String> prefixed(List<String> prefixes, List<String> rest) {
        return prefixes.stream()
                .flatMap(prefix -> rest.stream().map(one -> prefix + one))
                .toList();
    }

    private static List<String> calls(String... words) {
        return Arrays.stream(words)
                .flatMap(plugin -> Stream.concat(
                        Stream.of(plugin), Arrays.stream(words).map(capability -> plugin + ":" + capability)))
                .toList();
    }

    private static List<String> origins(List<String> schemes, List<String> hosts, List<String> ports) {
        return schemes.stream()
                .flatMap(scheme ->
                        hosts.stream().flatMap(host -> ports.stream().map(port -> scheme + "://" + host + port)))
                .toList();
    }

    /** {@code *} is one part, or any of it; {@code **} is any number of parts, at the end at least one. */
    private static boolean fits(String pattern, String thing, char separator) {
        String mark = separator == '\n' ? "" : Pattern.quote(String.valueOf(separator));
        String inner = separator == '\n' ? "." : "[^" + mark + "]";
        String[] parts = separator == '\n' ? new String[] {pattern} : pattern.split(mark, -1);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (parts[i].equals("**") && separator != '\n') {
                regex.append(last ? inner + "*(?:" + mark + inner + "*)*" : "(?:" + inner + "*" + mark + ")*");
                continue;
            }
            regex.append(parts[i].isEmpty() ? "" : "(?=" + inner + ")");
            for (char letter : parts[i].toCharArray()) {
                regex.append(letter == '*' ? inner + "*" : Pattern.quote(String.valueOf(letter)));
            }
            regex.append(last ? "" : mark);
        }
        return thing.matches(regex.toString());
    }

    private static boolean fitsAccess(String pattern, String thing) {
        String access = pattern.substring(0, pattern.indexOf(':'));
        String rest = pattern.substring(pattern.indexOf(':') + 1);
        String what = thing.substring(thing.indexOf(':') + 1);
        boolean path = thing.contains("/") || rest.contains("/") || rest.contains("**");
        return (access.equals("*") || thing.startsWith(access + ":")) && fits(rest, what, path ? '/' : '\n');
    }

    private static boolean fitsCall(String pattern, String thing) {
        String[] parts = pattern.split(":", -1);
        String[] given = thing.split(":", -1);
        return fits(parts[0], given[0], '\n') && (parts.length == 1 || fits(parts[1], given[1], '\n'));
    }

    private static boolean fitsOrigin(String pattern, String thing) {
        String scheme = pattern.substring(0, pattern.indexOf("://"));
        String[] rest = pattern.substring(pattern.indexOf("://") + 3).split(":", -1);
        String[] given = thing.substring(thing.indexOf("://") + 3).split(":", -1);
        String usual = scheme.equals("http") ? "80" : scheme.equals("https") ? "443" : "*";
        String port = rest.length == 1 ? usual : rest[1];
        boolean host = rest[0].startsWith("*.")
                ? given[0].matches(".+" + Pattern.quote(rest[0].substring(1)))
                : rest[0].equals("*") || rest[0].equals(given[0]);
        return (scheme.equals("*") || thing.startsWith(scheme + ":"))
                && host
                && (port.equals("*") || port.equals(given[1]));
    }
}
