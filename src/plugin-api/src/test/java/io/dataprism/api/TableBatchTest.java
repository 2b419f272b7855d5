package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.TableBatch.ColumnVector;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class TableBatchTest {
    private static BitSet nulls(int... rows) {
        BitSet set = new BitSet();
        for (int row : rows) {
            set.set(row);
        }
        return set;
    }

    @Test
    void holdsEachColumnInItsOwnForm() {
        TableBatch batch = new TableBatch.Builder(2)
                .longs("id", ColumnType.LONG, nulls(), new long[] {7, 8})
                .longs("ok", ColumnType.BOOLEAN, nulls(), new long[] {0, 1})
                .doubles("price", nulls(1), new double[] {1.5, 0})
                .texts("name", ColumnType.TEXT, nulls(1), new String[] {"a", null})
                .bytes("raw", nulls(1), new byte[][] {{1, 2}, null})
                .build();
        assertEquals(2, batch.rows());
        assertEquals(8, batch.columns().get(0).getLong(1));
        assertTrue(batch.columns().get(1).getBoolean(1));
        assertEquals(1.5, batch.columns().get(2).getDouble(0));
        assertTrue(batch.columns().get(2).isNull(1));
        assertEquals("", batch.columns().get(3).getText(1), "a null text reads as an empty one");
        assertEquals(0, batch.columns().get(4).getBytes(1).length(), "null bytes read as empty ones");
        assertEquals(2, batch.columns().get(4).getBytes(0).length());
    }

    @Test
    void whatWasGivenMayBeReusedByWhoGaveIt() {
        long[] values = {1, 2};
        byte[][] bytes = {{1}, {2}};
        BitSet nulls = nulls();
        TableBatch batch = new TableBatch.Builder(2)
                .longs("a", ColumnType.LONG, nulls, values)
                .bytes("b", nulls, bytes)
                .build();
        values[0] = 99;
        bytes[0][0] = 99;
        nulls.set(0);
        ColumnVector column = batch.columns().get(0);
        assertEquals(1, column.getLong(0));
        assertFalse(column.isNull(0));
        batch.columns().get(1).getBytes(0).setByte(0, (byte) 98);
        assertEquals(1, batch.columns().get(1).getBytes(0).getByte(0));
    }

    @Test
    void takesTheFirstRowsOfALongerArray() {
        TableBatch batch = new TableBatch.Builder(1)
                .longs("a", ColumnType.DATE, nulls(), new long[] {1, 2, 3})
                .build();
        assertEquals(1, batch.columns().get(0).getLong(0));
        assertThrows(
                ArrayIndexOutOfBoundsException.class,
                () -> batch.columns().get(0).getLong(1));
    }

    @Test
    void tooFewValuesAreRefused() {
        PluginException refusal = assertThrows(
                PluginException.class,
                () -> new TableBatch.Builder(3).longs("a", ColumnType.LONG, nulls(), new long[] {1}));
        assertEquals("DP-0701", refusal.code());
        assertEquals(
                "Column 'a' of type long has 1 values held as long[]; expected 3 held as long[].",
                refusal.getMessage());
    }

    @Test
    void aTypeHeldInAnotherFormIsRefused() {
        TableBatch.Builder builder = new TableBatch.Builder(1);
        assertThrows(PluginException.class, () -> builder.longs("a", ColumnType.TEXT, nulls(), new long[] {1}));
        assertThrows(PluginException.class, () -> builder.texts("a", ColumnType.LONG, nulls(), new String[] {"1"}));
    }

    @Test
    void itsColumnsCannotBeChanged() {
        TableBatch batch = new TableBatch.Builder(0).build();
        assertThrows(UnsupportedOperationException.class, () -> batch.columns().clear());
    }
}
