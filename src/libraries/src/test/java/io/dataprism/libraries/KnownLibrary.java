package io.dataprism.libraries;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A library of the table.
 *
 * @param name of its package below {@code library}, and of its plugin
 * @param jars the artifacts that its plugin carries, its own first
 * @param natives those of its jars that hold native code, too
 * @param takes the permissions that it needs, each with the reason
 * @param answers what comes of its use
 */
record KnownLibrary(String name, List<String> jars, List<String> natives, Map<String, String> takes, String answers) {
    static List<KnownLibrary> all() throws IOException {
        List<KnownLibrary> all = new ArrayList<>();
        try (InputStream stream = KnownLibrary.class.getResourceAsStream("libraries.txt")) {
            String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            for (String section : text.split("\n\n")) {
                if (section.startsWith("library ")) {
                    all.add(read(section.lines().toList()));
                }
            }
        }
        return all;
    }

    private static KnownLibrary read(List<String> lines) {
        Map<String, String> takes = new LinkedHashMap<>();
        List<String> jars = List.of();
        List<String> natives = List.of();
        String answers = "";
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.strip().split(" ", 2);
            switch (words[0]) {
                case "jars" -> jars = List.of(words[1].split(" "));
                case "natives" -> natives = List.of(words[1].split(" "));
                case "takes" -> {
                    String[] taken = words[1].split(" +", 2);
                    takes.put(taken[0], taken[1]);
                }
                case "answers" -> answers = words[1];
                default -> throw new IllegalArgumentException("'" + line + "' is no line of a library");
            }
        }
        return new KnownLibrary(lines.get(0).substring("library ".length()), jars, natives, takes, answers);
    }
}
