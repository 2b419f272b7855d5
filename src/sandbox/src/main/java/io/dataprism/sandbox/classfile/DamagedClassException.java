package io.dataprism.sandbox.classfile;

import java.io.IOException;

/** A class file that is not well-formed. The message says what was found where. */
public final class DamagedClassException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedClassException(String message) {
        super(message);
    }
}
