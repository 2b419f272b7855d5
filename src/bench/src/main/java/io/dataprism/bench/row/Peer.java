package io.dataprism.bench.row;

/**
 * One of those that a row compares.
 *
 * @param name as reports show it
 * @param lane what a fork is told to run
 */
public record Peer(String name, String lane) {
    public static Peer of(String name) {
        return new Peer(name, name);
    }
}
