package io.dataprism.kernel.messaging;

import io.dataprism.api.ColumnType;
import io.dataprism.api.TableBatch;
import io.dataprism.api.TableBatch.ColumnVector;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/** A table batch as bytes, in which it goes to another node as an item of a stream: its rows, then column by column name, type, nulls, values. */
final class BatchBytes {
    private final Buffer bytes;
    private int at;

    private BatchBytes(Buffer bytes) {
        this.bytes = bytes;
    }

    static Buffer write(TableBatch batch) {
        Buffer out = Buffer.buffer();
        out.appendInt(batch.rows()).appendInt(batch.columns().size());
        for (ColumnVector column : batch.columns()) {
            append(out, column.name().getBytes(StandardCharsets.UTF_8));
            append(out, column.type().label().getBytes(StandardCharsets.UTF_8));
            append(out, nulls(column, batch.rows()).toByteArray());
            for (int row = 0; row < batch.rows(); row++) {
                append(out, column, row);
            }
        }
        return out;
    }

    private static void append(Buffer out, byte[] part) {
        out.appendInt(part.length).appendBytes(part);
    }

    private static BitSet nulls(ColumnVector column, int rows) {
        BitSet nulls = new BitSet(rows);
        for (int row = 0; row < rows; row++) {
            nulls.set(row, column.isNull(row));
        }
        return nulls;
    }

    private static void append(Buffer out, ColumnVector column, int row) {
        switch (column.type()) {
            case BOOLEAN, LONG, DATE, TIME, TIMESTAMP -> out.appendLong(column.getLong(row));
            case DOUBLE -> out.appendDouble(column.getDouble(row));
            case TEXT, DECIMAL, JSON -> append(out, column.getText(row).getBytes(StandardCharsets.UTF_8));
            case BYTES -> append(out, column.getBytes(row).getBytes());
        }
    }

    /** @throws RuntimeException where {@code bytes} is not what {@link #write} wrote */
    static TableBatch read(Buffer bytes) {
        return new BatchBytes(bytes).read();
    }

    private TableBatch read() {
        int rows = integer();
        int columns = integer();
        TableBatch.Builder batch = new TableBatch.Builder(rows);
        for (int i = 0; i < columns; i++) {
            column(batch, rows);
        }
        return batch.build();
    }

    private void column(TableBatch.Builder batch, int rows) {
        String name = text();
        ColumnType type = ColumnType.of(text());
        BitSet nulls = BitSet.valueOf(part());
        switch (type) {
            case BOOLEAN, LONG, DATE, TIME, TIMESTAMP -> batch.longs(name, type, nulls, longs(rows));
            case DOUBLE -> batch.doubles(name, nulls, doubles(rows));
            case TEXT, DECIMAL, JSON -> batch.texts(name, type, nulls, texts(rows));
            case BYTES -> batch.bytes(name, nulls, parts(rows));
        }
    }

    private long[] longs(int rows) {
        long[] values = new long[rows];
        for (int row = 0; row < rows; row++, at += Long.BYTES) {
            values[row] = bytes.getLong(at);
        }
        return values;
    }

    private double[] doubles(int rows) {
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++, at += Double.BYTES) {
            values[row] = bytes.getDouble(at);
        }
        return values;
    }

    private String[] texts(int rows) {
        String[] values = new String[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = text();
        }
        return values;
    }

    private byte[][] parts(int rows) {
        byte[][] values = new byte[rows][];
        for (int row = 0; row < rows; row++) {
            values[row] = part();
        }
        return values;
    }

    private int integer() {
        int value = bytes.getInt(at);
        at += Integer.BYTES;
        return value;
    }

    private String text() {
        return new String(part(), StandardCharsets.UTF_8);
    }

    private byte[] part() {
        int length = integer();
        byte[] part = bytes.getBytes(at, at + length);
        at += length;
        return part;
    }
}
