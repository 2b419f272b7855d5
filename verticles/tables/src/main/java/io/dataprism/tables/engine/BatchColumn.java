package io.dataprism.tables.engine;

import io.dataprism.api.ColumnType;
import io.dataprism.api.TableBatch;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;

/** Collects one column's values of a batch. */
abstract sealed class BatchColumn {
    final String name;
    final ColumnType type;
    final int index;
    final BitSet nulls = new BitSet();

    private BatchColumn(Column column, int index) {
        this.name = column.name();
        this.type = column.type();
        this.index = index;
    }

    static BatchColumn of(Column column, int index, int rows) {
        return switch (column.type()) {
            case BOOLEAN, LONG, DATE, TIME, TIMESTAMP -> new Longs(column, index, rows);
            case DOUBLE -> new Doubles(column, index, rows);
            case DECIMAL, TEXT, JSON -> new Texts(column, index, rows);
            case BYTES -> new Bytes(column, index, rows);
        };
    }

    /**
     * Take the value of the row where {@code results} stands.
     *
     * @return about how many bytes it takes
     */
    abstract long take(ResultSet results, int row) throws SQLException;

    abstract void give(TableBatch.Builder batch);

    final void markNull(ResultSet results, int row) throws SQLException {
        if (results.wasNull()) {
            nulls.set(row);
        }
    }

    private static final class Longs extends BatchColumn {
        private final long[] values;

        Longs(Column column, int index, int rows) {
            super(column, index);
            values = new long[rows];
        }

        @Override
        long take(ResultSet results, int row) throws SQLException {
            values[row] = type == ColumnType.BOOLEAN ? (results.getBoolean(index) ? 1 : 0) : results.getLong(index);
            markNull(results, row);
            return Long.BYTES;
        }

        @Override
        void give(TableBatch.Builder batch) {
            batch.longs(name, type, nulls, values);
        }
    }

    private static final class Doubles extends BatchColumn {
        private final double[] values;

        Doubles(Column column, int index, int rows) {
            super(column, index);
            values = new double[rows];
        }

        @Override
        long take(ResultSet results, int row) throws SQLException {
            values[row] = results.getDouble(index);
            markNull(results, row);
            return Long.BYTES;
        }

        @Override
        void give(TableBatch.Builder batch) {
            batch.doubles(name, nulls, values);
        }
    }

    private static final class Texts extends BatchColumn {
        private final String[] values;

        Texts(Column column, int index, int rows) {
            super(column, index);
            values = new String[rows];
        }

        @Override
        long take(ResultSet results, int row) throws SQLException {
            String value = results.getString(index);
            values[row] = value == null ? "" : value;
            if (value == null) {
                nulls.set(row);
            }
            return 48 + 2L * values[row].length();
        }

        @Override
        void give(TableBatch.Builder batch) {
            batch.texts(name, type, nulls, values);
        }
    }

    private static final class Bytes extends BatchColumn {
        private final byte[][] values;

        Bytes(Column column, int index, int rows) {
            super(column, index);
            values = new byte[rows][];
        }

        @Override
        long take(ResultSet results, int row) throws SQLException {
            Blob blob = results.getBlob(index);
            if (blob == null) {
                values[row] = new byte[0];
                nulls.set(row);
            } else {
                values[row] = blob.getBytes(1, (int) blob.length());
            }
            return 24L + values[row].length;
        }

        @Override
        void give(TableBatch.Builder batch) {
            batch.bytes(name, nulls, values);
        }
    }
}
