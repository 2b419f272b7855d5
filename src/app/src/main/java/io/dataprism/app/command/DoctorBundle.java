package io.dataprism.app.command;

import io.dataprism.api.PluginException;
import io.dataprism.app.bundle.Bundle;
import io.dataprism.app.bundle.PluginWords;
import io.dataprism.app.bundle.Redactor;
import io.dataprism.app.conf.ConfRead;
import io.dataprism.app.conf.ConfReader;
import io.dataprism.app.conf.ConfSources;
import io.dataprism.app.conf.Shipped;
import io.dataprism.app.input.Problems;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gathers what {@code doctor --bundle} packs, from the node where one runs, and packs it. */
final class DoctorBundle {
    private static final String ABOUT = """
            A report on a node of DataPrism, for whoever is to find out what is wrong with it.

            Taken out of it: all secrets that the configuration refers to or holds, all texts that plugins are configured with, whatever has the form of a
            password, key or token, addresses' users and queries; the environment is not in it%s
            Look through it before you give it away all the same: names of plugins, files, hosts and users are in it.""";

    private static final String NO_WORDS =
            ", nor is anything that plugins wrote in their\nown words: neither their log lines nor the messages of their exceptions (--with-messages packs them).";
    private static final String WITH_WORDS =
            ". What plugins wrote in their own words is in it, as\n--with-messages asked for.";

    private final NodeOption node;
    private final boolean withWords;
    private final Bundle bundle = new Bundle();
    private final Redactor redactor;
    private final PluginWords words;
    private final JsonObject plugins;

    /**
     * @param withWords whether what plugins wrote in their own words is packed as well
     */
    DoctorBundle(NodeOption node, boolean withWords) {
        this.node = node;
        this.withWords = withWords;
        this.plugins = node.isRunning() ? answer("plugins", "list", new JsonObject()) : new JsonObject();
        this.redactor = new Redactor(ids());
        this.words = new PluginWords(redactor);
    }

    /** Write it into {@code file}; {@code checks} is what {@code doctor} found. */
    Bundle write(Path file, ConfSources conf, JsonObject versions, JsonArray checks) throws InterruptedException {
        configuration(conf);
        if (node.isRunning()) {
            plugins();
            node();
        } else {
            bundle.lacks("what the node tells of itself", "no node runs on " + node.folder());
        }
        json("versions.json", "DataPrism, Java, Vert.x and the system", redactor.json(versions));
        json("checks.json", "what doctor found on this machine", redactor.json(new JsonObject().put("checks", checks)));
        bundle.write(file, ABOUT.formatted(withWords ? WITH_WORDS : NO_WORDS));
        return bundle;
    }

    private Set<String> ids() {
        return plugins.getJsonArray("plugins", new JsonArray()).stream()
                .map(plugin -> ((JsonObject) plugin).getString("id"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** First: what is learnt from it is taken out of all the rest. */
    private void configuration(ConfSources conf) throws InterruptedException {
        JsonObject status = node.isRunning() ? answer("config", "status", new JsonObject()) : new JsonObject();
        if (!status.containsKey("configuration") && Files.exists(conf.main())) {
            ConfRead read = OneVertx.with(vertx -> new ConfReader(vertx, conf, Shipped.current()).read());
            read.conf().ifPresent(known -> status.put("configuration", known.json()));
            status.put("problems", Problems.toJson(read.problems()));
        }
        if (status.isEmpty()) {
            bundle.lacks("configuration.json", "there is no configuration at " + conf.main());
            return;
        }
        JsonObject shown = new JsonObject();
        if (status.getValue("configuration") instanceof JsonObject configuration) {
            shown.put("configuration", redactor.configuration(configuration));
        }
        // What is wrong with a value is told with the value.
        shown.put("problems", withoutTexts(status.getJsonArray("problems", new JsonArray())));
        shown.put("since", status.getValue("since"));
        shown.put("safe", status.getBoolean("safe", false)).put("without", status.getJsonArray("without"));
        json("configuration.json", "the configuration in force, without secrets and plugins' own texts", shown);
    }

    private JsonArray withoutTexts(JsonArray problems) {
        JsonArray all = new JsonArray();
        problems.stream().map(JsonObject.class::cast).forEach(problem -> {
            JsonObject one = problem.copy();
            one.remove("message");
            all.add(redactor.json(one));
        });
        return all;
    }

    private void plugins() {
        for (String id : ids().stream().sorted().toList()) {
            JsonObject story = answer("plugins", "doctor", new JsonObject().put("id", id));
            if (!story.isEmpty()) {
                json(
                        "plugins/" + id + ".json",
                        "what is known of plugin " + id,
                        redactor.json(withWords ? story : words.story(story)));
            }
        }
    }

    private void node() {
        JsonObject info = answer("node", "info", new JsonObject());
        info.put("resources", answer("resources", "list", new JsonObject()).put("plugins", (Object) null));
        info.put("lag", answer("plugins", "lag", new JsonObject()).getJsonArray("endpoints"));
        json("node.json", "the node: what it promises, what it uses, which of its checks fail", redactor.json(info));
        JsonObject head = answer("audit", "head", new JsonObject());
        if (!head.isEmpty()) {
            json("audit-head.json", "number and hash of the audit log's newest line", redactor.json(head));
        }
        List<String> threads = objects(answer("node", "threads", new JsonObject()), "threads")
                .map(DoctorBundle::thread)
                .map(redactor::text)
                .toList();
        bundle.add("threads.txt", "what each thread of the node does", String.join("\n\n", threads));
        String log = objects(answer("node", "log", new JsonObject()), "lines")
                .map(withWords ? words::lineWithWords : words::line)
                .collect(Collectors.joining("\n"));
        bundle.add("log.txt", "the last lines of the node's log", log);
    }

    private static String thread(JsonObject thread) {
        return thread.getString("name") + ", " + thread.getString("state")
                + thread.getJsonArray("frames").stream()
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining());
    }

    private static Stream<JsonObject> objects(JsonObject of, String field) {
        return of.getJsonArray(field, new JsonArray()).stream().map(JsonObject.class::cast);
    }

    /** Empty where it could not be had, which is noted. */
    private JsonObject answer(String noun, String verb, JsonObject body) {
        try {
            return node.ask(noun, verb, body);
        } catch (PluginException e) {
            bundle.lacks(noun + ":" + verb + (body.isEmpty() ? "" : " of " + body.getString("id")), e.code());
            return new JsonObject();
        }
    }

    private void json(String name, String about, JsonObject json) {
        bundle.add(name, about, json.encodePrettily());
    }
}
