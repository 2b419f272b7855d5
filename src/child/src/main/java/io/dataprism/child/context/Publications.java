package io.dataprism.child.context;

import io.dataprism.api.Caller;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Publication;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a publication, as a value on the wire. */
public final class Publications {
    private static final int ONE = 4;

    private Publications() {}

    public static Object write(Publication publication) {
        if (publication.refused().isEmpty() && publication.woken() == 0) {
            return publication.accepted();
        }
        JsonArray all = new JsonArray().add(publication.accepted()).add(publication.woken());
        for (Publication.Refusal refusal : publication.refused()) {
            all.add(refusal.subscriber().kind().name())
                    .add(refusal.subscriber().name())
                    .add(refusal.kind().name())
                    .add(refusal.reason());
        }
        return all;
    }

    static Publication read(@Nullable Object value) {
        if (!(value instanceof JsonArray all)) {
            return new Publication(value instanceof Integer accepted ? accepted : 0, List.of());
        }
        List<Publication.Refusal> refused = new ArrayList<>();
        for (int i = 2; i < all.size(); i += ONE) {
            refused.add(new Publication.Refusal(
                    new Caller(Caller.Kind.valueOf(all.getString(i)), all.getString(i + 1)),
                    FailureKind.valueOf(all.getString(i + 2)),
                    all.getString(i + 3)));
        }
        return new Publication(all.getInteger(0), refused, all.getInteger(1));
    }
}
