package library.eclipsecollections;

import library.LibraryPlugin;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.primitive.IntLists;
import org.eclipse.collections.api.multimap.list.MutableListMultimap;
import org.eclipse.collections.impl.collector.Collectors2;

/** Lists, bags and maps of numbers without boxes. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() {
        MutableListMultimap<Integer, String> byLength =
                Lists.mutable.with("Bern", "Chur", "Basel").groupBy(String::length);
        return byLength.get(4)
                + " "
                + IntLists.mutable.with(3, 1, 2).sortThis().collect(i -> i * i).makeString("+")
                + " "
                + Lists.immutable.with("a", "b", "a").stream()
                        .collect(Collectors2.toBag())
                        .occurrencesOf("a");
    }
}
