package io.dataprism.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.app.pipeline.Step;
import io.dataprism.app.pipeline.StepResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChartGalleryTest {
    /** A pipeline may ask any plugin for an export. */
    @Test
    void whatAPluginCallsAPictureIsNoHtml() {
        JsonObject export =
                new JsonObject().put("mediaType", "\"><script>").put("content", Buffer.buffer(new byte[] {1, 2, 3}));
        Path folder = Path.of("report");
        Step step =
                new Step("draw", "evil", "export", new JsonObject(), Optional.empty(), Duration.ofSeconds(1), Map.of());
        StepResult result = new StepResult(
                step,
                0,
                Duration.ZERO,
                OptionalLong.empty(),
                export,
                Optional.of(folder.resolve("a.svg").toAbsolutePath()));
        assertEquals(
                "<div class=\"charts\"><figure><div class=\"paper\"><img alt=\"a\" src=\"data:&quot;&gt;&lt;script&gt;;base64,AQID\"></div>"
                        + "<figcaption><span>a</span><a href=\"a.svg\">SVG</a></figcaption></figure></div>",
                new ChartGallery(folder).toHtml(List.of(result)));
    }
}
