package io.dataprism.attacks.host;

import java.nio.file.Path;

/** The files that the attacks' sources are compiled to, in one folder. */
public record AttackJars(Path folder) {
    /** The attacks: what is loaded as a plugin's jar. */
    public Path attacks() {
        return folder.resolve("attacks.jar");
    }

    /** Code that is in no plugin's jar. */
    public Path payload() {
        return folder.resolve("payload.jar");
    }

    public Path payloadClass() {
        return folder.resolve("classes/outside/Payload.class");
    }

    public Path smuggledClass() {
        return folder.resolve("classes/attack/Smuggled.class");
    }

    /** Another plugin. */
    public Path neighbour() {
        return folder.resolve("neighbour.jar");
    }
}
