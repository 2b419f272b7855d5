package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * A plugin that shows data. Its category is {@code visualization}; it is called at {@code render} ({@code {data, config}} to a view), {@code
 * update} ({@code {view, data, config}}), {@code export} ({@code {view, format, config}} to {@code {format, mediaType, content}}) and {@code
 * release} ({@code {view}}).
 *
 * <pre>{@code
 * public final class Words implements VisualizationPlugin {
 *     private final Map<String, String> views = new HashMap<>();
 *
 *     public Future<View> render(Call call, Dataset data, JsonObject config) {
 *         View view = new View("here", call.caller().label(), UUID.randomUUID().toString(), Instant.now().plusSeconds(60));
 *         return update(call, view, data, config).map(view);
 *     }
 *
 *     public Future<Void> update(Call call, View view, Dataset data, JsonObject config) {
 *         views.put(view.id(), "<svg><text>" + config.getString("title") + "</text></svg>");
 *         return Future.succeededFuture();
 *     }
 *
 *     public Future<Export> export(Call call, View view, String format, JsonObject config) {
 *         return format.equals("svg")
 *                 ? Future.succeededFuture(new Export("svg", "image/svg+xml", Buffer.buffer(views.get(view.id()))))
 *                 : Future.failedFuture(VisualizationPlugin.unsupportedFormat(format));
 *     }
 *
 *     public Future<Void> release(Call call, View view) {
 *         views.remove(view.id());
 *         return Future.succeededFuture();
 *     }
 * }
 * }</pre>
 */
public interface VisualizationPlugin extends Plugin {

    /** Make a view that belongs to the caller. */
    Future<View> render(Call call, Dataset data, JsonObject config) throws Exception;

    /** Show other data, or the same otherwise, in an existing view. */
    Future<Void> update(Call call, View view, Dataset data, JsonObject config) throws Exception;

    /**
     * A view as a file.
     *
     * @return fails with {@link #unsupportedFormat} for a format it does not know
     */
    Future<Export> export(Call call, View view, String format, JsonObject config) throws Exception;

    /** End a view. */
    Future<Void> release(Call call, View view) throws Exception;

    @Override
    default Capabilities capabilities() {
        return Capabilities.of(
                        "render",
                        call -> render(call, data(call), Requests.object(call, "config"))
                                .map(View::toJson))
                .and("update", call -> update(call, view(call), data(call), Requests.object(call, "config")))
                .and(
                        "export",
                        call -> export(call, view(call), Requests.text(call, "format"), Requests.object(call, "config"))
                                .map(Export::toJson))
                .and("release", call -> release(call, view(call)));
    }

    /** The failure for a format that is not supported: {@code Unsupported format: <format>}. */
    static CallException unsupportedFormat(String format) {
        return new CallException(FailureKind.INVALID, "Unsupported format: " + PluginException.excerpt(format));
    }

    private static Dataset data(Call call) {
        return Dataset.fromJson(call.json().getValue("data"));
    }

    private static View view(Call call) {
        return View.fromJson(Requests.object(call, "view"));
    }
}
