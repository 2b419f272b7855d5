package io.dataprism.sandbox.rules;

/** A type has so many supertypes that it can't be told what its methods are: whoever asks must refuse it. */
public final class TooManyTypesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyTypesException() {
        super("a type that it names has more than " + Supertypes.MOST + " supertypes");
    }
}
