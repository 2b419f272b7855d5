package io.dataprism.charts.engine;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Source;

/** The JavaScript that charts run, parsed once for all worlds of an engine. */
final class Scripts {
    static {
        NativeCode.leaveOut();
    }

    static final Source RUNTIME = source("runtime.js", read("runtime.js"));
    static final Source VEGA = source("vega.js", read("vega.min.js"));
    static final Source VEGA_LITE = source("vega-lite.js", read("vega-lite.min.js"));
    static final JsonObject THEME = new JsonObject(read("theme.json"));

    private Scripts() {}

    static Source source(String name, String text) {
        return Source.newBuilder("js", text, name).buildLiteral();
    }

    static String read(String name) {
        try (InputStream in = Scripts.class.getResourceAsStream("vega/" + name)) {
            if (in == null) {
                throw new IOException("it is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The script " + name + " of the chart engine cannot be read", e);
        }
    }
}
