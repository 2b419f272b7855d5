package io.dataprism.attacks.host;

import java.util.List;

/**
 * What is known of an attack before it runs.
 *
 * @param id group and name, such as {@code file/read-stream}
 * @param type the class that attacks
 * @param says what it does, in one sentence
 * @param target the permission that would make it legal, or {@code never}
 * @param with the permissions of the means that it uses
 * @param proof what shows that it succeeded
 * @param closed the Java release that closed it, or 0
 */
public record AttackFacts(
        String id, String type, String says, String target, List<String> with, String proof, int closed) {
    public AttackFacts {
        with = List.copyOf(with);
    }

    public String group() {
        return id.substring(0, id.indexOf('/'));
    }

    /** Whether Java {@code feature} itself closed it. */
    public boolean isClosedIn(int feature) {
        return closed > 0 && feature >= closed;
    }

    /** Whether what it does shows only when the JVM ends. */
    public boolean needsTheEnd() {
        return proof.equals("AFTER_EXIT");
    }

    /** Whether a success leaves a JVM in which no other attack can be judged. */
    public boolean spoils() {
        return switch (proof) {
            case "SETTING", "STARVED", "HOST", "NATIVE" -> true;
            default -> false;
        };
    }

    /** One line for the wire. */
    public String line() {
        return String.join("\t", id, type, says, target, String.join(" ", with), proof, String.valueOf(closed));
    }

    public static AttackFacts parse(String line) {
        String[] parts = line.split("\t", -1);
        List<String> with = parts[4].isEmpty() ? List.of() : List.of(parts[4].split(" ", -1));
        return new AttackFacts(parts[0], parts[1], parts[2], parts[3], with, parts[5], Integer.parseInt(parts[6]));
    }
}
