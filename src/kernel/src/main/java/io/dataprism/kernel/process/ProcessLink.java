package io.dataprism.kernel.process;

import io.dataprism.api.CallException;
import io.dataprism.api.FailureKind;
import io.dataprism.child.wire.FrameReader;
import io.dataprism.child.wire.FrameSender;
import io.dataprism.child.wire.Frames;
import io.dataprism.child.wire.Kind;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.Values;
import io.dataprism.child.wire.WireFailure;
import io.dataprism.child.wire.WireInput;
import io.dataprism.child.wire.WireOutput;
import io.dataprism.kernel.vertx.PluginDeployment;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection to one child. One thread reads, and writes what the child did not take at once; nobody else ever blocks on it. Safe to use from any thread.
 *
 * <p>What a child says that is to be done in the plugin's slices counts against a bound until that is done: beyond it nothing more is read.
 */
final class ProcessLink {
    /** Bytes that may wait for a child to read them. */
    private static final long MOST_UNREAD = 64 << 20;

    /** Beyond so many of them, nothing more is read of it: what it asks for is answered, and would only make them more. */
    private static final long MOST_UNREAD_WHILE_READ = 1 << 20;

    private static final int MOST_WAITING = 1_024;
    private static final long MOST_WAITING_BYTES = 4 << 20;
    /** So often is read what a child left in the socket that is gone or takes nothing any more. */
    private static final int MOST_LAST_READS = 64;

    /** Takes what a child says, on the thread that reads. */
    interface Listener {

        /** A question, or something told. */
        void take(Kind kind, Op op, long number, byte[] content) throws IOException;

        /** It has taken some of what waited for it, and so is there. */
        void reads();

        /**
         * Nothing more will be read. Called once.
         *
         * @param malformed whether the child said what it can't say
         */
        void ended(String why, boolean malformed);
    }

    /** An answer, not yet looked at. */
    private record Answer(Kind kind, WireInput in, int length) {}

    /** A question that was asked; the answer, a value, completes the future in the plugin's slices. */
    record Question(long number, Future<@Nullable Object> answer) {}

    private final SocketChannel channel;
    private final Selector selector;
    private final FrameSender sender;
    private final FrameReader reader;
    private final Listener listener;
    private final PluginDeployment deployment;
    private final AtomicLong numbers = new AtomicLong();
    private final ConcurrentMap<Long, Promise<Answer>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile boolean blocked;
    private volatile boolean paused;
    private volatile boolean over;
    private volatile @Nullable CallException gone;
    private volatile @Nullable MalformedFrameException wrong;

    /**
     * @param channel that does not block
     * @param deployment of the plugin, in whose slices answers arrive
     */
    ProcessLink(SocketChannel channel, PluginDeployment deployment, Listener listener) throws IOException {
        this.channel = channel;
        this.deployment = deployment;
        this.listener = listener;
        this.sender = new FrameSender(channel);
        this.reader = new FrameReader(channel, this::take);
        this.selector = Selector.open();
    }

    void start(String name) {
        Thread thread = new Thread(this::read, "dataprism-process-" + name);
        thread.setDaemon(true);
        thread.setContextClassLoader(ProcessLink.class.getClassLoader());
        thread.start();
    }

    // --- what the kernel says

    /** Ask; the answer, a value, completes the future in the plugin's slices. */
    Future<@Nullable Object> ask(Op op, Consumer<WireOutput> writes) {
        return question(op, writes).answer;
    }

    /** The same, of which nothing need be kept until it is answered: see {@link #forget}. */
    Question question(Op op, Consumer<WireOutput> writes) {
        WireOutput frame = new WireOutput();
        writes.accept(frame);
        long number = numbers.incrementAndGet();
        Promise<Answer> promise = deployment.promise();
        asked.put(number, promise);
        send(frame.as(Kind.ASK, op, number));
        CallException ended = gone;
        if (ended != null && asked.remove(number) != null) {
            promise.tryFail(ended);
        }
        return new Question(number, promise.future().compose(this::read));
    }

    /** Nobody waits for the answer any more: it fails with {@code why}, and one that comes later is dropped. Nothing where it has come. */
    void forget(long number, String why) {
        Promise<Answer> promise = asked.remove(number);
        if (promise != null) {
            promise.tryFail(new CallException(FailureKind.CANCELLED, why));
        }
    }

    /** How many questions nobody has answered. */
    int open() {
        return asked.size();
    }

    private Future<@Nullable Object> read(Answer answer) {
        done(answer.length);
        try {
            WireInput in = answer.in;
            return answer.kind == Kind.ANSWER
                    ? Future.succeededFuture(Values.read(in))
                    : Future.failedFuture(Told.failure(WireFailure.read(in)));
        } catch (MalformedFrameException e) {
            malformed(e);
            return Future.failedFuture(new CallException(FailureKind.FAILED, "DP-0982", said(e), null));
        }
    }

    void tell(Op op, long number, Consumer<WireOutput> writes) {
        send(Frames.tell(op, number, writes));
    }

    /** Answer the child's question of that number. */
    void answer(long number, @Nullable Object value) {
        send(Frames.answer(number, value));
    }

    /** The answer to the child's question of that number is a failure. */
    void refuse(long number, Throwable why) {
        send(Frames.refusal(number, why));
    }

    private void send(WireOutput frame) {
        if (gone != null) {
            return;
        }
        try {
            if (!sender.send(frame)) {
                blocked = true;
                selector.wakeup();
            }
            if (sender.waitingBytes() > MOST_UNREAD) {
                malformed(new MalformedFrameException("nothing: it does not read what it is sent"));
            }
        } catch (IOException e) {
            // Half a connection is none: it may go on speaking, and would never hear that its rights were taken away.
            over();
        }
    }

    // --- the thread that reads

    private void read() {
        String why = "it closed the connection";
        boolean malformed = false;
        try (selector) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            int interest = SelectionKey.OP_READ;
            while (wrong == null && gone == null) {
                boolean listens = !paused && !(blocked && sender.waitingBytes() > MOST_UNREAD_WHILE_READ);
                int now = (listens ? SelectionKey.OP_READ : 0) | (blocked ? SelectionKey.OP_WRITE : 0);
                if (now != interest) {
                    key.interestOps(now);
                    interest = now;
                }
                selector.select();
                selector.selectedKeys().clear();
                if (blocked && key.isWritable()) {
                    resume();
                }
                if (over) {
                    readTheLast();
                    break;
                }
                if (listens && key.isReadable() && reader.read() < 0) {
                    break;
                }
            }
            MalformedFrameException found = wrong;
            if (found != null) {
                malformed = true;
                why = said(found);
            }
        } catch (MalformedFrameException e) {
            malformed = true;
            why = said(e);
        } catch (IOException e) {
            why = "the connection broke: " + e.getMessage();
        } catch (RuntimeException | Error e) {
            why = "what it said could not be worked off: " + e;
            malformed = true;
        } finally {
            listener.ended(why, malformed);
        }
    }

    /** Somebody else may write at once after this, find no room, and say so, before this is back: that must not be taken back. */
    private void resume() throws IOException {
        blocked = false;
        if (!sender.resume()) {
            blocked = true;
        }
        listener.reads();
    }

    /** What it said before it was gone; what somebody else puts there for it has an end. */
    private void readTheLast() throws IOException {
        for (int i = 0; i < MOST_LAST_READS && wrong == null; i++) {
            if (reader.read() <= 0) {
                return;
            }
        }
    }

    private static String said(MalformedFrameException e) {
        return "it sent " + e.getMessage();
    }

    /** What it said is not what can be said; nothing more is read. On any thread. */
    void malformed(MalformedFrameException what) {
        wrong = what;
        selector.wakeup();
    }

    /** It is gone, or takes nothing any more: what it has said is still read, whether there is room or not. On any thread. */
    void over() {
        over = true;
        selector.wakeup();
    }

    private void take(Kind kind, Op op, long number, byte[] content) throws IOException {
        if (kind == Kind.ANSWER || kind == Kind.FAILURE) {
            answered(kind, number, content);
        } else {
            listener.take(kind, op, number, content);
        }
    }

    private void answered(Kind kind, long number, byte[] content) throws MalformedFrameException {
        Promise<Answer> promise = asked.remove(number);
        if (promise != null) {
            queued(content.length);
            if (!promise.tryComplete(new Answer(kind, new WireInput(content), content.length))) {
                done(content.length);
            }
            passedOn();
        } else if (number < 1 || number > numbers.get()) {
            throw new MalformedFrameException("an answer to question " + number + ", which nobody asked");
        }
    }

    /** So much of what was read waits for the plugin's slices. By the thread that reads. */
    void queued(int bytes) {
        int now = waiting.incrementAndGet();
        long held = waitingBytes.addAndGet(bytes);
        if (now >= MOST_WAITING || held >= MOST_WAITING_BYTES) {
            paused = true;
            // It may have been worked off before that was said.
            goOn();
        }
    }

    /**
     * What was queued is in the plugin's mailbox. Where nothing more is read until it is worked off, slices begin even though the child has enough to do:
     * that it has done some of it stands behind what is not read.
     */
    void passedOn() {
        if (paused) {
            deployment.release();
        }
    }

    /** So much waits no more. On any thread. */
    void done(int bytes) {
        waiting.decrementAndGet();
        waitingBytes.addAndGet(-bytes);
        if (paused) {
            goOn();
        }
    }

    private void goOn() {
        if (waiting.get() <= MOST_WAITING / 2 && waitingBytes.get() <= MOST_WAITING_BYTES / 2) {
            paused = false;
            selector.wakeup();
        }
    }

    /** Whether the kernel itself does not read at the time, so that silence means nothing. */
    boolean isPaused() {
        return paused;
    }

    /** It is over: what was asked fails with {@code why}. */
    void close(CallException why) {
        gone = why;
        selector.wakeup();
        try {
            channel.close();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
        for (Long number : asked.keySet()) {
            Promise<Answer> promise = asked.remove(number);
            if (promise != null) {
                promise.tryFail(why);
            }
        }
    }
}
