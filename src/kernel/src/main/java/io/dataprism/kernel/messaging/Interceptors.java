package io.dataprism.kernel.messaging;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.kernel.logging.LogLimit;
import io.dataprism.kernel.traffic.Intercepted;
import io.dataprism.kernel.traffic.Interceptor;
import io.dataprism.kernel.traffic.Outcome;
import io.dataprism.kernel.traffic.Verdict;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host's interceptors, in the order in which they were installed. Safe to use from any thread. */
final class Interceptors {
    private static final Logger LOG = LoggerFactory.getLogger(Interceptors.class);
    private static final Installed[] NONE = {};

    private final LocalMessaging messaging;
    private final LogLimit logged = new LogLimit();
    private volatile Installed[] all = NONE;

    /** One that was installed; the same one twice is two. */
    private static final class Installed {
        private final Interceptor interceptor;
        private final Duration within;

        Installed(Interceptor interceptor, Duration within) {
            this.interceptor = interceptor;
            this.within = within;
        }
    }

    Interceptors(LocalMessaging messaging) {
        this.messaging = messaging;
    }

    /** Ask {@code interceptor} at each message, and wait for its answer no longer than {@code within}. Returns what ends that. */
    synchronized Runnable add(Interceptor interceptor, Duration within) {
        Installed installed = new Installed(interceptor, within);
        Installed[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = installed;
        all = more;
        return () -> remove(installed);
    }

    private synchronized void remove(Installed installed) {
        Installed[] left =
                Arrays.stream(all).filter(other -> other != installed).toArray(Installed[]::new);
        all = left.length == 0 ? NONE : left;
    }

    boolean isEmpty() {
        return all == NONE;
    }

    /** What all of them make of {@code subject}; fails where one refuses it. Complete at once unless one of them takes its time. */
    Future<Subject> ask(Subject subject) {
        Future<Subject> asked = Future.succeededFuture(subject);
        for (Installed installed : all) {
            asked = asked.isComplete() && asked.succeeded()
                    ? ask(installed, asked.result())
                    : asked.compose(changed -> ask(installed, changed));
        }
        return asked;
    }

    private Future<Subject> ask(Installed installed, Subject subject) {
        Future<Verdict> verdict;
        try {
            verdict = installed.interceptor.before(seen(subject));
            if (verdict.isComplete() && verdict.succeeded()) {
                return judged(subject, verdict.result());
            }
        } catch (Throwable thrown) {
            return Future.failedFuture(failed(installed, subject, thrown));
        }
        return verdict.timeout(installed.within.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(failed(installed, subject, failure)))
                .compose(told -> judged(subject, told));
    }

    private Future<Subject> judged(Subject subject, Verdict verdict) {
        if (verdict instanceof Verdict.Deny denied) {
            return Future.failedFuture(new CallException(
                    FailureKind.DENIED,
                    "DP-0455",
                    subject.from() + " may not send to " + subject.to() + ": " + denied.reason(),
                    null));
        }
        if (verdict instanceof Verdict.Change change) {
            Map<String, String> headers = new HashMap<>(subject.headers());
            headers.putAll(change.headers());
            return Future.succeededFuture(subject.with(Payloads.take(change.body()), Map.copyOf(headers)));
        }
        return Future.succeededFuture(subject);
    }

    private CallException failed(Installed installed, Subject subject, Throwable failure) {
        String name = installed.interceptor.getClass().getName();
        if (failure instanceof TimeoutException) {
            logged.say(
                    name + " is late",
                    more -> LOG.error(
                            "Interceptor {} gave no verdict on a message to {} within {}{}",
                            name,
                            subject.to(),
                            installed.within,
                            more));
            return new CallException(
                    FailureKind.DENIED,
                    "DP-0457",
                    "The message to " + subject.to()
                            + " was refused, since an interceptor of the host application said nothing within "
                            + installed.within.toMillis() + " ms. Have the application look at its log.",
                    null);
        }
        logged.say(
                name + " failed",
                more -> LOG.error(
                        "Interceptor {} failed on a message to {}, which is refused{}",
                        name,
                        subject.to(),
                        more,
                        failure));
        return new CallException(
                FailureKind.DENIED,
                "DP-0456",
                "The message to " + subject.to() + " was refused, since an interceptor of the host application failed."
                        + " Have the application look at its log.",
                null);
    }

    /** Tell them what became of it. */
    void after(Subject subject, Outcome outcome, String detail) {
        for (Installed installed : all) {
            try {
                installed.interceptor.after(seen(subject), outcome, detail);
            } catch (Throwable thrown) {
                String name = installed.interceptor.getClass().getName();
                logged.say(
                        name + " failed after",
                        more -> LOG.error(
                                "Interceptor {} failed after a message to {}{}", name, subject.to(), more, thrown));
            }
        }
    }

    private Intercepted seen(Subject subject) {
        return new Intercepted(
                subject.kind(),
                messaging.ids().text(subject.id()),
                messaging.ids().textOf(subject.causeId()),
                subject.from(),
                subject.to(),
                Payloads.give(SharedRecord.json(subject.body())),
                subject.headers());
    }
}
