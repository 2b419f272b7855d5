package io.dataprism.sandbox.guard;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.lang.invoke.SwitchPoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call site's check. Until the plugin's grants change, an answer that does not depend on the arguments is asked for once, and nothing is left of the check
 * in compiled code: some libraries make such calls millions of times a second. One that depends on texts and numbers alone is remembered for the
 * last few of them. What depends on a path is asked each time.
 */
final class CheckedSite extends MutableCallSite {
    private static final MethodHandle RUN = handle("run", MethodType.methodType(void.class, Object[].class));
    private static final MethodHandle LEARN =
            handle("learn", MethodType.methodType(void.class, KnownArguments.class, Object[].class));

    private final CallCheck check;
    private final MethodHandle checked;

    CheckedSite(MethodType type, CallCheck check) {
        super(type);
        this.check = check;
        this.checked = collecting(RUN.bindTo(this));
        setTarget(checked);
    }

    private static MethodHandle handle(String name, MethodType type) {
        try {
            return MethodHandles.lookup().findVirtual(CheckedSite.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** One that takes an array, as this site takes its arguments. */
    private MethodHandle collecting(MethodHandle method) {
        return method.asCollector(Object[].class, type().parameterCount()).asType(type());
    }

    /** Called by the plugin's code, at this site. */
    void run(@Nullable Object[] values) {
        // Before the question: a change between the two must not be missed.
        Optional<SwitchPoint> lasting = check.lasting();
        boolean lasts = check.run(values);
        if (lasts && lasting.isPresent()) {
            SwitchPoint valid = lasting.get();
            if (check.isFixed()) {
                setTarget(valid.guardWithTest(MethodHandles.empty(type()), checked));
            } else if (KnownArguments.areConstant(values)) {
                setTarget(valid.guardWithTest(remembering(values), checked));
            }
        }
    }

    private MethodHandle remembering(@Nullable Object[] values) {
        KnownArguments known = new KnownArguments();
        known.add(values);
        MethodHandle learn = MethodHandles.insertArguments(LEARN, 0, this, known);
        return MethodHandles.guardWithTest(known.test(type()), MethodHandles.empty(type()), collecting(learn));
    }

    /** Called by the plugin's code, with arguments that are not known. Where the grants changed meanwhile, {@code known} is what nobody asks any more. */
    void learn(KnownArguments known, @Nullable Object[] values) {
        if (check.run(values) && KnownArguments.areConstant(values)) {
            known.add(values);
        }
    }
}
