package io.dataprism.kernel.context;

import io.dataprism.api.Caller;
import io.dataprism.api.Http;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.resource.Countable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One plugin's requests to the outside, over the node's Vert.x. What is not said to be for any thread runs in the plugin's slices. No cookies are kept, and
 * connections are the plugin's own.
 */
final class PluginHttp implements Http {
    /** Each holds an answer that comes, and waits in the host's Vertx until it may begin. */
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final int MOST_REDIRECTS = 5;
    private static final int CONNECTIONS = 8;
    private static final long CONNECT_MILLIS = 10_000;
    private static final long IDLE_MILLIS = 30_000;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final PluginRuntime runtime;
    private final Caller caller;
    private final Settings settings;
    private final WriteQuota quota;
    private final Reach reach;
    private final Reached reached;
    private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();

    // Guarded by underWay.
    private @Nullable HttpClient client;
    private Runnable deaf = () -> {};
    private boolean closed;

    /**
     * @param mostDownloaded bytes
     * @param patience how long a call may take in all
     * @param names where names lead
     * @param options of the client
     */
    record Settings(long mostDownloaded, Duration patience, NameLookup names, HttpClientOptions options) {
        static Settings of(BlockingWork blocking) {
            return new Settings(1L << 30, Duration.ofMinutes(10), NameLookup.on(blocking), new HttpClientOptions());
        }
    }

    PluginHttp(PluginRuntime runtime, BlockingWork blocking, WriteQuota quota) {
        this(runtime, Settings.of(blocking), quota);
    }

    PluginHttp(PluginRuntime runtime, Settings settings, WriteQuota quota) {
        this.runtime = runtime;
        this.quota = quota;
        this.settings = settings;
        this.caller = Caller.plugin(runtime.id());
        this.reach = new Reach(runtime, settings.names());
        this.reached = new Reached(reach);
    }

    @Override
    public Future<Reply> get(String url) {
        Held held = new Held(runtime.memory());
        return this.<Reply>inSlice(
                        exchange -> open(exchange, Origin.of(url), 0, "gzip").compose(response -> hold(response, held)))
                .onComplete(had -> held.release());
    }

    @Override
    public Future<Reply> download(String url, Path file) {
        WorkFile target = WorkFile.in(runtime, quota, file);
        return inSlice(exchange -> open(exchange, Origin.of(url), 0, "identity")
                .compose(response -> target.take(response, settings.mostDownloaded())
                        .map(saved -> reply(response, Buffer.buffer()))));
    }

    /** Whether a request has no answer yet. From any thread. */
    boolean isUnderWay() {
        return underWay.get() > 0;
    }

    private <T> Future<T> inSlice(Function<Exchange, Future<T>> flow) {
        int most = runtime.tally().limit(Countable.REQUESTS);
        if (underWay.incrementAndGet() > most) {
            underWay.decrementAndGet();
            return runtime.deployment().failed(BlockingWork.tooMuch(runtime, most + " requests under way"));
        }
        runtime.tally().add(Countable.REQUESTS, 1);
        Promise<T> result = runtime.deployment().promise();
        Exchange exchange = new Exchange(reach, reached, result::tryFail);
        exchanges.add(exchange);
        runtime.deployment()
                .context()
                .runOnContext(go -> start(exchange, flow).onComplete(end -> {
                    exchanges.remove(exchange);
                    underWay.decrementAndGet();
                    runtime.tally().add(Countable.REQUESTS, -1);
                    if (end.succeeded()) {
                        result.tryComplete(end.result());
                    } else {
                        result.tryFail(end.cause());
                    }
                }));
        return result.future();
    }

    private <T> Future<T> start(Exchange exchange, Function<Exchange, Future<T>> flow) {
        try {
            return flow.apply(exchange)
                    .timeout(settings.patience().toMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(cause -> exchange.giveUp());
        } catch (RuntimeException refused) {
            // Whatever it is: what has no answer keeps its place among those under way for ever.
            return runtime.deployment().failed(refused);
        }
    }

    /** The response at the end of the redirects. Each place on the way needs its own permission. */
    private Future<HttpClientResponse> open(Exchange exchange, Origin origin, int redirects, String encoding) {
        return reach.of(origin).compose(place -> {
            exchange.to(place);
            return client().request(request(place).putHeader("accept-encoding", encoding))
                    .map(request -> exchange.with(request, place))
                    .compose(HttpClientRequest::send)
                    .compose(response -> follow(exchange, origin, response, redirects, encoding));
        });
    }

    private static RequestOptions request(Destination place) {
        Origin origin = place.origin();
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setSsl(origin.secure())
                .setServer(place.server())
                .setHost(origin.host())
                .setPort(origin.port())
                .setURI(origin.target())
                .setConnectTimeout(CONNECT_MILLIS)
                .setIdleTimeout(IDLE_MILLIS);
    }

    /** What is not allowed any more ends, also what only waits for the next request; from any thread. */
    private void changed(Caller whose) {
        if (whose.equals(caller)) {
            exchanges.forEach(Exchange::look);
            reached.look();
        }
    }

    private Future<HttpClientResponse> follow(
            Exchange exchange, Origin from, HttpClientResponse response, int redirects, String encoding) {
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
        return open(exchange, from.resolve(location), redirects + 1, encoding);
    }

    /** The whole body, or a failure as soon as it is too large. */
    private Future<Reply> hold(HttpClientResponse response, Held held) {
        Promise<Reply> answer = runtime.deployment().promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(answer::tryFail);
        response.endHandler(end -> finish(response, body, held, answer));
        response.handler(part -> {
            try {
                keep(part, body, held);
            } catch (PluginException tooLarge) {
                if (answer.tryFail(tooLarge)) {
                    response.request().reset();
                }
            }
        });
        return answer.future();
    }

    private void keep(Buffer part, Buffer body, Held held) {
        if (body.length() + part.length() > MOST_BYTES) {
            throw new PluginException(
                    "DP-0197",
                    "Plugin '" + runtime.id() + "' fetched more than " + MOST_BYTES
                            + " bytes into memory. Use download for what is larger.");
        }
        if (held.take(part.length())) {
            body.appendBuffer(part);
        }
    }

    private void finish(HttpClientResponse response, Buffer body, Held held, Promise<Reply> answer) {
        try {
            if (!Unzipped.isZipped(response)) {
                answer.tryComplete(reply(response, body));
                return;
            }
            byte[] whole = Unzipped.of(runtime.id(), body.getBytes(), MOST_BYTES);
            held.take(whole.length);
            answer.tryComplete(reply(response, Buffer.buffer(whole)));
        } catch (PluginException refused) {
            answer.tryFail(refused);
        }
    }

    private static Reply reply(HttpClientResponse response, Buffer body) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers()
                .forEach((name, value) ->
                        headers.merge(name.toLowerCase(Locale.ROOT), value, (first, next) -> first + "," + next));
        if (Unzipped.isZipped(response)) {
            headers.keySet().removeAll(Unzipped.HEADERS);
        }
        return new Reply(response.statusCode(), headers, body);
    }

    private HttpClient client() {
        synchronized (underWay) {
            if (closed) {
                throw new PluginException(
                        "DP-0191", "Plugin '" + runtime.id() + "' ended; it can ask for nothing more.");
            }
            if (client == null) {
                client = runtime.deployment()
                        .context()
                        .owner()
                        .createHttpClient(
                                new HttpClientOptions(settings.options()).setDecompressionSupported(false),
                                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setHttp2MaxSize(1));
                deaf = runtime.gate().grants().listen(this::changed);
            }
            return client;
        }
    }

    void close() {
        synchronized (underWay) {
            closed = true;
            deaf.run();
            if (client != null) {
                client.close();
            }
        }
    }
}
