package io.dataprism.kernel.manifest;

import java.util.Optional;

/**
 * A place where a document is not what its schema says.
 *
 * @param pointer the value, as a JSON pointer
 * @param key the key of that value that is unknown or missing
 * @param unknownKey whether the key is there and shouldn't be
 * @param code as the schema gives it for this value
 * @param message what was found, what was expected, what to do; the value is named by its path
 */
record Violation(String pointer, Optional<String> key, boolean unknownKey, Optional<String> code, String message) {

    /** At most one is reported for each of these. */
    String subject() {
        return key.map(name -> Pointers.child(pointer, name)).orElse(pointer);
    }
}
