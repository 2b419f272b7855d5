package io.dataprism.charts.engine;

import io.dataprism.charts.spec.SpecCheck;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.PolyglotException;

/**
 * Draws charts. The same request gives the same bytes on every machine. Methods block and may be called by several threads at once;
 * as many charts are drawn at a time as {@link ChartLimits#worlds} says, others wait their turn within their time. Close it
 * at the end.
 */
public final class ChartEngine implements AutoCloseable {
    /** Charts that draw random numbers draw the same ones each time. */
    private static final int SEED = 20_240_229;

    /** Warming may take longer than a chart may, for it waits for nobody. */
    private static final Duration WARMING = Duration.ofMinutes(5);

    private final ChartLimits limits;
    private final WorldPool worlds;
    private final Deadline deadline = new Deadline();

    public ChartEngine(ChartLimits limits) {
        this.limits = limits;
        this.worlds = new WorldPool(limits.worlds());
    }

    /** Do now what the first chart would otherwise wait for: about three seconds of work. */
    public void warm() {
        ChartRequest request = ChartRequest.of(new JsonObject(Scripts.read("warm.json")));
        check(request);
        run(message(request, Map.of()), WARMING.toNanos());
    }

    /**
     * Draw a chart.
     *
     * @throws ChartException for a wrong specification, a limit that is passed, or what Vega itself finds wrong
     */
    public Drawing draw(ChartRequest request) {
        check(request);
        return drawUnchecked(request);
    }

    private static void check(ChartRequest request) {
        List<String> problems = SpecCheck.dataProblems(request.spec());
        if (problems.isEmpty() && request.isLite()) {
            problems = SpecCheck.problems(request.completeSpec());
        }
        if (problems.isEmpty() && request.isLite()) {
            problems = SpecCheck.fieldProblems(request.spec(), request.data());
        }
        if (!problems.isEmpty()) {
            throw ChartException.wrongSpecification(problems);
        }
    }

    /** Without the check of the specification: Vega-Lite then draws what it understands and leaves out the rest. */
    Drawing drawUnchecked(ChartRequest request) {
        List<String> notes = new ArrayList<>();
        if (request.isLite()) {
            SpecCheck.unknown(request.completeSpec()).forEach(unknown -> notes.add("Left out: " + unknown));
        }
        Map<String, JsonArray> data = Sampling.shorten(request.data(), limits.rows(), notes);
        World.Answer answer = run(message(request, data), limits.time().toNanos());
        if (answer.error() != null) {
            throw new ChartException(ChartException.Kind.DRAWING, "The chart cannot be drawn: " + answer.error() + ".");
        }
        if (answer.svg() == null) {
            throw tooLarge(answer.marks() + " marks", limits.marks() + " marks");
        }
        if (answer.svg().length() > limits.svgBytes()) {
            throw tooLarge(answer.svg().length() + " bytes of SVG", limits.svgBytes() + " bytes");
        }
        if (answer.notes() != null) {
            new JsonArray(answer.notes()).forEach(note -> notes.add(String.valueOf(note)));
        }
        return new Drawing(answer.svg(), answer.marks(), notes, limits.pixels());
    }

    private String message(ChartRequest request, Map<String, JsonArray> data) {
        JsonObject tables = new JsonObject();
        data.forEach(tables::put);
        return new JsonObject()
                .put("lite", request.isLite())
                .put("spec", request.completeSpec())
                .put("data", tables)
                .put("config", request.style() == ChartRequest.Style.PRISM ? Scripts.THEME : new JsonObject())
                .put("seed", SEED)
                .put("maxMarks", limits.marks())
                .encode();
    }

    private World.Answer run(String message, long nanos) {
        World world = borrow();
        Deadline.Watch watch = deadline.start(world, nanos);
        boolean sound = false;
        try {
            World.Answer answer = world.draw(message);
            sound = watch.stop();
            return answer;
        } catch (PolyglotException e) {
            throw watch.stop() ? failed(e) : tooLong();
        } finally {
            finish(world, sound);
        }
    }

    private World borrow() {
        try {
            World world = worlds.borrow(limits.time().toNanos());
            if (world == null) {
                throw new ChartException(
                        ChartException.Kind.LIMIT,
                        "The chart waited " + limits.time().toSeconds() + " s for its turn: " + limits.worlds()
                                + " others are being drawn. Try again, or allow more at once (worlds).");
            }
            return world;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChartException(ChartException.Kind.DRAWING, "The drawing of the chart was interrupted.", e);
        }
    }

    private void finish(World world, boolean sound) {
        if (sound) {
            worlds.giveBack(world);
        } else {
            worlds.drop(world);
        }
    }

    private static ChartException failed(PolyglotException e) {
        return new ChartException(ChartException.Kind.DRAWING, "The chart cannot be drawn: " + e.getMessage() + ".", e);
    }

    private ChartException tooLong() {
        return new ChartException(
                ChartException.Kind.LIMIT,
                "The chart was not drawn within " + limits.time().toMillis()
                        + " ms. Aggregate the data first, or raise 'maxSeconds' in the plugin's config.");
    }

    private static ChartException tooLarge(String found, String allowed) {
        return new ChartException(
                ChartException.Kind.LIMIT,
                "The chart has " + found + ", but at most " + allowed
                        + " are drawn. Aggregate, bin or sample the data first, or raise the limit.");
    }

    @Override
    public void close() {
        deadline.close();
        worlds.close();
    }
}
