package io.dataprism.kernel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTrieTest {
    private final TopicTrie<String> trie = new TopicTrie<>();

    private Set<String> find(String topic) {
        return new HashSet<>(trie.find(topic));
    }

    @ParameterizedTest
    @CsvSource({
        "foo, foo, true",
        "foo, bar, false",
        "foo, foo.bar, false",
        "foo.bar, foo.bar, true",
        "*, foo, true",
        "*, foo.bar, false",
        "foo.*, foo.bar, true",
        "foo.*, foo, false",
        "foo.*, foo.bar.baz, false",
        "*.bar, foo.bar, true",
        "*.bar, foo.baz, false",
        "foo.*.baz, foo.bar.baz, true",
        "foo.*.baz, foo.bar.bar, false",
        "**, foo, true",
        "**, foo.bar.baz, true",
        "foo.**, foo.bar, true",
        "foo.**, foo.bar.baz, true",
        "foo.**, foo, false",
        "foo.**, fool.bar, false",
        "*.*.**, foo.bar, false",
        "*.*.**, foo.bar.baz, true",
        "foo.*.**, foo.bar.baz.qux, true"
    })
    void aPatternMeansItsTopicsAndNoOthers(String pattern, String topic, boolean means) {
        trie.add(pattern, "it");
        assertEquals(means, !trie.find(topic).isEmpty());
        assertEquals(means, Topic.matches(pattern.split("\\.", -1), topic));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b", "*", "a.*", "**", "a.**", "*.*.c"})
    void whatIsRemovedIsGoneAndLeavesNothingBehind(String pattern) {
        trie.add("a.b.c", "other");
        trie.add(pattern, "it");
        trie.add(pattern, "it too");
        assertTrue(trie.remove(pattern, "it"));
        assertFalse(trie.remove(pattern, "it"));
        assertFalse(trie.remove("never.was", "it"));
        assertTrue(trie.remove(pattern, "it too"));
        assertTrue(trie.remove("a.b.c", "other"));
        assertEquals(0, trie.size());
        assertTrue(trie.isBare());
    }

    @Test
    void theSameValueMayBeHeldTwice() {
        trie.add("a.*", "it");
        trie.add("a.b", "it");
        assertEquals(List.of("it", "it"), trie.find("a.b"));
        trie.remove("a.*", "it");
        assertEquals(List.of("it"), trie.find("a.b"));
    }

    @Test
    void itFindsWhatAScanOfAllPatternsFinds() {
        Random random = new Random(17);
        List<String> held = new ArrayList<>();
        for (int round = 0; round < 4_000; round++) {
            if (held.size() < 60 && random.nextInt(3) > 0) {
                String pattern = pattern(random);
                // The value tells them apart, and is compared by identity.
                held.add(pattern);
                trie.add(pattern, pattern);
            } else if (!held.isEmpty()) {
                String pattern = held.remove(random.nextInt(held.size()));
                assertTrue(trie.remove(pattern, pattern));
            }
            String topic = topic(random);
            List<String> expected = new ArrayList<>();
            held.stream()
                    .filter(pattern -> Topic.matches(pattern.split("\\.", -1), topic))
                    .forEach(expected::add);
            List<String> found = new ArrayList<>(trie.find(topic));
            expected.sort(null);
            found.sort(null);
            assertEquals(expected, found, topic);
        }
    }

    private static String topic(Random random) {
        StringBuilder topic = new StringBuilder(word(random));
        for (int i = random.nextInt(4); i > 0; i--) {
            topic.append('.').append(word(random));
        }
        return topic.toString();
    }

    private static String pattern(Random random) {
        StringBuilder pattern = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            pattern.append(random.nextInt(4) == 0 ? "*" : word(random)).append('.');
        }
        int last = random.nextInt(4);
        return pattern.append(last == 0 ? "**" : last == 1 ? "*" : word(random)).toString();
    }

    private static String word(Random random) {
        return String.valueOf((char) ('a' + random.nextInt(3)));
    }

    /** What stays is found by each look-up, whatever comes and goes beside it meanwhile. */
    @Test
    void whatStaysIsFoundWhileOthersComeAndGo() throws Exception {
        trie.add("a.b", "stays");
        trie.add("a.*", "stays too");
        AtomicBoolean done = new AtomicBoolean();
        Thread churn = new Thread(() -> {
            Random random = new Random(3);
            for (int i = 0; i < 100_000; i++) {
                String pattern = random.nextBoolean() ? "a.b" : random.nextBoolean() ? "a.*" : "a.b.**";
                trie.add(pattern, "passing");
                trie.remove(pattern, "passing");
            }
            done.set(true);
        });
        churn.start();
        while (!done.get()) {
            assertTrue(find("a.b").containsAll(Set.of("stays", "stays too")));
        }
        churn.join();
        assertEquals(Set.of("stays", "stays too"), find("a.b"));
    }
}
