package io.dataprism.kernel.process.wall;

import java.util.List;

/** A plain process: its own heap and its own end, and every right of the kernel's. */
final class NoWall implements Wall {
    @Override
    public WallLevel level() {
        return WallLevel.NONE;
    }

    @Override
    public String means() {
        return "a plain process of the same user";
    }

    @Override
    public WalledCommand around(ChildPlaces places, List<String> java) {
        return new WalledCommand(java, false);
    }
}
