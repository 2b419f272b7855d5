package io.dataprism.kernel.storage;

/** Whether a disk has more room than the node keeps for itself: grants and audit must find some when plugins have taken the rest. */
@FunctionalInterface
interface DiskRoom {
    /** Asks the disk. */
    boolean isLeft();
}
