package io.dataprism.kernel.manifest;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.YamlNode.Entry;
import io.dataprism.kernel.manifest.YamlNode.Mapping;
import io.dataprism.kernel.manifest.YamlNode.Scalar;
import io.dataprism.kernel.manifest.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Builds the nodes of one document from the parser's events. Works on events, and not on the library's own node graph, so that every
 * duplicate key is reported and not only the first, and so that depth and the size after aliases stay bounded whatever the input.
 */
final class YamlComposer {
    private static final int DEEPEST = 64;
    private static final int MOST_NODES = 50_000;

    private final Iterator<Event> events;
    private final Problems problems;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private int nodes;

    private record Anchored(YamlNode node, int size) {}

    YamlComposer(String text, Problems problems) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        this.events = new Parse(settings).parseString(text).iterator();
        this.problems = problems;
    }

    /** The one document there is; empty when the text holds none. */
    Optional<YamlNode> compose() throws YamlRefused {
        Optional<YamlNode> root = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart && root.isPresent()) {
                throw new YamlRefused(place(event), "A second document begins here: expected one. Remove it.");
            }
            if (event instanceof NodeEvent node) {
                root = Optional.of(node(node, 0));
            }
        }
        return root;
    }

    private YamlNode node(NodeEvent event, int depth) throws YamlRefused {
        if (depth > DEEPEST) {
            throw new YamlRefused(place(event), "Nested deeper than " + DEEPEST + " levels. Flatten it.");
        }
        int before = nodes;
        count(event, 1);
        if (event instanceof AliasEvent alias) {
            return anchored(alias);
        }
        YamlNode node =
                event instanceof ScalarEvent scalar ? scalar(scalar) : collection((CollectionStartEvent) event, depth);
        int size = nodes - before;
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(node, size)));
        return node;
    }

    private YamlNode anchored(AliasEvent alias) throws YamlRefused {
        Anchored anchored = anchors.get(alias.getAlias());
        if (anchored == null) {
            throw new YamlRefused(
                    place(alias),
                    "Alias '*" + PluginException.excerpt(alias.getAlias().getValue())
                            + "' stands for nothing: expected an anchor '&' of that name before it, not around it.");
        }
        count(alias, anchored.size());
        return anchored.node();
    }

    private void count(Event event, int more) throws YamlRefused {
        nodes += more;
        if (nodes > MOST_NODES) {
            throw new YamlRefused(
                    place(event),
                    "More than " + MOST_NODES + " values, aliases counted as what they stand for. Shorten it.");
        }
    }

    private Scalar scalar(ScalarEvent event) throws YamlRefused {
        boolean plain = event.isPlain() && event.getTag().isEmpty();
        refuseTag(event, event.getTag(), "tag:yaml.org,2002:str");
        return new Scalar(place(event), event.getValue(), plain);
    }

    private YamlNode collection(CollectionStartEvent event, int depth) throws YamlRefused {
        boolean mapping = event.getEventId() == Event.ID.MappingStart;
        refuseTag(event, event.getTag(), mapping ? "tag:yaml.org,2002:map" : "tag:yaml.org,2002:seq");
        return mapping ? mapping(event, depth) : sequence(event, depth);
    }

    private Sequence sequence(CollectionStartEvent start, int depth) throws YamlRefused {
        List<YamlNode> items = new ArrayList<>();
        Event event = events.next();
        while (event instanceof NodeEvent item) {
            items.add(node(item, depth + 1));
            event = events.next();
        }
        return new Sequence(place(start), List.copyOf(items));
    }

    private Mapping mapping(CollectionStartEvent start, int depth) throws YamlRefused {
        Map<String, Entry> entries = new LinkedHashMap<>();
        Event event = events.next();
        while (event instanceof NodeEvent keyEvent) {
            if (!(node(keyEvent, depth + 1) instanceof Scalar written)) {
                throw new YamlRefused(place(keyEvent), "A key is a list or a mapping: expected text.");
            }
            Scalar key = new Scalar(place(keyEvent), written.text(), written.plain());
            Entry entry = new Entry(key, node((NodeEvent) events.next(), depth + 1));
            Entry earlier = entries.putIfAbsent(key.text(), entry);
            if (earlier != null) {
                problems.error(
                        "DP-0211",
                        key.place(),
                        "Key '" + PluginException.excerpt(key.text()) + "' stands here a second time, after line "
                                + earlier.key().place().line() + ": expected once. Remove one of them.");
            }
            event = events.next();
        }
        return new Mapping(place(start), List.copyOf(entries.values()));
    }

    private static void refuseTag(Event event, Optional<String> tag, String allowed) throws YamlRefused {
        if (tag.isPresent() && !tag.get().equals(allowed) && !tag.get().equals("!")) {
            throw new YamlRefused(
                    place(event),
                    "Tag '" + PluginException.excerpt(tag.get())
                            + "' can't be used here: expected a plain value. Remove it.");
        }
    }

    private static Place place(Event event) {
        return event.getStartMark().map(YamlComposer::place).orElse(Place.START);
    }

    static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The document can't be read any further. */
    static final class YamlRefused extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Place place;

        YamlRefused(Place place, String message) {
            super(message);
            this.place = place;
        }

        Place place() {
            return place;
        }
    }
}
