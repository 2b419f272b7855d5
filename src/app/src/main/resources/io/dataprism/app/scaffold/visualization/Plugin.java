package {{package}};

import io.dataprism.api.Call;
import io.dataprism.api.CallException;
import io.dataprism.api.Dataset;
import io.dataprism.api.Export;
import io.dataprism.api.FailureKind;
import io.dataprism.api.InlineRows;
import io.dataprism.api.PluginContext;
import io.dataprism.api.View;
import io.dataprism.api.VisualizationPlugin;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Draws a bar for each row. */
public final class {{class}} implements VisualizationPlugin {
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final Map<String, String> views = new HashMap<>();
    private PluginContext context;

    @Override
    public Future<Void> initialize(PluginContext given) {
        context = given;
        return Future.succeededFuture();
    }

    @Override
    public Future<View> render(Call call, Dataset data, JsonObject config) {
        View view = new View(
                context.node(),
                call.caller().label(),
                UUID.randomUUID().toString(),
                Instant.now().plus(LEASE));
        views.put(view.id(), draw(data, config));
        return Future.succeededFuture(view);
    }

    @Override
    public Future<Void> update(Call call, View view, Dataset data, JsonObject config) {
        drawn(view);
        views.put(view.id(), draw(data, config));
        return Future.succeededFuture();
    }

    @Override
    public Future<Export> export(Call call, View view, String format, JsonObject config) {
        return format.equals("svg")
                ? Future.succeededFuture(new Export("svg", "image/svg+xml", Buffer.buffer(drawn(view))))
                : Future.failedFuture(VisualizationPlugin.unsupportedFormat(format));
    }

    @Override
    public Future<Void> release(Call call, View view) {
        views.remove(view.id());
        return Future.succeededFuture();
    }

    private String drawn(View view) {
        String svg = views.get(view.id());
        if (svg == null) {
            throw new CallException(FailureKind.INVALID, "The view is gone: it was released. Render it again.");
        }
        return svg;
    }

    private String draw(Dataset data, JsonObject config) {
        if (!(data instanceof InlineRows inline)) {
            throw new CallException(FailureKind.INVALID, "This plugin takes rows inline, not a table handle.");
        }
        String column = config.getString("column", "value");
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" height=\"100\">");
        for (int i = 0; i < inline.rows().size(); i++) {
            double height = inline.rows().getJsonObject(i).getDouble(column);
            svg.append("<rect width=\"18\" x=\"").append(i * 20).append("\" y=\"").append(100 - height);
            svg.append("\" height=\"").append(height).append("\" fill=\"").append(context.config().getString("color")).append("\"/>");
        }
        return svg.append("</svg>").toString();
    }
}
