package attack;

import java.util.function.Consumer;

/** A class of the attacks' own package that their jar does not hold. */
public final class Smuggled implements Consumer<Consumer<Object>> {
    @Override
    public void accept(Consumer<Object> witness) {
        witness.accept("smuggled");
    }
}
