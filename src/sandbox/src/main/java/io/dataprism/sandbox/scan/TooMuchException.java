package io.dataprism.sandbox.scan;

import java.io.IOException;

/** There is more to look at than is looked at. The message says of what. */
final class TooMuchException extends IOException {
    private static final long serialVersionUID = 1L;

    TooMuchException(String message) {
        super(message);
    }
}
