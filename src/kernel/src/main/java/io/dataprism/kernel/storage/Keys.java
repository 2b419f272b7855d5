package io.dataprism.kernel.storage;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which keys there can be: text that can be written down, since what is stored is exported. */
public final class Keys {
    /** In characters. */
    public static final int LONGEST = 512;

    private Keys() {}

    /** What is wrong with {@code key}; empty where nothing is. */
    public static Optional<String> problem(String key) {
        if (key.isEmpty() || key.length() > LONGEST) {
            return Optional.of("a key of " + key.length() + " characters; 1 to " + LONGEST + " are allowed");
        }
        return encoded(key) < 0
                ? Optional.of("a key with half a character, that is, one surrogate of two, in it")
                : Optional.empty();
    }

    /** Bytes in UTF-8. */
    static int length(String key) {
        return Math.max(0, encoded(key));
    }

    private static int encoded(String key) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(key))
                    .remaining();
        } catch (CharacterCodingException e) {
            return -1;
        }
    }
}
