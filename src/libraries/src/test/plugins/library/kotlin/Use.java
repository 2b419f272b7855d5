package library.kotlin;

import kotlin.collections.CollectionsKt;
import kotlin.ranges.IntRange;
import kotlin.sequences.SequencesKt;
import kotlin.text.Regex;
import kotlin.text.StringsKt;
import library.LibraryPlugin;

/** Kotlin's own collections, sequences and texts. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() {
        return SequencesKt.toList(SequencesKt.take(SequencesKt.generateSequence(1, n -> n * 2), 5))
                + StringsKt.padStart("7", 3, '0')
                + new Regex("[aeiou]").replace("Bern", "-")
                + CollectionsKt.chunked(new IntRange(1, 5), 2)
                + CollectionsKt.sortedDescending(java.util.List.of("b", "c", "a"));
    }
}
