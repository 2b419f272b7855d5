package attack;

import java.util.Map;
import java.util.function.Function;

/** An attack, called with what the scene offers. Whatever it throws means that it did not get through. */
public abstract class Attempt implements Function<Map<String, Object>, Object> {
    @Override
    public final Object apply(Map<String, Object> scene) {
        try {
            return run(new Lab(scene));
        } catch (Throwable refused) {
            throw Attempt.<RuntimeException>asIs(refused);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T asIs(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /**
     * Attack.
     *
     * @return a word that it found out, where that is what it is about
     */
    protected abstract Object run(Lab lab) throws Throwable;
}
