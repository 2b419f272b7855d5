package io.dataprism.charts.engine;

import io.dataprism.charts.font.CssFont;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.TimeoutException;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;

/**
 * A JavaScript world with Vega in it. It reaches nothing of the host but the measuring of text, and all of them see UTC. Used by one
 * thread at a time; {@link #interrupt} may be called from any.
 */
final class World implements AutoCloseable {
    private final Context context;
    private final Value draw;
    private final Value turn;

    World(Engine engine) {
        context = Context.newBuilder("js")
                .engine(engine)
                .allowHostAccess(HostAccess.NONE)
                .allowIO(IOAccess.NONE)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                .allowEnvironmentAccess(EnvironmentAccess.NONE)
                .allowHostClassLookup(name -> false)
                .allowCreateThread(false)
                .allowNativeAccess(false)
                .allowCreateProcess(false)
                .timeZone(ZoneOffset.UTC)
                .option("js.use-utc-for-legacy-dates", "false")
                .build();
        Value global = context.eval(Scripts.source("globalThis", "globalThis"));
        ProxyExecutable measure =
                arguments -> CssFont.parse(arguments[0].asString()).width(arguments[1].asString());
        Value runtime = context.eval(Scripts.RUNTIME).execute(global, measure);
        runtime.invokeMember("prelude");
        context.eval(Scripts.VEGA);
        context.eval(Scripts.VEGA_LITE);
        runtime.invokeMember("loaded");
        draw = runtime.getMember("draw");
        turn = runtime.getMember("turn");
    }

    /** What came out; {@code svg} is absent where there were too many marks. */
    Answer draw(String request) {
        Value answer = draw.execute(request);
        while (!isDone(answer) && turn.execute().asBoolean()) {
            // Promise jobs run at the end of each call, timers in the next
        }
        if (!isDone(answer)) {
            return new Answer("it waits for something that never comes", null, 0, "[]");
        }
        return new Answer(
                text(answer, "error"),
                text(answer, "svg"),
                answer.getMember("marks").asInt(),
                text(answer, "notes"));
    }

    private static boolean isDone(Value answer) {
        return answer.getMember("done").asBoolean();
    }

    private static @Nullable String text(Value answer, String member) {
        Value value = answer.getMember(member);
        return value.isNull() ? null : value.asString();
    }

    /** End what runs in this world, which is of no use afterwards. */
    void interrupt() throws TimeoutException {
        context.interrupt(Duration.ofSeconds(5));
    }

    @Override
    public void close() {
        context.close(true);
    }

    /** What {@code draw} of runtime.js answers. */
    record Answer(
            @Nullable String error,
            @Nullable String svg,
            int marks,
            @Nullable String notes) {}
}
