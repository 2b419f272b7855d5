package io.dataprism.sandbox.classfile;

import java.util.Optional;

/** A method that a class declares. */
public record Method(int access, String name, String descriptor, Optional<Code> code) {
    private static final int NATIVE = 0x0100;

    public boolean isNative() {
        return (access & NATIVE) != 0;
    }
}
