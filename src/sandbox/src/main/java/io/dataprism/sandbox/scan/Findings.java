package io.dataprism.sandbox.scan;

import io.dataprism.sandbox.scan.Finding.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers findings: the same one once, with its first places and their number. Not safe for several threads at a time. */
final class Findings {
    private static final int MOST_PLACES = 20;
    /** Of one permission's targets; what comes after is counted without its target. */
    private static final int MOST = 5_000;

    private static final int LONGEST_SCOPE = 200;

    private record Key(Kind kind, String permission, String scope, boolean whole, String uses, String note) {}

    private static final class Gathered {
        int count;
        final List<Place> places = new ArrayList<>(1);
    }

    private final Map<Key, Gathered> all = new LinkedHashMap<>();

    /** Where a place is worked out, only if it is to be kept. */
    interface Where {
        Place place();
    }

    void add(Kind kind, String permission, String scope, boolean whole, String uses, String note, Where where) {
        String shown = safe(scope);
        Key key = new Key(kind, permission, shown, whole && shown.equals(scope), safe(uses), note);
        if (!all.containsKey(key) && all.size() >= MOST) {
            key = new Key(kind, permission, "", false, "more of the kind", note);
        }
        Gathered gathered = all.computeIfAbsent(key, unused -> new Gathered());
        gathered.count++;
        if (gathered.places.size() < MOST_PLACES) {
            gathered.places.add(where.place());
        }
    }

    /** No longer than somebody reads, and without control characters. */
    static String safe(String text) {
        String head = text.length() <= LONGEST_SCOPE ? text : text.substring(0, LONGEST_SCOPE) + "…";
        return head.replaceAll("\\p{Cntrl}", "\uFFFD");
    }

    List<Finding> list() {
        List<Finding> list = new ArrayList<>();
        all.forEach((key, found) -> list.add(new Finding(
                key.kind, key.permission, key.scope, key.whole, key.uses, key.note, found.count, found.places)));
        list.sort(Comparator.comparing((Finding finding) -> finding.kind() == Kind.HIDDEN)
                .thenComparing(Finding::permission)
                .thenComparing(finding -> !finding.whole())
                .thenComparing(Finding::scope)
                .thenComparing(Finding::kind)
                .thenComparing(Finding::uses));
        return list;
    }
}
