package io.dataprism.kernel.process.wall;

import java.util.Arrays;
import java.util.Optional;

/** What a child must not be able to do, for what stands around it to be a wall. */
enum Attack {
    ENVIRONMENT("read the environment of the kernel"),
    MEMORY("read the memory of the kernel"),
    READ("read files of the node"),
    WRITE("write files of the node"),
    SOCKET("connect to sockets of the node"),
    SIGNAL("end processes of the kernel"),
    NETWORK("reach the network");

    private final String words;

    Attack(String words) {
        this.words = words;
    }

    /** As the {@link Intruder} calls it. */
    static Optional<Attack> named(String word) {
        return Arrays.stream(values())
                .filter(attack -> attack.name().equals(word))
                .findFirst();
    }

    String words() {
        return words;
    }

    /** Whether what lets it through is no wall: any network is the kernel's to give, but a child that has one reaches nothing of the kernel by that. */
    boolean decides() {
        return this != NETWORK;
    }
}
