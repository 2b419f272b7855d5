package io.dataprism.kernel.context;

import io.dataprism.api.Caller;
import io.dataprism.api.DatabaseLogin;
import io.dataprism.api.DatabaseSession;
import io.dataprism.api.Databases;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.database.DatabaseConnection;
import io.dataprism.kernel.database.DatabaseTarget;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.resource.Countable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One plugin's sessions with databases, over the node's drivers. A session stands on the permission for the host that the plugin named, and on what the address takes
 * that the name led to. Safe to use from any thread.
 */
final class PluginDatabases implements Databases {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final PluginRuntime runtime;
    private final NameLookup names;
    private final Caller caller;
    private final Set<Held> open = new HashSet<>();
    private @Nullable Runnable stopListening;
    private boolean closed;

    PluginDatabases(PluginRuntime runtime, NameLookup names) {
        this.runtime = runtime;
        this.names = names;
        this.caller = Caller.plugin(runtime.id());
    }

    /** What the plugin has open, or is opening. */
    private static final class Held {
        private final Promise<DatabaseSession> answer;
        private final Promise<Void> abandoned = Promise.promise();
        private volatile @Nullable DatabaseUrl url;
        private volatile @Nullable InetAddress address;
        private volatile @Nullable OpenSession session;
        private volatile @Nullable PluginException over;

        Held(Promise<DatabaseSession> answer) {
            this.answer = answer;
        }

        /**
         * At once, however far it is.
         *
         * @param why told what became of a transaction
         */
        void end(Function<String, PluginException> why) {
            PluginException none = why.apply("");
            over = none;
            // Before it is left off, which fails it for another reason
            answer.tryFail(none);
            abandoned.tryComplete();
            OpenSession made = session;
            if (made != null) {
                made.end(() -> why.apply(" " + made.fate()));
            }
        }
    }

    @Override
    public Future<DatabaseSession> open(DatabaseLogin login) {
        Promise<DatabaseSession> answer = runtime.deployment().promise();
        Held held = new Held(answer);
        PluginException refusal = take(held);
        if (refusal != null) {
            answer.fail(refusal);
            return answer.future();
        }
        // Nothing of the plugin's is on the stack where the connection is made.
        runtime.deployment()
                .context()
                .runOnContext(go -> start(held, login).onFailure(cause -> {
                    release(held);
                    answer.tryFail(cause);
                }));
        return answer.future();
    }

    private synchronized @Nullable PluginException take(Held held) {
        if (closed) {
            return ended("");
        }
        int most = runtime.tally().limit(Countable.SESSIONS);
        if (open.size() >= most) {
            return new PluginException(
                    "DP-0872",
                    "Plugin '" + runtime.id() + "' has " + most
                            + " sessions with databases open, which is the most. Close those that it does not use.");
        }
        if (stopListening == null) {
            stopListening = runtime.gate().grants().listen(this::changed);
        }
        open.add(held);
        runtime.tally().has(Countable.SESSIONS, open.size());
        return null;
    }

    private synchronized void release(Held held) {
        open.remove(held);
        runtime.tally().has(Countable.SESSIONS, open.size());
    }

    private synchronized List<Held> all() {
        return List.copyOf(open);
    }

    private PluginException ended(String fate) {
        return new PluginException(
                "DP-0191", "Plugin '" + runtime.id() + "' ended, and its sessions with databases with it." + fate);
    }

    private Future<Void> start(Held held, DatabaseLogin login) {
        try {
            DatabaseUrl url = DatabaseUrl.of(login.url(), runtime.drivers());
            held.url = url;
            runtime.gate().require(caller, url.permission());
            return names.addresses(url.bareHost())
                    .recover(cause -> Future.failedFuture(unknown(url, cause)))
                    .compose(all -> connect(held, url, login, choose(held, url, all)));
        } catch (RuntimeException refused) {
            // Whatever it is: the place would stay taken.
            return runtime.deployment().failed(refused);
        }
    }

    private PluginException unknown(DatabaseUrl url, Throwable cause) {
        return cause instanceof PluginException known
                ? known
                : new PluginException(
                        "DP-0876",
                        "Plugin '" + runtime.id() + "' can't reach a database: nobody knows where host '"
                                + PluginException.excerpt(url.host()) + "' is. Check the name.",
                        cause);
    }

    /** Of several addresses the first that is allowed. The connection is made to it, not to what the name means by then. */
    private InetAddress choose(Held held, DatabaseUrl url, List<InetAddress> all) {
        InetAddress chosen = all.stream()
                .filter(address -> isAllowed(url, address))
                .findFirst()
                .orElseThrow(() -> refusal(url, all.get(0)));
        held.address = chosen;
        return chosen;
    }

    /** As it is for requests: an address that is not the internet's takes a grant that names it, and a denial of an address holds for every name. */
    private boolean isAllowed(DatabaseUrl url, InetAddress address) {
        Permission byAddress = url.permission(text(address));
        if (runtime.gate().grants().denialOf(caller, byAddress).isPresent()) {
            return false;
        }
        return SpecialAddress.kind(address).isEmpty()
                || runtime.gate().isNamed(caller, byAddress)
                || (url.host().equals("localhost")
                        && address.isLoopbackAddress()
                        && runtime.gate().isNamed(caller, url.permission()));
    }

    private PermissionDeniedException refusal(DatabaseUrl url, InetAddress address) {
        Permission byAddress = url.permission(text(address));
        PermissionDeniedException denied = runtime.gate().denial(caller, byAddress);
        return new PermissionDeniedException(
                byAddress.toString(),
                "'" + url.host() + "' leads to " + address.getHostAddress()
                        + SpecialAddress.kind(address)
                                .map(kind -> ", a " + kind + ", which a grant has to name itself")
                                .orElse("")
                        + ". " + denied.getMessage());
    }

    /** As a URL has it. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String plain = zone < 0 ? text : text.substring(0, zone);
        return plain.indexOf(':') < 0 ? plain : "[" + plain + "]";
    }

    private Future<Void> connect(Held held, DatabaseUrl url, DatabaseLogin login, InetAddress address) {
        DatabaseTarget target = new DatabaseTarget(
                url.host(),
                address,
                url.port(),
                url.database(),
                url.tls(),
                login.user(),
                login.password(),
                login.certificates(),
                "dataprism/" + runtime.id(),
                PATIENCE);
        return url.driver()
                .connect(runtime.deployment().context().owner(), target, held.abandoned.future())
                .map(connection -> opened(held, target, connection))
                .recover(cause ->
                        Future.failedFuture(OpenSession.named(runtime, target.toString(), "can't log in to", cause)));
    }

    /** On the driver's event loop. */
    private @Nullable Void opened(Held held, DatabaseTarget target, DatabaseConnection connection) {
        OpenSession session = new OpenSession(runtime, target, connection, () -> mayStill(held), () -> release(held));
        held.session = session;
        // Whoever ended it meanwhile may not have seen the session yet.
        PluginException over = held.over;
        if (over != null) {
            session.end(() -> over);
        } else if (!mayStill(held)) {
            held.end(fate -> revoked(held, fate));
        } else {
            held.answer.tryComplete(session);
        }
        return null;
    }

    private boolean mayStill(Held held) {
        DatabaseUrl url = held.url;
        InetAddress address = held.address;
        return url == null
                || (runtime.gate().may(caller, url.permission()) && (address == null || isAllowed(url, address)));
    }

    private void changed(Caller whose) {
        if (!whose.equals(caller)) {
            return;
        }
        for (Held held : all()) {
            if (!mayStill(held)) {
                held.end(fate -> revoked(held, fate));
                release(held);
            }
        }
    }

    private PluginException revoked(Held held, String fate) {
        DatabaseUrl url = held.url;
        return new PluginException(
                "DP-0874",
                "Plugin '" + runtime.id() + "' lost its connection with "
                        + (url == null ? "a database" : "database '" + PluginException.excerpt(url.database()) + "'")
                        + ": the permission for its host, or what it takes to reach the address behind it, was taken back."
                        + fate);
    }

    /** Whether something was asked of a database and is not answered. */
    boolean isUnderWay() {
        return all().stream().anyMatch(held -> {
            OpenSession session = held.session;
            return session == null || session.isBusy();
        });
    }

    /** End all sessions now. */
    void close() {
        Runnable stop;
        synchronized (this) {
            closed = true;
            stop = stopListening;
            stopListening = null;
        }
        if (stop != null) {
            stop.run();
        }
        all().forEach(held -> {
            held.end(this::ended);
            release(held);
        });
    }
}
