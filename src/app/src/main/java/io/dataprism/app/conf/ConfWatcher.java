package io.dataprism.app.conf;

import io.dataprism.kernel.manifest.Problem;
import io.vertx.config.ConfigRetriever;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the configuration. At each change of a source, or of a file that the configuration refers to, it waits until the files hold still, reads and checks everything, and tells
 * its {@link Listener}: the new configuration, or what is wrong, in which case the last good one stays in force. Everything happens
 * on the Vert.x context that it was started on.
 */
public final class ConfWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(ConfWatcher.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration HOLD_STILL = Duration.ofMillis(400);

    private final Vertx vertx;
    private final Context context;
    private final ConfSources sources;
    private final ConfCheck check;
    private final Listener listener;
    private final ConfigRetriever retriever;
    private boolean looking;
    private boolean again;
    private volatile boolean closed;
    private String lastFingerprint;
    /** Of the last reading that was not the same twice. */
    private String unequal = "";

    private ReferencedFiles referenced;
    private long timer;
    private List<Problem> lastProblems = List.of();

    /** Told what became of the configuration. */
    public interface Listener {

        /** It changed and is in order. */
        void changed(NodeConf conf, List<Problem> warnings);

        /** It changed and is wrong; told once for the same problems. */
        void refused(List<Problem> problems);
    }

    private ConfWatcher(
            Vertx vertx,
            ConfSources sources,
            Shipped shipped,
            NodeConf inForce,
            Listener listener,
            ReferencedFiles referenced) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.sources = sources;
        this.check = ConfCheck.onTheNode(sources, shipped);
        this.listener = listener;
        this.lastFingerprint = inForce.fingerprint();
        this.referenced = referenced;
        this.retriever = ConfReader.retriever(vertx, sources, LOOK_EVERY);
    }

    /** Begin to follow. What is in force is not told again; what changed since it was read is told like any later change. */
    public static Future<ConfWatcher> start(
            Vertx vertx, ConfSources sources, Shipped shipped, NodeConf inForce, Listener listener) {
        return vertx.executeBlocking(() -> ConfDocuments.read(sources).referenced())
                .map(referenced -> {
                    ConfWatcher watcher = new ConfWatcher(vertx, sources, shipped, inForce, listener, referenced);
                    watcher.follow();
                    return watcher;
                });
    }

    private void follow() {
        retriever.configStream().exceptionHandler(failure -> look()).handler(merged -> look());
        context.runOnContext(now -> lookAtReferencedLater());
        look();
    }

    private void lookAtReferencedLater() {
        if (!closed) {
            timer = vertx.setTimer(LOOK_EVERY.toMillis(), fired -> lookAtReferenced());
        }
    }

    private void lookAtReferenced() {
        ReferencedFiles known = referenced;
        vertx.executeBlocking(known::now)
                .onSuccess(found -> {
                    if (!found.equals(known)) {
                        look();
                    }
                })
                .onFailure(failure -> LOG.warn("Files of secrets could not be looked at: {}", failure.toString()))
                .onComplete(looked -> lookAtReferencedLater());
    }

    /** A file that cannot be read is told at every scan, a change once; one look at a time serves for all. */
    private void look() {
        context.runOnContext(now -> {
            again = true;
            if (!looking && !closed) {
                looking = true;
                next();
            }
        });
    }

    private void next() {
        again = false;
        settled().compose(this::read).onFailure(this::unreadable).onComplete(done -> {
            looking = again && !closed;
            if (looking) {
                next();
            }
        });
    }

    private void unreadable(Throwable failure) {
        // What was being read when the node stopped is broken off, and says nothing of the files.
        if (!closed) {
            listener.refused(List.of(new Problem(
                    Problem.Severity.ERROR,
                    "DP-0918",
                    sources.folder().toString(),
                    0,
                    0,
                    "It cannot be read: " + failure)));
        }
    }

    /** The documents, once two readings some time apart are the same. */
    private Future<ConfDocuments> settled() {
        return documents()
                .compose(first -> vertx.timer(HOLD_STILL.toMillis(), TimeUnit.MILLISECONDS)
                        .compose(waited -> documents())
                        .compose(second -> second.fingerprint().equals(first.fingerprint())
                                ? Future.succeededFuture(second)
                                : settled()));
    }

    private Future<ConfDocuments> documents() {
        return vertx.executeBlocking(() -> ConfDocuments.read(sources));
    }

    private Future<Void> read(ConfDocuments documents) {
        referenced = documents.referenced();
        if (documents.fingerprint().equals(lastFingerprint)) {
            return Future.succeededFuture();
        }
        Future<JsonObject> merged =
                documents.problems().isEmpty() ? retriever.getConfig() : Future.succeededFuture(documents.merged());
        return merged.compose(json -> check(documents, json));
    }

    /** The files may have changed once more between the two readings. */
    private Future<Void> check(ConfDocuments documents, JsonObject merged) {
        if (!merged.equals(documents.merged())) {
            if (documents.fingerprint().equals(unequal)) {
                return Future.failedFuture(ConfReader.differs(sources));
            }
            unequal = documents.fingerprint();
            return settled().compose(this::read);
        }
        unequal = "";
        lastFingerprint = documents.fingerprint();
        return vertx.executeBlocking(() -> check.check(documents, merged)).map(read -> {
            tell(read);
            return null;
        });
    }

    private void tell(ConfRead read) {
        if (closed) {
            return;
        }
        if (read.conf().isPresent()) {
            lastProblems = List.of();
            listener.changed(read.conf().get(), read.problems());
        } else if (!read.problems().equals(lastProblems)) {
            lastProblems = read.problems();
            listener.refused(read.problems());
        }
    }

    /** Follow no longer. */
    public Future<Void> close() {
        closed = true;
        vertx.cancelTimer(timer);
        return retriever.close();
    }
}
