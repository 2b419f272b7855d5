package io.dataprism.kernel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What NATS and OSGi say of names and patterns, and where DataPrism differs. The tables tell their sources. */
class ForeignTopicRulesTest {
    private static final String REFUSED = "refused";

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvFileSource(resources = "/fixtures/nats-subjects.csv", useHeadersInDisplayName = false, numLinesToSkip = 1)
    void natsSubjects(String what, @Nullable String pattern, @Nullable String subject, boolean nats, String here) {
        check(what, pattern == null ? null : words(pattern, "\\.", ">"), subject, nats, here);
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvFileSource(resources = "/fixtures/osgi-topics.csv", numLinesToSkip = 1)
    void osgiTopics(String what, @Nullable String pattern, @Nullable String topic, boolean osgi, String here) {
        check(
                what,
                pattern == null ? null : words(pattern, "/", "*"),
                topic == null ? null : topic.replace('/', '.'),
                osgi,
                here);
    }

    /** The same in our words, where {@code rest} is a word of its own. */
    private static String words(String pattern, String separator, String rest) {
        return Arrays.stream(pattern.split(separator, -1))
                .map(word -> word.equals(rest) ? "**" : word)
                .collect(Collectors.joining("."));
    }

    private static void check(
            String what, @Nullable String pattern, @Nullable String topic, boolean theirs, String here) {
        if (here.equals(REFUSED)) {
            assertRefused(what, pattern, topic);
            return;
        }
        // Where nothing is refused, both say the same.
        assertEquals(theirs, Boolean.parseBoolean(here));
        if (pattern != null) {
            Topic.checkPattern(pattern);
        }
        if (topic != null) {
            Topic.check(topic);
        }
        if (pattern != null && topic != null) {
            assertEquals(theirs, means(pattern, topic));
        }
    }

    private static boolean means(String pattern, String topic) {
        TopicTrie<String> trie = new TopicTrie<>();
        trie.add(pattern, "it");
        boolean found = !trie.find(topic).isEmpty();
        assertEquals(found, Topic.matches(pattern.split("\\.", -1), topic));
        TopicTrie<String> values = new TopicTrie<>();
        values.add(topic, "it");
        assertEquals(found, !values.meantBy(pattern).isEmpty());
        return found;
    }

    private static void assertRefused(String what, @Nullable String pattern, @Nullable String topic) {
        PluginException refused = assertThrows(PluginException.class, () -> {
            if (pattern != null) {
                Topic.checkPattern(pattern);
            }
            if (topic != null) {
                Topic.check(topic);
            }
        });
        assertEquals("DP-0406", refused.code(), what);
        assertTrue(String.valueOf(refused.getMessage()).endsWith("such as 'weather.update'."));
    }
}
