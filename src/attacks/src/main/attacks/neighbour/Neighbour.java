package neighbour;

/** An object of another plugin. */
public final class Neighbour {
    private final String word;

    public Neighbour(String word) {
        this.word = word;
    }

    /** So that the field has a use. */
    public int length() {
        return word.length();
    }
}
