package io.dataprism.api;

import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Some rows of a table, column by column. Deeply immutable, so that it is passed on by reference. Values are read by
 * column and row; which of the readers fits is told by {@link ColumnType}.
 */
public final class TableBatch {
    private final List<ColumnVector> columns;
    private final int rows;
    private final long weight;

    private TableBatch(List<ColumnVector> columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        this.weight = columns.stream().mapToLong(ColumnVector::weight).sum();
    }

    public int rows() {
        return rows;
    }

    public List<ColumnVector> columns() {
        return columns;
    }

    /** About how many bytes of heap it takes. */
    public long weight() {
        return weight;
    }

    /** One column's values. */
    public static final class ColumnVector {
        private final String name;
        private final ColumnType type;
        private final BitSet nulls;
        private final Object values;

        private ColumnVector(String name, ColumnType type, BitSet nulls, Object values) {
            this.name = name;
            this.type = type;
            this.nulls = nulls;
            this.values = values;
        }

        private long weight() {
            long weight = 64;
            if (values instanceof String[] texts) {
                for (String text : texts) {
                    weight += 48 + 2L * text.length();
                }
            } else if (values instanceof byte[][] arrays) {
                for (byte[] bytes : arrays) {
                    weight += 24 + bytes.length;
                }
            } else {
                weight += 8L * Array.getLength(values);
            }
            return weight;
        }

        public String name() {
            return name;
        }

        public ColumnType type() {
            return type;
        }

        public boolean isNull(int row) {
            return nulls.get(row);
        }

        /** For LONG, DATE, TIME, TIMESTAMP; BOOLEAN as 0 and 1. */
        public long getLong(int row) {
            return ((long[]) values)[row];
        }

        public boolean getBoolean(int row) {
            return getLong(row) != 0;
        }

        /** For DOUBLE. */
        public double getDouble(int row) {
            return ((double[]) values)[row];
        }

        /** For TEXT, DECIMAL, JSON; an empty text where the value is null. */
        public String getText(int row) {
            return ((String[]) values)[row];
        }

        /** For BYTES: a copy; empty where the value is null. */
        public Buffer getBytes(int row) {
            return Buffer.buffer(((byte[][]) values)[row].clone());
        }
    }

    /** Collects columns; each array is copied. Used by whoever provides tables. */
    public static final class Builder {
        private final List<ColumnVector> columns = new ArrayList<>();
        private final int rows;

        /** A builder for {@code rows} rows. */
        public Builder(int rows) {
            this.rows = rows;
        }

        public Builder longs(String name, ColumnType type, BitSet nulls, long[] values) {
            return add(name, type, nulls, values.length, Arrays.copyOf(values, rows), long[].class);
        }

        public Builder doubles(String name, BitSet nulls, double[] values) {
            return add(name, ColumnType.DOUBLE, nulls, values.length, Arrays.copyOf(values, rows), double[].class);
        }

        public Builder texts(String name, ColumnType type, BitSet nulls, String[] values) {
            String[] copy = Arrays.copyOf(values, rows);
            for (int i = 0; i < rows; i++) {
                if (copy[i] == null) {
                    copy[i] = "";
                }
            }
            return add(name, type, nulls, values.length, copy, String[].class);
        }

        public Builder bytes(String name, BitSet nulls, byte[][] values) {
            byte[][] copy = new byte[rows][];
            for (int i = 0; i < rows; i++) {
                copy[i] = values[i] == null ? new byte[0] : values[i].clone();
            }
            return add(name, ColumnType.BYTES, nulls, values.length, copy, byte[][].class);
        }

        private Builder add(String name, ColumnType type, BitSet nulls, int given, Object values, Class<?> form) {
            if (given < rows || formOf(type) != form) {
                throw new PluginException(
                        "DP-0701",
                        "Column '" + name + "' of type " + type.label() + " has " + given + " values held as "
                                + form.getSimpleName() + "; expected " + rows + " held as "
                                + formOf(type).getSimpleName() + ".");
            }
            // A BitSet can be extended: none of the caller's own code may stay in what others read.
            columns.add(new ColumnVector(name, type, BitSet.valueOf(nulls.toLongArray()), values));
            return this;
        }

        private static Class<?> formOf(ColumnType type) {
            return switch (type) {
                case BOOLEAN, LONG, DATE, TIME, TIMESTAMP -> long[].class;
                case DOUBLE -> double[].class;
                case TEXT, DECIMAL, JSON -> String[].class;
                case BYTES -> byte[][].class;
            };
        }

        public TableBatch build() {
            return new TableBatch(List.copyOf(columns), rows);
        }
    }
}
