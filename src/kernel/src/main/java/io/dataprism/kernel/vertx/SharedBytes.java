package io.dataprism.kernel.vertx;

import io.netty.buffer.AbstractByteBuf;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;

/**
 * Bytes that nobody can write to, in the form that Vert.x's buffers are built around. One of them serves all readers of a message, each through a
 * duplicate, whose indexes are its own; nothing leads from a reader to the array. It is not counted: the collector frees it.
 */
final class SharedBytes extends AbstractByteBuf {
    private static final VarHandle SHORT = view(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT_LE = view(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = view(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = view(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = view(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_LE = view(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;

    private static VarHandle view(Class<?> type, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(type, order);
    }

    /** @param bytes which nobody else holds */
    SharedBytes(byte[] bytes) {
        // It can't grow, so that Vert.x makes a copy for a reader that appends a text or a buffer.
        super(bytes.length);
        this.bytes = bytes;
        writerIndex(bytes.length);
    }

    private static ReadOnlyBufferException readOnly() {
        return new ReadOnlyBufferException();
    }

    // --- what it is

    @Override
    public int capacity() {
        return bytes.length;
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public boolean isWritable() {
        return false;
    }

    @Override
    public boolean isWritable(int size) {
        return false;
    }

    @Override
    public ByteBuf asReadOnly() {
        return this;
    }

    @Override
    public ByteBufAllocator alloc() {
        return UnpooledByteBufAllocator.DEFAULT;
    }

    @Override
    @SuppressWarnings("deprecation") // Netty's own, and abstract
    public ByteOrder order() {
        return ByteOrder.BIG_ENDIAN;
    }

    @Override
    @SuppressWarnings("NullAway") // there is none below this
    public ByteBuf unwrap() {
        return null;
    }

    @Override
    public boolean isDirect() {
        return false;
    }

    /** Or whoever reads could write to it. */
    @Override
    public boolean hasArray() {
        return false;
    }

    @Override
    public byte[] array() {
        throw readOnly();
    }

    @Override
    public int arrayOffset() {
        throw readOnly();
    }

    @Override
    public boolean hasMemoryAddress() {
        return false;
    }

    @Override
    public long memoryAddress() {
        throw new UnsupportedOperationException();
    }

    // --- reading

    @Override
    protected byte _getByte(int index) {
        return bytes[index];
    }

    @Override
    protected short _getShort(int index) {
        return (short) SHORT.get(bytes, index);
    }

    @Override
    protected short _getShortLE(int index) {
        return (short) SHORT_LE.get(bytes, index);
    }

    @Override
    protected int _getUnsignedMedium(int index) {
        return ((bytes[index] & 0xff) << 16) | ((bytes[index + 1] & 0xff) << 8) | (bytes[index + 2] & 0xff);
    }

    @Override
    protected int _getUnsignedMediumLE(int index) {
        return ((bytes[index + 2] & 0xff) << 16) | ((bytes[index + 1] & 0xff) << 8) | (bytes[index] & 0xff);
    }

    @Override
    protected int _getInt(int index) {
        return (int) INT.get(bytes, index);
    }

    @Override
    protected int _getIntLE(int index) {
        return (int) INT_LE.get(bytes, index);
    }

    @Override
    protected long _getLong(int index) {
        return (long) LONG.get(bytes, index);
    }

    @Override
    protected long _getLongLE(int index) {
        return (long) LONG_LE.get(bytes, index);
    }

    @Override
    public ByteBuf getBytes(int index, ByteBuf target, int targetIndex, int length) {
        checkDstIndex(index, length, targetIndex, target.capacity());
        if (target.hasArray()) {
            System.arraycopy(bytes, index, target.array(), target.arrayOffset() + targetIndex, length);
        } else {
            // Never the array itself: the other one may be of anybody's class.
            target.setBytes(targetIndex, nioBuffer(index, length));
        }
        return this;
    }

    @Override
    public ByteBuf getBytes(int index, byte[] target, int targetIndex, int length) {
        checkDstIndex(index, length, targetIndex, target.length);
        System.arraycopy(bytes, index, target, targetIndex, length);
        return this;
    }

    @Override
    public ByteBuf getBytes(int index, ByteBuffer target) {
        checkIndex(index, target.remaining());
        target.put(bytes, index, target.remaining());
        return this;
    }

    /** Of a copy, since a stream may keep the array that it is given. */
    @Override
    public ByteBuf getBytes(int index, OutputStream out, int length) throws IOException {
        checkIndex(index, length);
        byte[] copy = new byte[length];
        System.arraycopy(bytes, index, copy, 0, length);
        out.write(copy);
        return this;
    }

    @Override
    public int getBytes(int index, GatheringByteChannel out, int length) throws IOException {
        return out.write(nioBuffer(index, length));
    }

    @Override
    public int getBytes(int index, FileChannel out, long position, int length) throws IOException {
        return out.write(nioBuffer(index, length), position);
    }

    @Override
    public ByteBuf copy(int index, int length) {
        checkIndex(index, length);
        return alloc().heapBuffer(length).writeBytes(bytes, index, length);
    }

    @Override
    public int nioBufferCount() {
        return 1;
    }

    @Override
    public ByteBuffer nioBuffer(int index, int length) {
        checkIndex(index, length);
        return ByteBuffer.wrap(bytes, index, length).slice().asReadOnlyBuffer();
    }

    @Override
    public ByteBuffer internalNioBuffer(int index, int length) {
        return nioBuffer(index, length);
    }

    @Override
    public ByteBuffer[] nioBuffers(int index, int length) {
        return new ByteBuffer[] {nioBuffer(index, length)};
    }

    // --- writing: nothing does

    @Override
    public ByteBuf capacity(int newCapacity) {
        throw readOnly();
    }

    @Override
    protected void _setByte(int index, int value) {
        throw readOnly();
    }

    @Override
    protected void _setShort(int index, int value) {
        throw readOnly();
    }

    @Override
    protected void _setShortLE(int index, int value) {
        throw readOnly();
    }

    @Override
    protected void _setMedium(int index, int value) {
        throw readOnly();
    }

    @Override
    protected void _setMediumLE(int index, int value) {
        throw readOnly();
    }

    @Override
    protected void _setInt(int index, int value) {
        throw readOnly();
    }

    @Override
    protected void _setIntLE(int index, int value) {
        throw readOnly();
    }

    @Override
    protected void _setLong(int index, long value) {
        throw readOnly();
    }

    @Override
    protected void _setLongLE(int index, long value) {
        throw readOnly();
    }

    @Override
    public ByteBuf setBytes(int index, ByteBuf source, int sourceIndex, int length) {
        throw readOnly();
    }

    @Override
    public ByteBuf setBytes(int index, byte[] source, int sourceIndex, int length) {
        throw readOnly();
    }

    @Override
    public ByteBuf setBytes(int index, ByteBuffer source) {
        throw readOnly();
    }

    @Override
    public int setBytes(int index, InputStream in, int length) {
        throw readOnly();
    }

    @Override
    public int setBytes(int index, ScatteringByteChannel in, int length) {
        throw readOnly();
    }

    @Override
    public int setBytes(int index, FileChannel in, long position, int length) {
        throw readOnly();
    }

    // --- counting: nobody does

    @Override
    public int refCnt() {
        return 1;
    }

    @Override
    public ByteBuf retain() {
        return this;
    }

    @Override
    public ByteBuf retain(int increment) {
        return this;
    }

    @Override
    public ByteBuf touch() {
        return this;
    }

    @Override
    public ByteBuf touch(Object hint) {
        return this;
    }

    @Override
    public boolean release() {
        return false;
    }

    @Override
    public boolean release(int decrement) {
        return false;
    }
}
