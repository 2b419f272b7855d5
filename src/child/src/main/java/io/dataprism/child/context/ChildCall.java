package io.dataprism.child.context;

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.Calls;
import io.dataprism.api.FailureKind;
import io.dataprism.child.ChildLink;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.Values;
import io.dataprism.child.wire.WireInput;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call of one of the plugin's capabilities. */
public final class ChildCall implements Call {
    private final ChildLink link;
    private final long number;
    private final String capability;
    private final Caller caller;
    private final long deadline;
    private final Headed headed;
    private final @Nullable Object body;
    private final Promise<Void> cancelled;

    private ChildCall(
            ChildLink link,
            long number,
            String capability,
            Caller caller,
            long deadline,
            Headed headed,
            @Nullable Object body) {
        this.link = link;
        this.number = number;
        this.capability = capability;
        this.caller = caller;
        this.deadline = deadline;
        this.headed = headed;
        this.body = body;
        this.cancelled = link.slices().promise();
    }

    /** @param number what the kernel calls it by */
    public static ChildCall read(ChildLink link, long number, WireInput in) throws MalformedFrameException {
        String capability = in.text();
        Caller caller = Headed.caller(in);
        long deadline = System.nanoTime() + in.i64();
        Headed headed = Headed.read(in);
        return new ChildCall(link, number, capability, caller, deadline, headed, Values.read(in));
    }

    /** Nobody waits for the answer any more. */
    public void cancel() {
        cancelled.tryComplete();
    }

    @Override
    public String capability() {
        return capability;
    }

    @Override
    public String id() {
        return headed.id();
    }

    @Override
    public Optional<String> cause() {
        return headed.cause();
    }

    @Override
    public Map<String, String> headers() {
        return headed.headers();
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public @Nullable Object body() {
        return body;
    }

    @Override
    public JsonObject json() {
        if (body instanceof JsonObject object) {
            return object;
        }
        throw new CallException(
                FailureKind.INVALID,
                "A call of '" + capability + "' needs a JSON object, but got "
                        + (body == null ? "nothing" : "a " + body.getClass().getSimpleName()) + ".");
    }

    @Override
    public Instant deadline() {
        return Instant.now().plus(remaining());
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    @Override
    public Future<Void> cancelled() {
        return cancelled.future();
    }

    @Override
    public Calls calls() {
        return new ChildCalls(link, number);
    }

    @Override
    public boolean callerMay(String permission) {
        return Boolean.TRUE.equals(
                link.now(Op.CALLER_MAY, out -> out.i64(number).text(permission)));
    }
}
