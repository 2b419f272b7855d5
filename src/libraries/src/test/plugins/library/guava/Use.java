package library.guava;

import com.google.common.base.Splitter;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableMultimap;
import com.google.common.collect.Multimaps;
import com.google.common.collect.Range;
import com.google.common.eventbus.EventBus;
import com.google.common.eventbus.Subscribe;
import com.google.common.hash.Hashing;
import com.google.common.math.IntMath;
import com.google.common.primitives.Ints;
import java.nio.charset.StandardCharsets;
import library.LibraryPlugin;

/** Collections, a cache, hashes, an event bus. */
public final class Use extends LibraryPlugin {
    private final StringBuilder heard = new StringBuilder();

    @Subscribe
    public void hears(String event) {
        heard.append(event);
    }

    @Override
    protected String use() throws Exception {
        EventBus bus = new EventBus();
        bus.register(this);
        bus.post("heard");
        ImmutableMultimap<Integer, String> byLength =
                Multimaps.index(Splitter.on(',').trimResults().split("Bern, Chur, Basel"), String::length);
        return byLength + " "
                + CacheBuilder.newBuilder()
                        .maximumSize(2)
                        .<Integer, Integer>build()
                        .get(3, () -> IntMath.factorial(3))
                + Range.closed(1, 3).intersection(Range.atLeast(2))
                + Hashing.sha256()
                        .hashString("Bern", StandardCharsets.UTF_8)
                        .toString()
                        .substring(0, 8)
                + Hashing.murmur3_32_fixed().hashInt(Ints.fromBytes((byte) 1, (byte) 2, (byte) 3, (byte) 4))
                + heard;
    }
}
