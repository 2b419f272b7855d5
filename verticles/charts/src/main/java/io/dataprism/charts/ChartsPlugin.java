package io.dataprism.charts;

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.Caller;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Dataset;
import io.dataprism.api.Event;
import io.dataprism.api.Export;
import io.dataprism.api.FailureKind;
import io.dataprism.api.PluginContext;
import io.dataprism.api.View;
import io.dataprism.api.VisualizationPlugin;
import io.dataprism.charts.auto.Suggestion;
import io.dataprism.charts.engine.ChartEngine;
import io.dataprism.charts.engine.ChartException;
import io.dataprism.charts.engine.ChartLimits;
import io.dataprism.charts.engine.Drawing;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * The plugin {@code charts}: draws Vega-Lite specifications, and charts that it picks itself, for rows or for a table.
 *
 * <p>Beside the capabilities of its category it has {@code suggest} ({@code {data, config}} to {@code {charts}}, the charts that fit, each with
 * its specification) and {@code describe} ({@code {view}} to what there is to say about it: marks, notes, specification, and
 * why it was picked).
 */
@SuppressWarnings("NullAway.Init") // initialize is called before anything else
public final class ChartsPlugin implements VisualizationPlugin {
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final List<String> ENDS = List.of("stopped", "error", "quarantined");
    private static final double DEFAULT_SCALE = 2;
    private static final double LARGEST_SCALE = 10;
    private static final int MOST_SUGGESTIONS = 20;
    private static final int DEFAULT_SUGGESTIONS = 6;

    private PluginContext context;
    private boolean stopping;
    private ChartEngine engine;
    private Views views;
    private Planner planner;

    @Override
    public Future<Void> initialize(PluginContext given) {
        JsonObject config = given.config();
        context = given;
        ChartLimits limits = Settings.limits(config);
        engine = new ChartEngine(limits);
        views = new Views(given.node(), Settings.lease(config), Settings.views(config), given.memory());
        planner = new Planner(given.tables(), limits.rows());
        return Future.succeededFuture();
    }

    @Override
    public Capabilities capabilities() {
        return VisualizationPlugin.super
                .capabilities()
                .and("suggest", this::suggest)
                .and("describe", this::describe);
    }

    /** Calls are answered at once; the engine warms up beside, and a chart that comes before simply takes longer. */
    @Override
    public Future<Void> start() {
        context.timers().every(SWEEP, views::sweep);
        if (Settings.warm(context.config())) {
            context.blocking(this::warm).onFailure(this::notWarm);
        }
        return watchOwners();
    }

    private boolean warm() {
        engine.warm();
        return true;
    }

    /** Whoever stops before the engine is warm cuts the warming off, which is no news. */
    private void notWarm(Throwable cause) {
        if (stopping) {
            context.log().debug("The chart engine's warming was cut off by the plugin's end: " + cause);
        } else {
            context.log().warn("The chart engine could not warm up", cause);
        }
    }

    @Override
    public Future<Void> stop() {
        stopping = true;
        return Future.succeededFuture();
    }

    /** A plugin that ended needs its views no more. */
    private Future<Void> watchOwners() {
        Future<Void> all = Future.succeededFuture();
        for (String end : ENDS) {
            all = all.compose(done -> context.events().subscribe("plugin.*." + end, this::ownerEnded))
                    .mapEmpty();
        }
        return all;
    }

    private void ownerEnded(Event event) {
        Caller.Kind source = event.source().kind();
        if (source != Caller.Kind.PLUGIN && source != Caller.Kind.USER) {
            views.removeOwnedBy(event.topic().split("\\.", -1)[1]);
        }
    }

    @Override
    public Future<Void> destroy() {
        ChartEngine ending = engine;
        return ending == null
                ? Future.succeededFuture()
                : context.blocking(() -> {
                    ending.close();
                    return null;
                });
    }

    @Override
    public Future<View> render(Call call, Dataset data, JsonObject config) {
        return draw(data, config).map(view -> views.add(call.caller(), view));
    }

    @Override
    public Future<Void> update(Call call, View view, Dataset data, JsonObject config) {
        ChartView before = views.get(call.caller(), view);
        return draw(data, config.isEmpty() ? before.config() : config).map(after -> {
            views.replace(call.caller(), view, after);
            return null;
        });
    }

    @Override
    public Future<Export> export(Call call, View view, String format, JsonObject config) {
        Drawing drawing = views.get(call.caller(), view).drawing();
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "svg" ->
                Future.succeededFuture(new Export(
                        format, "image/svg+xml", Buffer.buffer(drawing.svg().getBytes(StandardCharsets.UTF_8))));
            case "png" -> {
                double scale = scale(config);
                yield write(() -> drawing.png(scale))
                        .map(bytes -> new Export(format, "image/png", Buffer.buffer(bytes)));
            }
            case "pdf" -> write(drawing::pdf).map(bytes -> new Export(format, "application/pdf", Buffer.buffer(bytes)));
            default -> Future.failedFuture(VisualizationPlugin.unsupportedFormat(format));
        };
    }

    private static double scale(JsonObject config) {
        Object scale = config.getValue("scale", DEFAULT_SCALE);
        if (scale instanceof Number number && number.doubleValue() > 0 && number.doubleValue() <= LARGEST_SCALE) {
            return number.doubleValue();
        }
        throw new CallException(
                FailureKind.INVALID,
                "The export's config has a field 'scale' that must be a number above 0 and at most " + LARGEST_SCALE
                        + ", but is " + scale + ".");
    }

    @Override
    public Future<Void> release(Call call, View view) {
        views.remove(call.caller(), view);
        return Future.succeededFuture();
    }

    private Future<JsonObject> suggest(Call call) {
        JsonObject request = call.json();
        JsonObject config = request.getJsonObject("config", new JsonObject()).copy();
        int limit = config.remove("limit") instanceof Number number ? number.intValue() : DEFAULT_SUGGESTIONS;
        RenderConfig wanted = RenderConfig.of(config.put("auto", true));
        return planner.suggest(Dataset.fromJson(request.getValue("data")), wanted, Math.min(limit, MOST_SUGGESTIONS))
                .map(charts -> new JsonObject()
                        .put(
                                "charts",
                                new JsonArray(
                                        charts.stream().map(Suggestion::toJson).toList())));
    }

    private Future<JsonObject> describe(Call call) {
        View view = View.fromJson(call.json().getJsonObject("view", new JsonObject()));
        return Future.succeededFuture(views.get(call.caller(), view).describe());
    }

    private Future<ChartView> draw(Dataset data, JsonObject config) {
        RenderConfig wanted = RenderConfig.of(config);
        return planner.plan(data, wanted)
                .compose(plan ->
                        write(() -> engine.draw(plan.request())).map(drawing -> ChartView.of(config, plan, drawing)));
    }

    /** On a thread that may block; what the caller got wrong reaches it as such. */
    private <T> Future<T> write(Callable<T> work) {
        return context.blocking(work)
                .recover(cause -> Future.failedFuture(
                        cause instanceof ChartException chart
                                ? new CallException(
                                        Settings.kind(chart), chart.code(), String.valueOf(chart.getMessage()), chart)
                                : cause));
    }
}
