package io.dataprism.child.context;

import io.dataprism.api.Caller;
import io.dataprism.api.Trace;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.WireInput;
import io.dataprism.child.wire.WireOutput;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is said about a message besides its content.
 *
 * @param headers what the host's interceptors have added
 */
public record Headed(String id, Optional<String> cause, Map<String, String> headers) implements Trace {
    private static final Caller.Kind[] KINDS = Caller.Kind.values();

    public Headed {
        headers = Map.copyOf(headers);
    }

    /** Write {@code trace}. */
    public static void write(WireOutput out, Trace trace) {
        write(out, trace.id(), trace.cause(), trace.headers());
    }

    public static void write(WireOutput out, String id, Optional<String> cause, Map<String, String> headers) {
        out.text(id).text(cause).i32(headers.size());
        headers.forEach((name, value) -> out.text(name).text(value));
    }

    static Headed read(WireInput in) throws MalformedFrameException {
        String id = in.text();
        Optional<String> cause = in.optionalText();
        int count = in.count();
        if (count == 0) {
            return new Headed(id, cause, Map.of());
        }
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < count; i++) {
            headers.put(in.text(), in.text());
        }
        return new Headed(id, cause, headers);
    }

    /** Write {@code caller}. */
    @SuppressWarnings("EnumOrdinal") // the order is the wire's
    public static void caller(WireOutput out, Caller caller) {
        out.u8(caller.kind().ordinal()).text(caller.name());
    }

    /** Read a caller. */
    public static Caller caller(WireInput in) throws MalformedFrameException {
        int kind = in.u8();
        if (kind >= KINDS.length) {
            throw new MalformedFrameException("a caller of kind " + kind + ", which there is none of");
        }
        return new Caller(KINDS[kind], in.text());
    }
}
