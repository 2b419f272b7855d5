package io.dataprism.bench.lane;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The least that takes objects from any threads to one thread in order: a stack that the thread takes whole and turns over. Empty, it parks.
 */
final class HandOff implements AutoCloseable {
    private static final Node ASLEEP = new Node("", null);

    private final AtomicReference<@Nullable Node> top = new AtomicReference<>();
    private final Consumer<Object> receiver;
    private final Thread thread;
    private volatile boolean closed;

    /** What was handed over, and what was before it. */
    private static final class Node {
        private final Object body;
        private @Nullable Node next;

        Node(Object body, @Nullable Node next) {
            this.body = body;
            this.next = next;
        }
    }

    HandOff(String name, Consumer<Object> receiver) {
        this.receiver = receiver;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    void give(Object body) {
        Node node = new Node(body, null);
        while (true) {
            Node before = top.get();
            node.next = before == ASLEEP ? null : before;
            if (top.compareAndSet(before, node)) {
                if (before == ASLEEP) {
                    LockSupport.unpark(thread);
                }
                return;
            }
        }
    }

    private void run() {
        while (!closed) {
            Node taken = top.get() == ASLEEP ? null : top.getAndSet(null);
            if (taken != null) {
                for (Node node = turned(taken); node != null; node = node.next) {
                    receiver.accept(node.body);
                }
            } else if (top.get() == ASLEEP || top.compareAndSet(null, ASLEEP)) {
                LockSupport.park(this);
            }
        }
    }

    private static @Nullable Node turned(Node last) {
        Node first = null;
        Node node = last;
        while (node != null) {
            Node before = node.next;
            node.next = first;
            first = node;
            node = before;
        }
        return first;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        LockSupport.unpark(thread);
        thread.join();
    }
}
