package io.dataprism.kernel.manifest;

import java.util.ArrayList;
import java.util.List;

/** JSON pointers (RFC 6901). */
final class Pointers {
    private Pointers() {}

    static List<String> steps(String pointer) {
        List<String> steps = new ArrayList<>();
        if (!pointer.isEmpty()) {
            for (String step : pointer.substring(1).split("/", -1)) {
                steps.add(step.replace("~1", "/").replace("~0", "~"));
            }
        }
        return steps;
    }

    static String child(String pointer, String key) {
        return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    static String child(String pointer, int index) {
        return pointer + "/" + index;
    }

    /** As a person would write it: {@code dependencies[0].version}; empty for the root. */
    static String readable(String pointer) {
        StringBuilder text = new StringBuilder();
        for (String step : steps(pointer)) {
            if (!step.isEmpty() && step.chars().allMatch(Character::isDigit)) {
                text.append('[').append(step).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step);
            }
        }
        return text.toString();
    }
}
