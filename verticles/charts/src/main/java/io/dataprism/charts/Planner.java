package io.dataprism.charts;

import io.dataprism.api.CallException;
import io.dataprism.api.Dataset;
import io.dataprism.api.FailureKind;
import io.dataprism.api.InlineRows;
import io.dataprism.api.TableHandle;
import io.dataprism.api.Tables;
import io.dataprism.charts.auto.ChartPicker;
import io.dataprism.charts.auto.InlineProfile;
import io.dataprism.charts.auto.Suggestion;
import io.dataprism.charts.auto.TableProfile;
import io.dataprism.charts.engine.ChartRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes of data and config what is drawn: picks the chart where it is asked to, and gets the rows. From a table come only the rows
 * that are drawn. Runs in the plugin's slices.
 */
final class Planner {
    private final TableRows tableRows;
    private final TableSurvey survey;

    Planner(Tables tables, int maxRows) {
        this.tableRows = new TableRows(tables, maxRows);
        this.survey = new TableSurvey(tables);
    }

    Future<Plan> plan(Dataset data, RenderConfig config) {
        return config.spec().isPresent()
                ? given(data, config, config.spec().get())
                : profile(data, config).compose(profile -> picked(data, config, pick(profile, config)));
    }

    /** The charts that fit, best first. */
    Future<List<Suggestion>> suggest(Dataset data, RenderConfig config, int limit) {
        return profile(data, config).map(profile -> ChartPicker.pick(profile, limit));
    }

    private Future<Plan> given(Dataset data, RenderConfig config, JsonObject spec) {
        if (data instanceof InlineRows inline) {
            return Future.succeededFuture(
                    plan(config, config.finish(spec), inline.rows(), Optional.empty(), List.of()));
        }
        return tableRows
                .forSpec((TableHandle) data, spec)
                .map(rows -> plan(config, config.finish(spec), rows.rows(), Optional.empty(), rows.notes()));
    }

    private Future<Plan> picked(Dataset data, RenderConfig config, Suggestion chart) {
        if (data instanceof InlineRows inline) {
            return Future.succeededFuture(
                    plan(config, config.finish(chart.ofAllRows()), inline.rows(), Optional.of(chart), List.of()));
        }
        if (chart.query().isEmpty()) {
            return Future.succeededFuture(
                    plan(config, config.finish(chart.ofReducedRows()), new JsonArray(), Optional.of(chart), List.of()));
        }
        return tableRows
                .query((TableHandle) data, chart.query().get())
                .map(rows -> plan(config, config.finish(chart.ofReducedRows()), rows, Optional.of(chart), List.of()));
    }

    private static Plan plan(
            RenderConfig config, JsonObject spec, JsonArray rows, Optional<Suggestion> chart, List<String> notes) {
        Map<String, JsonArray> data = Map.of(ChartRequest.MAIN, rows);
        return new Plan(new ChartRequest(spec, data, config.style()), chart, notes);
    }

    private Future<TableProfile> profile(Dataset data, RenderConfig config) {
        Future<TableProfile> profile;
        if (config.profile().isPresent()) {
            profile = Future.succeededFuture(config.profile().get());
        } else if (data instanceof InlineRows inline) {
            profile = Future.succeededFuture(InlineProfile.of(inline.rows()));
        } else {
            profile = survey.of((TableHandle) data);
        }
        return profile.map(all -> config.columns().isEmpty() ? all : all.only(config.columns()));
    }

    private static Suggestion pick(TableProfile profile, RenderConfig config) {
        List<Suggestion> charts = ChartPicker.pick(profile, config.rank());
        if (charts.size() < config.rank()) {
            throw new CallException(
                    FailureKind.INVALID,
                    "No chart of rank " + config.rank() + " fits: " + charts.size() + " fit the "
                            + profile.columns().size() + " columns and " + profile.rows()
                            + " rows. Ask for a lower rank, or give a specification.");
        }
        return charts.get(config.rank() - 1);
    }
}
