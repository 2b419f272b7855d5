package io.dataprism.sandbox.census;

/** Which objects of the node's own classes are walked into: those that it makes for one plugin alone, and plain data. At all others counting stops. */
@FunctionalInterface
public interface HeldTypes {

    /** @param type the name of a class; of one that is nested in another, that of the outermost */
    boolean holds(String type);
}
