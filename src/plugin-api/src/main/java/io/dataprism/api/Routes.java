package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Http routes of a plugin under the node's gateway, at {@code /plugins/<id>/<path>}: the gateway asks who the caller is and whether it
 * may, before the plugin sees a request. They end with the plugin.
 */
public interface Routes {

    /**
     * Serve {@code method} at {@code path}.
     *
     * @param method {@code GET}, {@code POST}, {@code PUT}, {@code PATCH} or {@code DELETE}
     * @param path words joined by slashes, for example {@code reports/{id}}: a word in braces is a parameter, and a last word {@code *} is the rest
     * @param handler runs in the plugin's slices
     * @return the route, once requests arrive; fails where this plugin has one for the same method and path
     */
    Future<Route> add(String method, String path, Handler handler);

    /** A route that was added. */
    interface Route {
        String method();

        String path();

        /** Serve it no longer; requests under way are finished. */
        Future<Void> remove();
    }

    /** Answers requests. */
    @FunctionalInterface
    interface Handler {
        /** Answer {@code request}; throwing is the same as failing, and becomes a status by the failure's kind without telling its text. */
        Future<Reply> handle(Request request) throws Exception;
    }

    /**
     * A request.
     *
     * @param caller on whose behalf: attested by the gateway
     * @param parameters of path and query, decoded; of several with one name the first
     * @param headers names in lower case, without those that carry credentials
     * @param body to be read once; empty where the request has none
     */
    record Request(
            String method,
            String path,
            Caller caller,
            Map<String, String> parameters,
            Map<String, String> headers,
            ByteReader body) {
        public Request {
            parameters = Map.copyOf(parameters);
            headers = Map.copyOf(headers);
        }
    }

    /**
     * An answer.
     *
     * @param status from 200 to 599
     */
    record Reply(int status, Map<String, String> headers, Buffer body) {
        public Reply {
            headers = Map.copyOf(headers);
        }

        public static Reply json(JsonObject body) {
            return new Reply(200, Map.of("content-type", "application/json"), body.toBuffer());
        }

        public static Reply text(String body) {
            return new Reply(200, Map.of("content-type", "text/plain; charset=utf-8"), Buffer.buffer(body));
        }
    }
}
