package io.dataprism.kernel.manifest;

import io.dataprism.kernel.manifest.Manifested.Accepted;
import io.dataprism.kernel.manifest.Manifested.Refused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads {@code plugin.yaml}. */
public final class ManifestReader {
    /** A manifest that is in order. */
    static final String SMALLEST = """
            id: smallest
            version: 1.0.0
            main: Smallest
            api: '*'
            category: utility
            """;

    private ManifestReader() {}

    /**
     * Get ready what reads manifests, which takes a good part of a node's start and can be done beside the rest of it: the first manifest is then
     * read as fast as the others.
     */
    public static void prepare() {
        read("smallest.yaml", SMALLEST.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The manifest that {@code yaml} holds, or everything that is wrong with it. Never throws, whatever the bytes.
     *
     * @param file the name to report problems under
     */
    public static Manifested read(String file, byte[] yaml) {
        YamlDocument.Parsed parsed = YamlDocument.parse(file, yaml);
        if (parsed.document().isEmpty()) {
            return new Refused(parsed.problems());
        }
        YamlDocument document = parsed.document().get();
        ManifestJson json = new ManifestJson(document.json());
        Problems rules = new Problems(file);
        ManifestRules.check(document, json, rules);
        List<Problem> all = new ArrayList<>(parsed.problems());
        all.addAll(ManifestSchema.check(document));
        for (Problem problem : rules.list()) {
            if (all.stream().noneMatch(other -> said(problem, other))) {
                all.add(problem);
            }
        }
        all.sort(Problem::compare);
        if (all.stream().anyMatch(Problem::isError)) {
            return new Refused(all);
        }
        return new Accepted(new ManifestBuilder(json).build(), all);
    }

    /**
     * The problems of a manifest that was read from {@code yaml}, and those that {@code contents} finds by it, in the order of the file.
     */
    static List<Problem> withContents(
            String file, byte[] yaml, Manifested manifested, Function<YamlDocument, List<Problem>> contents) {
        List<Problem> all = new ArrayList<>(manifested.problems());
        YamlDocument.parse(file, yaml).document().map(contents).ifPresent(all::addAll);
        all.sort(Problem::compare);
        return all;
    }

    /** What the schema says about a value, or about a part of it, is enough. */
    private static boolean said(Problem rule, Problem schema) {
        if (!rule.code().equals(schema.code())) {
            return false;
        }
        int unusable = rule.message().indexOf("' " + SchemaDefects.UNUSABLE);
        if (unusable > 0 && schema.message().startsWith(rule.message().substring(0, unusable) + ".")) {
            return true;
        }
        return rule.line() == schema.line() && rule.column() == schema.column();
    }
}
