package io.dataprism.sandbox.guard;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.invoke.SwitchPoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call site's check. Where the answer does not depend on the arguments it is asked for once, and nothing is left of the check in compiled code until
 * the plugin's grants change: some libraries make such calls millions of times a second.
 */
final class CheckedSite extends MutableCallSite {
    private static final MethodHandle RUN = runHandle();

    private final CallCheck check;
    private final MethodHandle checked;

    CheckedSite(MethodType type, CallCheck check) {
        super(type);
        this.check = check;
        this.checked = RUN.bindTo(this)
                .asCollector(Object[].class, type.parameterCount())
                .asType(type);
        setTarget(checked);
    }

    private static MethodHandle runHandle() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(CheckedSite.class, "run", MethodType.methodType(void.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Called by the plugin's code, at this site. */
    void run(@Nullable Object[] values) {
        // Before the question: a change between the two must not be missed.
        Optional<SwitchPoint> lasting = check.isFixed() ? check.lasting() : Optional.empty();
        check.run(values);
        lasting.ifPresent(valid -> setTarget(valid.guardWithTest(MethodHandles.empty(type()), checked)));
    }
}
