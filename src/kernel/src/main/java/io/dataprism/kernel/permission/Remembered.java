package io.dataprism.kernel.permission;

/**
 * Where one caller's answers are. They are forgotten all at once after each change of what it may do: an answer that is found later is put where nobody
 * looks any more. Safe to use from any thread.
 */
final class Remembered {
    private volatile Answers answers = new Answers();

    /** To be asked for before the grants are looked at that the answer comes from. */
    Answers answers() {
        return answers;
    }

    /** To be called after a change, and before whoever made it is told that it is made. */
    void forget() {
        answers = new Answers();
    }
}
