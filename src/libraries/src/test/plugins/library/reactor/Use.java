package library.reactor;

import java.time.Duration;
import library.LibraryPlugin;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Streams on the thread that asks. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() {
        return Flux.range(1, 10)
                .filter(number -> number % 2 == 0)
                .flatMap(number -> Mono.just(number * number).onErrorReturn(0))
                .buffer(2)
                .map(Object::toString)
                .reduce(String::concat)
                .block(Duration.ofSeconds(1));
    }
}
