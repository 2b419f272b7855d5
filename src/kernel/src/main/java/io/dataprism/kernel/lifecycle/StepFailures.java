package io.dataprism.kernel.lifecycle;

import io.dataprism.kernel.manifest.Isolation;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.kernel.messaging.SafeFailure;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.sandbox.BlockedClassException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The exceptions of one plugin's steps: which plugin, what failed, what to do. */
final class StepFailures {
    /** Of code that keeps its thread, whatever is tried. */
    static final String LOST = "DP-0819";

    /** What {@code Future.failedFuture(text)} makes; it has no stack trace. */
    private static final String MERE_TEXT = "io.vertx.core.impl.NoStackTraceThrowable";

    private static final Set<String> MISSING =
            Set.of(NoClassDefFoundError.class.getName(), ClassNotFoundException.class.getName());

    /** That there is no process, and what one says of making the plugin's object, see {@link PluginMaker}. */
    private static final Set<String> TOLD_OF_PROCESS =
            Set.of("DP-0810", "DP-0811", "DP-0812", "DP-0813", "DP-0980", "DP-1021");

    private final PluginKey key;
    private final StepLimits limits;
    private final MissingGrants missing;

    StepFailures(PluginKey key, StepLimits limits, MissingGrants missing) {
        this.limits = limits;
        this.missing = missing;
        this.key = key;
    }

    /** Those of the plugin of {@code record}. */
    static StepFailures of(PluginRecord record, StepLimits limits, Hosting hosting) {
        return new StepFailures(
                record.key(),
                limits,
                MissingGrants.of(record.manifest(), hosting.gate().grants()));
    }

    /** For messages. */
    private String plugin() {
        return "Plugin '" + key.id() + "' " + key.version();
    }

    StepException threw(Step step, SafeFailure failure) {
        SafeFailure blocked = blocked(failure);
        if (blocked != null) {
            return new StepException(
                    step, "DP-0818", plugin() + " failed in " + step.label() + ": " + blocked.line(), failure);
        }
        if (failure.type().equals(StackOverflowError.class.getName())) {
            return new StepException(
                    step,
                    "DP-0814",
                    plugin() + " failed in " + step.label()
                            + ": its stack overflowed, most likely by endless recursion. See"
                            + " the stack trace in the log.",
                    failure);
        }
        return new StepException(
                step,
                "DP-0814",
                plugin() + " failed in " + step.label() + ": " + cause(failure) + hint(step, failure)
                        + grants(step, failure),
                failure);
    }

    /** A failure that has a code says by itself what to do, and Vert.x's name for a mere text says nothing. */
    static String cause(SafeFailure failure) {
        if (!failure.code().isEmpty()) {
            return failure.code() + " " + failure.line();
        }
        return failure.type().equals(MERE_TEXT) ? failure.line() : failure.toString();
    }

    private static String hint(Step step, SafeFailure failure) {
        if (step == Step.STOP || step == Step.DESTROY) {
            return " (What it held was taken back all the same.)";
        }
        if (!failure.code().isEmpty()) {
            return "";
        }
        return failure.type().equals(MERE_TEXT)
                ? " (Reload it when that is mended.)"
                : " (See the stack trace in the log, then reload it.)";
    }

    private String grants(Step step, SafeFailure failure) {
        return step == Step.STOP || step == Step.DESTROY ? "" : missing.linesAfter(failure);
    }

    private static @Nullable SafeFailure blocked(SafeFailure failure) {
        Throwable cause = failure;
        SafeFailure missing = null;
        while (cause instanceof SafeFailure safe) {
            if (safe.type().equals(BlockedClassException.class.getName())) {
                return safe;
            }
            if (missing == null && MISSING.contains(safe.type())) {
                missing = safe;
            }
            cause = safe.getCause();
        }
        return missing;
    }

    StepException late(Step step, Duration deadline) {
        return new StepException(
                step,
                "DP-0815",
                plugin() + " is late: " + step.label() + " took longer than " + Quantity.time(deadline) + ". Raise "
                        + limits.whereToRaise(step) + " if it needs longer, or look for " + lookFor(step) + ".",
                null);
    }

    private static String lookFor(Step step) {
        return switch (step) {
            case LOAD -> "what its constructor and static initialisers wait for";
            case CAPABILITIES -> "what capabilities() waits for";
            case DRAIN -> "a call or an event whose future it never completes";
            default -> "a future that it never completes";
        };
    }

    /**
     * Its code does not end.
     *
     * @param step in which; empty where it ran
     * @param at where it is
     */
    StepException stuck(Optional<Step> step, Duration ran, Frames at) {
        return new StepException(
                step.orElse(Step.RUN),
                LOST,
                ranOn(step, ran) + " It is at " + at.at() + " (" + at.state()
                        + "). Its thread was given up; restart the"
                        + " node to be rid of it, and look "
                        + (at.waits() ? "at what it waits for." : "for an endless loop."),
                null,
                true);
    }

    /**
     * Its code was ended by its own classes.
     *
     * @param step in which; empty where it ran
     * @param at where it was
     */
    StepException condemned(Optional<Step> step, Duration ran, Frames at) {
        return new StepException(
                step.orElse(Step.RUN),
                "DP-0640",
                ranOn(step, ran) + " It was at " + at.at() + " (" + at.state() + "). It was condemned, so that its code"
                        + " ended there and runs no more; its thread is free. Look for an endless loop, and release it"
                        + " when that is mended.",
                null,
                true);
    }

    private String ranOn(Optional<Step> step, Duration ran) {
        return plugin() + " is stuck" + step.map(in -> " in " + in.label()).orElse("") + ": its code ran for more than "
                + Quantity.time(ran) + " and did not end when it was interrupted.";
    }

    StepException tooLong(Duration limit) {
        return new StepException(
                Step.START,
                "DP-0815",
                plugin() + " ran for more than " + Quantity.time(limit)
                        + " without a pause; its thread was interrupted."
                        + " Hand long work to PluginContext.blocking, and look for an endless loop.",
                null);
    }

    /** What was said of its process in words that go after the plugin's name, with that; anything else as it is. */
    Throwable elsewhere(Throwable cause) {
        Throwable said = cause instanceof StepException && cause.getCause() != null ? cause.getCause() : cause;
        SafeFailure told = SafeFailure.copy(said);
        return TOLD_OF_PROCESS.contains(told.code()) ? of(Step.LOAD, told.code(), told.text(), told) : cause;
    }

    StepException gaveUp(SafeFailure failure) {
        if (failure.code().startsWith("DP-098")) {
            return new StepException(Step.RUN, failure.code(), plugin() + ": " + failure.text(), failure);
        }
        return new StepException(
                Step.RUN, "DP-0662", plugin() + " said that it can't go on: " + cause(failure) + ".", failure);
    }

    StepException notAlive(int times, String why) {
        return new StepException(
                Step.RUN,
                "DP-0663",
                plugin() + " was asked " + times + " times in a row whether it is alive, and was not: " + why + ".",
                null);
    }

    /** Its code waited for what waited for it. */
    StepException deadlocked() {
        return new StepException(
                Step.RUN,
                "DP-0642",
                plugin()
                        + " was in a deadlock, and interrupted, which ended it. Take locks in the same order"
                        + " everywhere, and hold none around a call into another plugin.",
                null);
    }

    StepException notTrusted(Isolation wanted) {
        return new StepException(
                Step.LOAD,
                "DP-0838",
                plugin() + " wants isolation " + wanted.label()
                        + ", which is for trusted plugins, but was not granted '"
                        + Isolation.TRUST + "'. Grant it if you trust the plugin wholly, or use isolation worker."
                        + missing.lines(),
                null);
    }

    StepException left(String doing) {
        return new StepException(
                Step.STOP,
                "DP-0833",
                plugin() + " was left behind when the kernel closed: it was still " + doing + " after the deadline. Its"
                        + " threads were interrupted; what does not react to that ends with the process.",
                null,
                true);
    }

    StepException cutOff(Step step) {
        return new StepException(
                step, "DP-0815", plugin() + " was cut off in " + step.label() + ": the kernel is closing.", null);
    }

    StepException returnedNull(Step step) {
        return new StepException(
                step,
                "DP-0816",
                plugin() + " returned null from " + step.label() + ". "
                        + (step == Step.CAPABILITIES
                                ? "Return Capabilities.none() where there are none."
                                : "Return Future.succeededFuture() where there is nothing to wait for."),
                null);
    }

    StepException of(Step step, String code, String what, @Nullable Throwable cause) {
        return new StepException(step, code, plugin() + " " + what, cause);
    }
}
