package io.dataprism.kernel.process.wall;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The few lines in the system's own languages that stand beside these classes. */
final class Scripts {
    private Scripts() {}

    static String read(String name) throws IOException {
        try (InputStream script = Scripts.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(script, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
