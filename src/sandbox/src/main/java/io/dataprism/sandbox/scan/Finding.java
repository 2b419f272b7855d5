package io.dataprism.sandbox.scan;

import java.util.List;

/**
 * Something that the classes reach for, with where.
 *
 * @param permission that it takes; empty for what no permission gives
 * @param scope what is known of the permission's scope, such as {@code read:/etc/hosts}, or {@code read} where the file is not known
 * @param whole whether the scope is known wholly
 * @param uses what is called or extended, such as {@code java.nio.file.Files.delete}
 * @param note more about it, in words; may be empty
 * @param count how often it was found
 * @param places the first of them
 */
public record Finding(
        Kind kind,
        String permission,
        String scope,
        boolean whole,
        String uses,
        String note,
        int count,
        List<Place> places) {
    public Finding {
        places = List.copyOf(places);
    }

    /** What a finding says. */
    public enum Kind {
        /** It takes a permission. */
        NEEDS,
        /** It takes a permission, and what else it reaches can't be told from the code. */
        BLIND,
        /** No permission gives it. */
        HIDDEN
    }

    /** The permission as a manifest writes it: {@code file-access:read:/etc/hosts}. */
    public String wanted() {
        return scope.isEmpty() ? permission : permission + ":" + scope;
    }
}
