package io.dataprism.kernel.manifest;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import java.time.Duration;

/**
 * One check by a schema that somebody else wrote, of what somebody else says: each keyword may have to be held against each value, and each time something
 * may be wrong. After so long {@link BoundedSchema.TooSlow} ends it, and of what is wrong so much is kept. Used by one thread.
 */
final class BoundedCheck extends ExecutionContext {
    /** So many keywords and items are looked at between two looks at the clock. A check of fewer is never ended, however slow the machine. */
    private static final int STRIDE = 1 << 12;

    private static final int MOST_ERRORS = 1_000;

    private final Duration limit;
    private final long began = System.nanoTime();
    private int steps;

    BoundedCheck(ExecutionConfig config, Duration limit) {
        super(config);
        this.limit = limit;
    }

    @Override
    public void evaluationPathAddLast(String keyword) {
        step();
        super.evaluationPathAddLast(keyword);
    }

    @Override
    public void evaluationPathAddLast(int index) {
        step();
        super.evaluationPathAddLast(index);
    }

    private void step() {
        if (++steps % STRIDE == 0 && System.nanoTime() - began > limit.toNanos()) {
            throw BoundedSchema.TooSlow.keywords(limit);
        }
    }

    /** Where that many are wrong already, one more makes no difference. */
    @Override
    public void addError(Error error) {
        if (getErrors().size() < MOST_ERRORS) {
            super.addError(error);
        }
    }
}
