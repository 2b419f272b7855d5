package outside;

import java.util.function.Consumer;

/** A class that no attack's jar holds: whoever makes it run brought code into the JVM. */
public final class Payload implements Consumer<Consumer<Object>> {
    @Override
    public void accept(Consumer<Object> witness) {
        witness.accept("payload");
    }
}
