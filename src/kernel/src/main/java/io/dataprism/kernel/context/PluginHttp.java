package io.dataprism.kernel.context;

import io.dataprism.api.Caller;
import io.dataprism.api.Http;
import io.dataprism.api.PluginException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One plugin's requests to the outside, over the node's Vert.x. Everything here runs in the plugin's slices. */
final class PluginHttp implements Http {
    /** Each holds an answer that comes, and waits in the host's Vertx until it may begin. */
    static final int MOST_REQUESTS = 1_000;

    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final int MOST_REDIRECTS = 5;
    private static final int CONNECTIONS = 8;
    private static final long CONNECT_MILLIS = 10_000;
    private static final long IDLE_MILLIS = 30_000;
    private static final Duration WHOLE = Duration.ofMinutes(10);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private static final long MOST_DOWNLOADED = 1L << 30;

    private final PluginRuntime runtime;
    private final Caller caller;
    private final long mostDownloaded;
    private final Duration patience;
    private final AtomicInteger underWay = new AtomicInteger();
    private @Nullable HttpClient client;

    PluginHttp(PluginRuntime runtime) {
        this(runtime, MOST_DOWNLOADED, WHOLE);
    }

    PluginHttp(PluginRuntime runtime, long mostDownloaded, Duration patience) {
        this.runtime = runtime;
        this.mostDownloaded = mostDownloaded;
        this.patience = patience;
        this.caller = Caller.plugin(runtime.id());
    }

    @Override
    public Future<Reply> get(String url) {
        return inSlice(exchange -> open(exchange, Origin.of(url), 0).compose(this::hold));
    }

    @Override
    public Future<Reply> download(String url, Path file) {
        WorkFile target = WorkFile.in(runtime, file);
        return inSlice(exchange -> open(exchange, Origin.of(url), 0)
                .compose(response ->
                        target.take(response, vertx(), mostDownloaded).map(saved -> reply(response, Buffer.buffer()))));
    }

    /** Whether a request has no answer yet. From any thread. */
    boolean isUnderWay() {
        return underWay.get() > 0;
    }

    /** What one call has under way. A connection is not kept for what nobody waits for any more. */
    private static final class Exchange {
        private @Nullable HttpClientRequest current;
        private boolean over;

        /** {@code request} is next. */
        HttpClientRequest with(HttpClientRequest request) {
            current = request;
            if (over) {
                request.reset();
            }
            return request;
        }

        void giveUp() {
            over = true;
            if (current != null) {
                current.reset();
            }
        }
    }

    private <T> Future<T> inSlice(Function<Exchange, Future<T>> flow) {
        if (underWay.incrementAndGet() > MOST_REQUESTS) {
            underWay.decrementAndGet();
            return runtime.deployment().failed(BlockingWork.tooMuch(runtime, MOST_REQUESTS + " requests under way"));
        }
        Promise<T> result = runtime.deployment().promise();
        runtime.deployment()
                .context()
                .runOnContext(go -> start(flow)
                        .onComplete(end -> underWay.decrementAndGet())
                        .onComplete(result));
        return result.future();
    }

    private <T> Future<T> start(Function<Exchange, Future<T>> flow) {
        Exchange exchange = new Exchange();
        try {
            return flow.apply(exchange)
                    .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(cause -> exchange.giveUp());
        } catch (PluginException refused) {
            return runtime.deployment().failed(refused);
        }
    }

    /** The response at the end of the redirects. Each place on the way needs its own permission. */
    private Future<HttpClientResponse> open(Exchange exchange, Origin origin, int redirects) {
        runtime.gate().require(caller, origin.permission());
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setSsl(origin.secure())
                .setHost(origin.host())
                .setPort(origin.port())
                .setURI(origin.target())
                .setConnectTimeout(CONNECT_MILLIS)
                .setIdleTimeout(IDLE_MILLIS)
                .putHeader("accept-encoding", "gzip, deflate");
        return client().request(options)
                .map(exchange::with)
                .compose(HttpClientRequest::send)
                .compose(response -> follow(exchange, origin, response, redirects));
    }

    private Future<HttpClientResponse> follow(
            Exchange exchange, Origin from, HttpClientResponse response, int redirects) {
        String location = response.getHeader("location");
        if (!REDIRECTS.contains(response.statusCode()) || location == null) {
            return runtime.deployment().succeeded(response);
        }
        response.request().reset();
        if (redirects == MOST_REDIRECTS) {
            return runtime.deployment()
                    .failed(new PluginException(
                            "DP-0196",
                            "Plugin '" + runtime.id() + "' was redirected more than " + MOST_REDIRECTS + " times from '"
                                    + from.host() + "'. Ask for the final URL."));
        }
        return open(exchange, from.resolve(location), redirects + 1);
    }

    /** The whole body, or a failure as soon as it is too large. */
    private Future<Reply> hold(HttpClientResponse response) {
        Promise<Reply> held = runtime.deployment().promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(held::tryFail);
        response.endHandler(end -> held.tryComplete(reply(response, body)));
        response.handler(part -> {
            if (body.length() + part.length() <= MOST_BYTES) {
                body.appendBuffer(part);
            } else if (held.tryFail(new PluginException(
                    "DP-0197",
                    "Plugin '" + runtime.id() + "' fetched more than " + MOST_BYTES
                            + " bytes into memory. Use download for what is larger."))) {
                response.request().reset();
            }
        });
        return held.future();
    }

    private static Reply reply(HttpClientResponse response, Buffer body) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers()
                .forEach((name, value) ->
                        headers.merge(name.toLowerCase(Locale.ROOT), value, (first, next) -> first + "," + next));
        return new Reply(response.statusCode(), headers, body);
    }

    private Vertx vertx() {
        return runtime.deployment().context().owner();
    }

    private HttpClient client() {
        synchronized (underWay) {
            if (client == null) {
                client = vertx().createHttpClient(
                                new HttpClientOptions().setDecompressionSupported(true),
                                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setHttp2MaxSize(1));
            }
            return client;
        }
    }

    void close() {
        synchronized (underWay) {
            if (client != null) {
                client.close();
            }
        }
    }
}
