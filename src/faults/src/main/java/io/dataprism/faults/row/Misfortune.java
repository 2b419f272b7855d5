package io.dataprism.faults.row;

import io.dataprism.faults.node.Guest;
import io.dataprism.faults.node.NodeProcess;
import io.dataprism.faults.node.Scene;
import io.dataprism.faults.plugin.Resting;
import io.dataprism.faults.plugin.Troubled;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Chooses what goes wrong next, by chance; the same seed chooses the same. What a node refuses is refused, and nothing more. */
final class Misfortune {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final List<Troubled.Trouble> TROUBLES = List.of(Troubled.Trouble.values());

    /** Kinds of faults, those that plugins make themselves several times as often as the others. */
    private enum Kind {
        TROUBLE,
        TROUBLE_AGAIN,
        TROUBLE_ONCE_MORE,
        STOP,
        START,
        RELOAD,
        UNLOAD,
        SUSPEND,
        RESUME,
        RELEASE,
        LIMIT,
        DENY,
        GRANT,
        BAD_CONFIGURATION,
        BAD_JAR
    }

    private final Scene scene;
    private final Random random;
    private final List<String> keepers;
    private final List<String> troubled;
    private final Path badJar;
    private final Map<String, Integer> counts = new TreeMap<>();

    Misfortune(Scene scene, long seed, List<String> keepers, List<String> troubled) throws IOException {
        this.scene = scene;
        this.random = new Random(seed);
        this.keepers = keepers;
        this.troubled = troubled;
        byte[] jar = Files.readAllBytes(scene.pack(Guest.of("bad", Resting.class)));
        badJar = scene.folder().resolve("bad.jar");
        Files.write(badJar, Arrays.copyOf(jar, jar.length - 40));
    }

    /** Let something go wrong. */
    void strike(NodeProcess node) throws IOException {
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        // Drawn whether it is needed or not, so that what comes next does not depend on it
        String any = any();
        String how = TROUBLES.get(random.nextInt(TROUBLES.size())).name();
        String trouble = troubled.get(random.nextInt(troubled.size()));
        String text = name(kind, how);
        counts.merge(text, 1, Integer::sum);
        switch (kind) {
            case TROUBLE, TROUBLE_AGAIN, TROUBLE_ONCE_MORE ->
                Told.by(() -> new JsonObject()
                        .put("answer", node.call(trouble, "go-wrong", new JsonObject().put("how", how), SHORT)));
            case STOP -> Told.by(() -> node.invoke("plugins:stop", any));
            case START -> Told.by(() -> node.invoke("plugins:start", any));
            case RELOAD -> Told.by(() -> node.invoke("plugins:reload", any));
            case UNLOAD -> Told.by(() -> node.invoke("plugins:unload", any));
            case SUSPEND -> Told.by(() -> node.invoke("plugins:suspend", any));
            case RESUME -> Told.by(() -> node.invoke("plugins:resume", any));
            case RELEASE -> Told.by(() -> node.invoke("plugins:release", trouble));
            case LIMIT ->
                Told.by(() -> node.invoke(
                        "plugins:limit",
                        new JsonObject().put("id", any).put("cpu", 5).put("memory", "2MiB")));
            case DENY -> Told.by(() -> node.invoke("grants:add", permission(trouble, "!event-publish:trouble.flood")));
            case GRANT ->
                Told.by(() -> node.invoke("grants:revoke", permission(trouble, "!event-publish:trouble.flood")));
            case BAD_CONFIGURATION -> configure();
            case BAD_JAR ->
                Told.by(() -> node.invoke("plugins:install", new JsonObject().put("source", badJar.toString())));
        }
    }

    private static String name(Kind kind, String how) {
        return (kind.name().startsWith("TROUBLE") ? how : kind.name())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    private static JsonObject permission(String id, String permission) {
        return new JsonObject().put("id", id).put("permission", permission);
    }

    private String any() {
        int number = random.nextInt(keepers.size() + troubled.size());
        return number < keepers.size() ? keepers.get(number) : troubled.get(number - keepers.size());
    }

    /** Half of it now, the whole at the next such fault. */
    private void configure() throws IOException {
        String wanted = scene.wanted();
        boolean half = counts.getOrDefault("bad-configuration", 0) % 2 == 1;
        Files.writeString(scene.configuration(), half ? wanted.substring(0, wanted.length() / 2) : wanted);
    }

    Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }
}
