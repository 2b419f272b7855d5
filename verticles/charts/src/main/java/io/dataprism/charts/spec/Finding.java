package io.dataprism.charts.spec;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One thing that does not fit, and how much it speaks against the alternative of the schema under which it was found. */
sealed interface Finding {

    String path();

    int cost();

    String message();

    /** Whether Vega-Lite draws the chart all the same and nobody can have meant a word that it knows. */
    default boolean isHarmless() {
        return false;
    }

    /** A property that is not known here. */
    record UnknownProperty(String path, String name, Set<String> known) implements Finding {
        @Override
        public int cost() {
            return Nearest.of(name, known).isPresent() ? 6 : 45;
        }

        @Override
        public boolean isHarmless() {
            return Nearest.of(name, known).isEmpty();
        }

        @Override
        public String message() {
            String at = path.isEmpty() ? name : path + "." + name;
            return at + ": unknown property '" + name + "'" + Nearest.hint(name, known, "known here");
        }
    }

    /** A property that must be there. */
    record MissingProperty(String path, String name) implements Finding {
        @Override
        public int cost() {
            return 300;
        }

        @Override
        public String message() {
            return (path.isEmpty() ? "the specification" : path) + ": '" + name + "' is missing";
        }
    }

    /**
     * A value of the wrong type, or none of those that are allowed.
     *
     * @param words the allowed words
     * @param kinds the allowed kinds of value, as shown to a reader
     * @param found as shown to a reader
     * @param word the value, where it is a text
     */
    record WrongValue(String path, Set<String> words, Set<String> kinds, String found, Optional<String> word, int cost)
            implements Finding {

        /** Two alternatives that both do not fit, as one finding. */
        WrongValue or(WrongValue other) {
            Set<String> allWords = new TreeSet<>(words);
            allWords.addAll(other.words);
            Set<String> allKinds = new TreeSet<>(kinds);
            allKinds.addAll(other.kinds);
            return new WrongValue(path, allWords, allKinds, found, word, Math.min(cost, other.cost));
        }

        @Override
        public String message() {
            String at = path.isEmpty() ? "the specification" : path;
            boolean near = word.flatMap(text -> Nearest.of(text, words)).isPresent();
            if (word.isPresent() && !words.isEmpty() && (near || kinds.isEmpty())) {
                return at + ": '" + word.get() + "' is not known" + Nearest.hint(word.get(), words, "known here");
            }
            Set<String> expected = new TreeSet<>(kinds);
            if (!words.isEmpty()) {
                expected.add(words.size() == 1 ? "'" + words.iterator().next() + "'" : "one of " + Nearest.list(words));
            }
            return at + ": must be " + String.join(" or ", expected) + ", but is " + found;
        }
    }
}
