package io.dataprism.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dataprism.api.Caller;
import io.dataprism.api.MemoryAccount;
import io.dataprism.api.MemoryPressure;
import io.dataprism.api.View;
import io.dataprism.charts.engine.Drawing;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private final Account account = new Account();
    private final Views views = new Views("test", Duration.ofMinutes(1), 10, account);

    /** Holds 1,000 bytes. */
    private static final class Account implements MemoryAccount {
        private long used;

        @Override
        public long allocate(long bytes) {
            if (used + bytes > limit()) {
                throw new IllegalStateException("full");
            }
            used += bytes;
            return bytes;
        }

        @Override
        public void deallocate(long bytes) {
            used -= bytes;
        }

        @Override
        public long used() {
            return used;
        }

        @Override
        public void onPressure(Handler<MemoryPressure> handler) {}

        @Override
        public long limit() {
            return 1_000;
        }
    }

    /** One that is charged with {@code bytes}. */
    private static ChartView chart(int bytes) {
        Drawing drawing = new Drawing("x".repeat(bytes / 2), 1, List.of(), 1);
        return new ChartView(new JsonObject(), new JsonObject(), Optional.empty(), drawing, List.of());
    }

    @Test
    void aViewWhoseUpdateFindsNoMemoryStaysAsItWas() {
        ChartView first = chart(600);
        View view = views.add(Caller.HOST, first);
        assertThrows(IllegalStateException.class, () -> views.replace(Caller.HOST, view, chart(1_200)));
        assertSame(first, views.get(Caller.HOST, view));
        assertEquals(600, account.used());
    }

    @Test
    void anUpdateIsChargedWithTheDifference() {
        View view = views.add(Caller.HOST, chart(600));
        views.replace(Caller.HOST, view, chart(1_000));
        assertEquals(1_000, account.used());
        views.replace(Caller.HOST, view, chart(200));
        assertEquals(200, account.used());
        views.remove(Caller.HOST, view);
        assertEquals(0, account.used());
    }
}
