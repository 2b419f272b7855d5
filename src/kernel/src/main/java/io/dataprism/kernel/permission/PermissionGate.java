package io.dataprism.kernel.permission;

import io.dataprism.api.Caller;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.audit.AuditEntry;
import io.dataprism.kernel.audit.AuditTrail;
import io.dataprism.kernel.logging.LogLimit;
import io.dataprism.kernel.permission.Ruling.Ground;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
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
    private volatile AuditTrail trail = AuditTrail.NONE;
    private volatile Function<Caller, String> causes = caller -> "";
    private volatile Function<Caller, String> places = caller -> "";

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

    /** Where what is refused, given and taken back is told from now on. */
    public void trail(AuditTrail next) {
        trail = next;
        grants.trail(next);
    }

    /** Where this gate tells what it refuses. */
    public AuditTrail trail() {
        return trail;
    }

    /** What says the id of the message for which a caller acts on the calling thread; empty where it acts for none. */
    public void causes(Function<Caller, String> known) {
        causes = known;
    }

    /** What says where in its code a caller asks on the calling thread; empty where that is not known. Asked only where something is refused. */
    public void places(Function<Caller, String> known) {
        places = known;
    }

    /**
     * From now on {@code folder}, the node's own, is nobody's, whatever was granted, but for {@code work} in it, where plugins have their work
     * folders. Both must exist.
     */
    public void keep(Path folder, Path work) {
        nodeFolder = Optional.of(NodeFolder.of(folder, work));
        grants.forgetAnswers();
    }

    /** Whether {@code caller} may now. What was answered before is remembered until something changes that it rests on. */
    public boolean may(Caller caller, Permission permission) {
        return switch (caller.kind()) {
            case HOST, OPERATOR -> true;
            case USER, PLUGIN -> {
                Remembered before = grants.remembered(caller);
                yield before != null && mayAs(before.answers(), caller, permission);
            }
        };
    }

    private boolean mayAs(Answers known, Caller caller, Permission permission) {
        Optional<Boolean> answer = known.of(permission);
        return answer.isPresent() ? answer.get() : decided(known, caller, permission);
    }

    /** @param known was asked for before the grants are looked at: an answer that is outdated by a change meanwhile is kept where nobody looks */
    private boolean decided(Answers known, Caller caller, Permission permission) {
        boolean allowed = grants.check(caller, permission) && isOpen(caller, permission);
        if (isLasting(caller, permission)) {
            known.keep(permission, allowed);
        }
        return allowed;
    }

    /** Whether a grant decides: the manifest, where there is one, asks for it, and it is not the node's own. */
    private boolean isOpen(Caller caller, Permission permission) {
        return grants.isRequested(caller, permission) && !isKept(permission);
    }

    /** Not where a grant ends by itself or is spent by its use; nor of a relative path, which is another place when the working folder is moved. */
    private boolean isLasting(Caller caller, Permission permission) {
        return grants.isSteady(caller, permission.name())
                && (permission.name() != PermissionName.FILE_ACCESS || !NodeFolder.isRelative(permission));
    }

    private boolean isKept(Permission permission) {
        Optional<NodeFolder> kept = nodeFolder;
        return kept.isPresent() && kept.get().refuses(permission);
    }

    /**
     * The same for a caller on another node, whose manifest may be unknown here: then its grants alone decide. The other node has asked its own
     * gate.
     */
    public boolean mayFromElsewhere(Caller caller, Permission permission) {
        return switch (caller.kind()) {
            case HOST, OPERATOR -> true;
            case USER -> grants.check(caller, permission) && !isKept(permission);
            case PLUGIN ->
                grants.check(caller, permission)
                        && (!grants.isKnown(caller) || grants.isRequested(caller, permission))
                        && !isKept(permission);
        };
    }

    /**
     * The same as an exception, for who does it now: a grant for once is spent by that.
     *
     * @throws PermissionDeniedException that says what to write where to grant it
     */
    public void require(Caller caller, Permission permission) {
        if (!use(caller, permission)) {
            throw denial(caller, permission);
        }
    }

    /** The same as {@link #may} for who does it now: a grant for once is spent by that. */
    public boolean use(Caller caller, Permission permission) {
        return switch (caller.kind()) {
            case HOST, OPERATOR -> true;
            case USER, PLUGIN -> {
                Remembered before = grants.remembered(caller);
                yield before != null && useAs(before.answers(), caller, permission);
            }
        };
    }

    private boolean useAs(Answers known, Caller caller, Permission permission) {
        Optional<Boolean> answer = known.of(permission);
        if (answer.isPresent()) {
            return answer.get();
        }
        return grants.isSteady(caller, permission.name())
                ? decided(known, caller, permission)
                : isOpen(caller, permission) && grants.use(caller, permission);
    }

    /**
     * The exception that {@link #require} would throw; who asks for it refuses, which is told to the audit. It says where in a plugin's code that was asked for,
     * where that code is on the stack.
     */
    public PermissionDeniedException denial(Caller caller, Permission permission) {
        String place = caller.kind() == Caller.Kind.PLUGIN ? places.apply(caller) : "";
        return denial(caller, permission, place.isEmpty() ? "" : " It was asked for at " + place + ".");
    }

    /** The same for who knows the place better: {@code place} is a sentence of its own. */
    public PermissionDeniedException denial(Caller caller, Permission permission, String place) {
        Ruling ruling = ruling(caller, permission);
        // It may have been granted since it was refused.
        Ruling refusal = ruling.isAllowed() ? notGranted(caller, permission) : ruling;
        tell(refusal, refusal.text());
        return new PermissionDeniedException(permission.toString(), refusal.text() + place);
    }

    /** Why something ended that stood on {@code permission}, which was taken back: nobody asked for it now, so the audit is told no denial. */
    public PermissionDeniedException takenBack(Caller caller, Permission permission) {
        Ruling ruling = ruling(caller, permission);
        return new PermissionDeniedException(
                permission.toString(), (ruling.isAllowed() ? notGranted(caller, permission) : ruling).text());
    }

    private Ruling notGranted(Caller caller, Permission permission) {
        return new Ruling(caller, grants.version(caller), permission, Ground.NOT_GRANTED, Optional.empty());
    }

    /** Tell the audit that {@code caller} was refused by who asked {@link #mayFromElsewhere}, and throws nothing. */
    public void refused(Caller caller, Permission permission, String why) {
        tell(notGranted(caller, permission), why);
    }

    private void tell(Ruling refusal, String why) {
        trail.denied(AuditEntry.denied(
                Actor.of(refusal.caller(), refusal.version()),
                refusal.wanted().name().label(),
                refusal.wanted().scope(),
                why,
                causes.apply(refusal.caller())));
    }

    /** Whether {@code caller} may, as {@link #may} says it, and why. */
    public Ruling ruling(Caller caller, Permission permission) {
        return ruling(caller, permission, grants.version(caller), grants.isRequested(caller, permission));
    }

    /** The same as if {@code caller}'s manifest had been read, which it was not: of {@code version}, requesting {@code requests}. */
    public Ruling ruling(Caller caller, Permission permission, String version, Collection<Permission> requests) {
        return ruling(caller, permission, version, HeldGrants.anyCovers(requests, permission));
    }

    private Ruling ruling(Caller caller, Permission permission, String version, boolean requested) {
        Optional<Grant> denial = grants.denialOf(caller, permission);
        Optional<Grant> grant = grants.grantOf(caller, permission);
        Ground ground;
        Optional<Grant> decides = Optional.empty();
        if (caller.kind() == Caller.Kind.HOST || caller.kind() == Caller.Kind.OPERATOR) {
            ground = Ground.EVERYTHING;
        } else if (isKept(permission)) {
            ground = Ground.NODE_FOLDER;
        } else if (!requested) {
            ground = Ground.NOT_REQUESTED;
        } else if (denial.isPresent()) {
            ground = Ground.DENIED;
            decides = denial;
        } else {
            ground = grant.isPresent() ? Ground.GRANTED : Ground.NOT_GRANTED;
            decides = grant;
        }
        return new Ruling(caller, version, permission, ground, decides);
    }

    private static String subject(Caller caller) {
        return caller.kind() == Caller.Kind.PLUGIN ? "Plugin '" + caller.name() + "'" : "User '" + caller.name() + "'";
    }

    /**
     * Ask for a permission; a yes is remembered as a grant, a never as a denial. Who asks while the same question is open gets the same answer. False at
     * once where the manifest does not request it, it is denied, no grant opens it or nobody can be asked; the log then says what to do to grant it.
     *
     * @return fails with {@code DP-0504} where {@code caller} has too many different questions open: somebody has to answer each
     */
    public Future<Boolean> request(Caller caller, Permission permission) {
        if (may(caller, permission)) {
            return Future.succeededFuture(true);
        }
        if (!asking || ruling(caller, permission).ground() != Ground.NOT_GRANTED) {
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
                .compose(go -> consent.decide(caller, permission))
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

    private boolean remember(Caller caller, Permission permission, Consent answer) {
        answer.term()
                .ifPresent(term -> grants.give(
                        caller,
                        new PermissionRule(!answer.yes(), permission),
                        "consent",
                        "asked for by " + caller,
                        fitting(caller, permission, term)));
        return answer.yes();
    }

    /** What goes on holds for longer than once, and who does not run can't be given it while it does. */
    private static Term fitting(Caller caller, Permission permission, Term term) {
        Term possible = term.isOnce() && !permission.name().isOneAct() ? Term.WHILE_RUNNING : term;
        return possible.isWhileRunning() && caller.kind() != Caller.Kind.PLUGIN ? Term.FOR_GOOD : possible;
    }

    /**
     * Whether {@code caller} may connect to {@code origin}, and a grant names its host itself, not by a pattern: it does not follow from {@code https://*:443}
     * that the machines of the node's own network are meant.
     */
    public boolean isNamed(Caller caller, Permission origin) {
        return may(caller, origin)
                && grants.grants(caller).stream()
                        .map(Grant::rule)
                        .anyMatch(rule -> !rule.denies()
                                && rule.permission().isOfOneHost()
                                && rule.permission().covers(origin));
    }

    /** See {@link GrantStore#epoch}. */
    public long epoch() {
        return grants.epoch();
    }
}
