package library.caffeine;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import library.LibraryPlugin;

/** Keeps the latest few of what it computes. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() {
        LoadingCache<Integer, String> squares = Caffeine.newBuilder()
                .maximumSize(10)
                .expireAfterWrite(Duration.ofMinutes(1))
                .executor(Runnable::run)
                .recordStats()
                .build(number -> String.valueOf(number * number));
        for (int i = 0; i < 100; i++) {
            squares.get(i);
        }
        squares.get(99);
        squares.cleanUp();
        return squares.get(7) + " " + squares.estimatedSize() + " "
                + squares.stats().hitCount();
    }
}
