package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.Map;

/** Requests to the outside. Each needs {@code network-access:<scheme>://<host>:<port>}, checked again at each redirect. */
public interface Http {

    /** GET {@code url} and hold the body in memory, 16 MB at most. */
    Future<Reply> get(String url);

    /**
     * GET {@code url} straight into {@code file}, which must lie in the plugin's {@link PluginContext#workFolder}.
     *
     * @return the reply without body; fails with {@code DP-0197} as soon as more than 1 GB has come; the file is there once the future has succeeded, and never in part
     */
    Future<Reply> download(String url, Path file);

    /**
     * What came back, whatever its status.
     *
     * @param headers names in lower case; several values joined by a comma
     */
    record Reply(int status, Map<String, String> headers, Buffer body) {
        public Reply {
            headers = Map.copyOf(headers);
        }
    }
}
