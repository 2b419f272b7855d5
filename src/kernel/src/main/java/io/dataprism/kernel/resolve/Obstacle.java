package io.dataprism.kernel.resolve;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.manifest.PluginManifest;
import java.util.List;
import java.util.stream.Collectors;

/** Why two plugins can't be connected. The text goes on after the plugin's name. */
record Obstacle(String code, String text) {

    /** {@code way} leads from what is depended on back to who depends on it. */
    static Obstacle cycle(List<PluginId> way) {
        PluginId start = way.get(way.size() - 1);
        String path = way.stream().map(PluginId::value).collect(Collectors.joining(" -> "));
        return new Obstacle(
                "DP-0240",
                "it depends on itself: " + start + " -> " + path
                        + ". Break the cycle: make one of these dependencies optional, or move what both need into a plugin of its own.");
    }

    static Obstacle isolation(PluginManifest from, PluginManifest to) {
        return new Obstacle(
                "DP-0244",
                "it has isolation " + from.isolation().label() + " and uses classes of " + Names.of(to)
                        + ", which has isolation " + to.isolation().label()
                        + ": expected the same. Give both one isolation in plugin.yaml.");
    }

    static Obstacle exports(PluginManifest from, PluginManifest one, PluginManifest other, String both) {
        return new Obstacle(
                "DP-0247",
                "it gets the package '" + both + "' from both " + Names.of(one) + " and " + Names.of(other)
                        + ": expected from one. Drop one of the dependencies.");
    }
}
