package io.dataprism.faults;

import io.dataprism.faults.node.Scene;

/** A row of the fault table: something that goes wrong, and what a node promises then. */
public interface Fault {
    /** What it is called on the command line. */
    String name();

    /** What goes wrong, in a few words. */
    String fault();

    /** What is promised then, in a sentence. */
    String promise();

    /**
     * Bring it about and look.
     *
     * @param scene where nodes are started; what it holds is taken away afterwards
     * @param findings where to say what was seen
     * @throws Exception where it could not be brought about or looked at, which counts as a broken promise
     */
    void tryOut(Scene scene, Findings findings) throws Exception;
}
