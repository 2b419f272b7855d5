package io.dataprism.kernel.permission;

import io.dataprism.api.Caller;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.logging.LogLimit;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that says whether a caller may do something. Host and operator may do everything; a user of the bridge what it was granted; a
 * plugin what its manifest requests and it was granted. Safe to use from any thread.
 */
public final class PermissionGate {
    private static final Logger LOG = LoggerFactory.getLogger(PermissionGate.class);

    private final GrantStore grants;
    private volatile ConsentHandler consent = ConsentHandler.nobody();
    private volatile boolean asking;
    private volatile Optional<NodeFolder> nodeFolder = Optional.empty();
    private final OpenQuestions open = new OpenQuestions();
    private final LogLimit logged = new LogLimit();

    public PermissionGate(GrantStore grants) {
        this.grants = grants;
    }

    public GrantStore grants() {
        return grants;
    }

    /** Whom {@link #request} asks from now on. */
    public void consent(ConsentHandler handler) {
        consent = handler;
        asking = true;
    }

    /**
     * From now on {@code folder}, the node's own, is nobody's, whatever was granted, but for what a plugin has in {@code work} under its name.
     * Both must exist.
     */
    public void keep(Path folder, Path work) {
        nodeFolder = Optional.of(NodeFolder.of(folder, work));
    }

    public boolean may(Caller caller, Permission permission) {
        return switch (caller.kind()) {
            case HOST, OPERATOR -> true;
            case USER -> grants.check(caller, permission) && !isKept(caller, permission);
            case PLUGIN ->
                grants.check(caller, permission)
                        && grants.isRequested(caller, permission)
                        && !isKept(caller, permission);
        };
    }

    private boolean isKept(Caller caller, Permission permission) {
        Optional<NodeFolder> kept = nodeFolder;
        return kept.isPresent() && kept.get().refuses(caller, permission);
    }

    /**
     * The same for a caller on another node, whose manifest may be unknown here: then its grants alone decide. The other node has asked its own
     * gate.
     */
    public boolean mayFromElsewhere(Caller caller, Permission permission) {
        return switch (caller.kind()) {
            case HOST, OPERATOR -> true;
            case USER -> grants.check(caller, permission) && !isKept(caller, permission);
            case PLUGIN ->
                grants.check(caller, permission)
                        && (!grants.isKnown(caller) || grants.isRequested(caller, permission))
                        && !isKept(caller, permission);
        };
    }

    /**
     * The same as an exception.
     *
     * @throws PermissionDeniedException that says what to write where to grant it
     */
    public void require(Caller caller, Permission permission) {
        if (!may(caller, permission)) {
            throw denial(caller, permission);
        }
    }

    /** The exception that {@link #require} would throw. */
    public PermissionDeniedException denial(Caller caller, Permission permission) {
        if (isKept(caller, permission)) {
            return new PermissionDeniedException(
                    permission.toString(),
                    subject(caller) + " may not use '" + permission
                            + "': it lies in the node's own data folder, which no grant opens. Use another folder.");
        }
        if (!grants.isRequested(caller, permission)) {
            return new PermissionDeniedException(
                    permission.toString(),
                    subject(caller) + " may not use '" + permission
                            + "': its manifest does not request it. Add it under"
                            + " 'permissions' in plugin.yaml, and grant it.");
        }
        return new PermissionDeniedException(
                permission.toString(),
                subject(caller) + " may not use '" + permission + "': it was not granted. "
                        + remedy(caller, permission));
    }

    /** What to do to grant {@code permission}, in a sentence. */
    public static String remedy(Caller caller, Permission permission) {
        return caller.kind() == Caller.Kind.PLUGIN
                ? "Add  " + line(permission) + "  under  plugins." + caller.name() + ".grants  in conf/kernel.yaml."
                : "Add  " + line(permission) + "  under  grants  of the user's entry in  gateway.tokens  in"
                        + " conf/kernel.yaml.";
    }

    /** What grants {@code permission}, as an entry of a list in conf. */
    public static String line(Permission permission) {
        return "- '" + permission + "'";
    }

    private static String subject(Caller caller) {
        return caller.kind() == Caller.Kind.PLUGIN ? "Plugin '" + caller.name() + "'" : "User '" + caller.name() + "'";
    }

    /**
     * Ask for a permission; a yes is remembered as a grant. Who asks while the same question is open gets the same answer. False at once where the manifest does not request it, no grant opens it or nobody can be asked; the
     * log then says what to write to grant it.
     *
     * @return fails with {@code DP-0504} where {@code caller} has too many different questions open: somebody has to answer each
     */
    public Future<Boolean> request(Caller caller, Permission permission) {
        if (may(caller, permission)) {
            return Future.succeededFuture(true);
        }
        if (!asking || !grants.isRequested(caller, permission) || isKept(caller, permission)) {
            logged.say(
                    caller.toString(),
                    more -> LOG.warn("{}{}", denial(caller, permission).getMessage(), more));
            return Future.succeededFuture(false);
        }
        return open.ask(caller, permission, () -> ask(caller, permission))
                .orElseGet(() -> Future.failedFuture(tooMany(caller, permission)));
    }

    private static PluginException tooMany(Caller caller, Permission permission) {
        return new PluginException(
                "DP-0504",
                subject(caller) + " can't ask for '" + permission + "' now: " + OpenQuestions.MOST
                        + " questions of it wait for an answer, which is the most. Ask again when one was answered, or ask for a"
                        + " permission that covers several.");
    }

    private Future<Boolean> ask(Caller caller, Permission permission) {
        return Future.succeededFuture()
                .compose(go -> consent.ask(caller, permission))
                .map(answer -> remember(caller, permission, answer))
                .recover(failure -> {
                    unanswered(caller, permission, failure);
                    return Future.succeededFuture(false);
                });
    }

    private void unanswered(Caller caller, Permission permission, Throwable failure) {
        logged.say(
                "unanswered, " + caller,
                more -> LOG.warn(
                        "Nobody answered: {}{}", denial(caller, permission).getMessage(), more, failure));
    }

    private boolean remember(Caller caller, Permission permission, boolean answer) {
        if (answer) {
            grants.grant(caller, permission, "consent", "asked for by " + caller);
        }
        return answer;
    }

    /** See {@link GrantStore#epoch}. */
    public long epoch() {
        return grants.epoch();
    }
}
