package io.dataprism.attacks.host;

/**
 * A verdict with what was seen.
 *
 * @param detail one line for people
 */
public record Outcome(Verdict verdict, String detail) {
    private static final int LONGEST = 400;

    public Outcome {
        String line = detail.replaceAll("\\s+", " ").strip();
        detail = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    public boolean succeeded() {
        return verdict == Verdict.SUCCEEDED;
    }
}
