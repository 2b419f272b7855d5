package io.dataprism.kernel.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Topics and patterns by their words: one step a word, and beside it one for {@code *}, so that a look-up costs as much as the topic
 * is long, however many patterns are held. Look-ups take no lock and see each value that was added before they began and not removed
 * until they ended; changes take turns.
 *
 * @param <V> what is held; compared by identity
 */
final class TopicTrie<V> {
    private static final String ONE = "*";
    private static final String REST = "**";

    private final Node<V> root = new Node<>();
    private int size;

    /** What stands at one word of all patterns that begin alike. */
    private static final class Node<V> {
        final Map<String, Node<V>> words = new ConcurrentHashMap<>(2);
        volatile @Nullable Node<V> one;
        /** Patterns that end here. */
        volatile List<V> here = List.of();
        /** Patterns that go on from here with {@code **}. */
        volatile List<V> rest = List.of();

        @Nullable
        Node<V> next(String word) {
            return word.equals(ONE) ? one : words.get(word);
        }

        Node<V> grow(String word) {
            if (!word.equals(ONE)) {
                // Without a lambda, which takes much of a stack to link for the first time
                words.putIfAbsent(word, new Node<>());
                return Objects.requireNonNull(words.get(word));
            }
            Node<V> known = one;
            if (known == null) {
                known = new Node<>();
                one = known;
            }
            return known;
        }

        void cut(String word) {
            if (word.equals(ONE)) {
                one = null;
            } else {
                words.remove(word);
            }
        }

        boolean isEmpty() {
            return one == null && words.isEmpty() && here.isEmpty() && rest.isEmpty();
        }
    }

    /** Hold {@code value} under {@code pattern}, which has passed {@link Topic#checkPattern}. */
    synchronized void add(String pattern, V value) {
        Node<V> node = root;
        int from = 0;
        while (from <= pattern.length()) {
            int end = endOfWord(pattern, from);
            String word = pattern.substring(from, end);
            if (word.equals(REST)) {
                node.rest = with(node.rest, value);
                size++;
                return;
            }
            node = node.grow(word);
            from = end + 1;
        }
        node.here = with(node.here, value);
        size++;
    }

    /** Let {@code value} go that is held under {@code pattern}; whether it was. */
    synchronized boolean remove(String pattern, V value) {
        return remove(root, pattern, 0, value);
    }

    private boolean remove(Node<V> node, String pattern, int from, V value) {
        if (from > pattern.length()) {
            List<V> left = without(node.here, value);
            boolean held = left.size() < node.here.size();
            node.here = left;
            size -= held ? 1 : 0;
            return held;
        }
        int end = endOfWord(pattern, from);
        String word = pattern.substring(from, end);
        if (word.equals(REST)) {
            List<V> left = without(node.rest, value);
            boolean held = left.size() < node.rest.size();
            node.rest = left;
            size -= held ? 1 : 0;
            return held;
        }
        Node<V> next = node.next(word);
        if (next == null || !remove(next, pattern, end + 1, value)) {
            return false;
        }
        if (next.isEmpty()) {
            node.cut(word);
        }
        return true;
    }

    /** How many values are held. */
    synchronized int size() {
        return size;
    }

    /** Whether no word is kept that nobody needs. */
    synchronized boolean isBare() {
        return root.isEmpty();
    }

    /** Whatever is held under {@code topic} itself or under a pattern that means it, in no certain order. */
    List<V> find(String topic) {
        List<V> found = new ArrayList<>();
        find(root, topic, 0, found);
        return found;
    }

    private void find(Node<V> node, String topic, int from, List<V> found) {
        if (from > topic.length()) {
            found.addAll(node.here);
            return;
        }
        found.addAll(node.rest);
        int end = endOfWord(topic, from);
        Node<V> named = node.words.get(topic.substring(from, end));
        if (named != null) {
            find(named, topic, end + 1, found);
        }
        Node<V> any = node.one;
        if (any != null) {
            find(any, topic, end + 1, found);
        }
    }

    /** Whatever is held under a topic, not under a pattern, that {@code pattern} means, in no certain order. */
    List<V> meantBy(String pattern) {
        List<V> found = new ArrayList<>();
        meantBy(root, pattern, 0, found);
        return found;
    }

    private void meantBy(Node<V> node, String pattern, int from, List<V> found) {
        if (from > pattern.length()) {
            found.addAll(node.here);
            return;
        }
        int end = endOfWord(pattern, from);
        String word = pattern.substring(from, end);
        if (word.equals(REST)) {
            node.words.values().forEach(next -> everything(next, found));
        } else if (word.equals(ONE)) {
            node.words.values().forEach(next -> meantBy(next, pattern, end + 1, found));
        } else {
            Node<V> named = node.words.get(word);
            if (named != null) {
                meantBy(named, pattern, end + 1, found);
            }
        }
    }

    private void everything(Node<V> node, List<V> found) {
        found.addAll(node.here);
        node.words.values().forEach(next -> everything(next, found));
    }

    private static int endOfWord(String text, int from) {
        int dot = text.indexOf('.', from);
        return dot < 0 ? text.length() : dot;
    }

    private static <V> List<V> with(List<V> held, V value) {
        List<V> more = new ArrayList<>(held.size() + 1);
        more.addAll(held);
        more.add(value);
        return more;
    }

    /** The same without one of {@code value}. */
    private static <V> List<V> without(List<V> held, V value) {
        List<V> left = new ArrayList<>(held);
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i) == value) {
                left.remove(i);
                return left.isEmpty() ? List.of() : left;
            }
        }
        return held;
    }
}
