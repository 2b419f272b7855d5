package io.dataprism.kernel.process.wall;

import java.io.IOException;
import java.util.List;

/** One way of keeping a child from everything but its own places. Whether it does is for a {@link WallTrial} to say. Safe to use from any thread. */
interface Wall {
    WallLevel level();

    /** In words, for the operator. */
    String means();

    /**
     * {@code java} behind this wall.
     *
     * @throws IOException where its places can't be prepared
     */
    WalledCommand around(ChildPlaces places, List<String> java) throws IOException;
}
