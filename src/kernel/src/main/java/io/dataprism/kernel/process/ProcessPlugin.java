package io.dataprism.kernel.process;

import io.dataprism.api.CallException;
import io.dataprism.api.Capabilities;
import io.dataprism.api.Configurable;
import io.dataprism.api.FailureKind;
import io.dataprism.api.Plugin;
import io.dataprism.api.PluginContext;
import io.dataprism.api.PluginException;
import io.dataprism.api.Probed;
import io.dataprism.child.wire.Kind;
import io.dataprism.child.wire.MalformedFrameException;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.Values;
import io.dataprism.child.wire.Wire;
import io.dataprism.child.wire.WireFailure;
import io.dataprism.child.wire.WireInput;
import io.dataprism.kernel.context.KernelPluginContext;
import io.dataprism.kernel.messaging.SafeFailure;
import io.dataprism.kernel.vertx.MailboxEntry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A plugin in a process of its own, as the kernel has it: its steps and handlers are the child's. Runs in the plugin's slices. */
public final class ProcessPlugin implements Plugin, Configurable, Probed {
    private final ChildTerms terms;
    private final KernelPluginContext context;
    private final ChildProcess process;
    private final ProcessLink link;
    private final Window window;
    private final Offered offered = new Offered();
    private final CallWork calls;
    private final AtOnce atOnce;
    private final Vital vital;
    private final Runnable deaf;
    private final Probing alive;
    private final Probing ready;
    private volatile boolean configurable;
    private volatile boolean probed;
    private volatile boolean started;
    private volatile boolean leaving;
    /** There is nobody any more to be told to stop. */
    private volatile boolean over;

    private volatile @Nullable PluginException loss;
    private final AtomicBoolean lossTold = new AtomicBoolean();
    private JsonObject offers = new JsonObject();

    /** Begins to read what the child says. */
    ProcessPlugin(ChildTerms terms, ChildProcess process) throws IOException {
        this.terms = terms;
        this.context = terms.context();
        this.process = process;
        this.window = new Window(terms.deployment()::release);
        this.link = new ProcessLink(process.channel(), terms.deployment(), new Said());
        this.alive = new Probing(link, Op.ALIVE);
        this.ready = new Probing(link, Op.READY);
        Subscribed subscribed = new Subscribed(link);
        this.calls = new CallWork(context, link, window);
        ChannelWork channels = new ChannelWork(context, link, window, subscribed, calls);
        this.atOnce = new AtOnce(context, terms.guard(), calls, channels, subscribed);
        subscribed.offer(offered);
        calls.offer(offered);
        channels.offer(offered);
        new EventWork(context, link, window, subscribed).offer(offered);
        new StorageWork(context, link).offer(offered);
        offered.with(
                Op.REQUEST_PERMISSION, (in, number) -> context.permissions().request(in.text()));
        this.vital = new Vital(terms, process, link::isPaused, this::lost);
        this.deaf = terms.grants().listen(caller -> {
            if (caller.isPlugin(context.id())) {
                link.tell(Op.GRANTS_CHANGED, 0, out -> {});
            }
        });
        process.output().tell(line -> context.log().info(line));
        link.start(context.id().value());
        // Which tells the child that its greeting was taken; it asks about nothing anew, since it knows nothing yet.
        link.tell(Op.GRANTS_CHANGED, 0, out -> {});
        process.onEnd(link::over);
        vital.begin();
    }

    // --- the plugin's steps

    /** Let the child make the plugin's object. */
    public Future<Void> load() {
        return link.ask(Op.LOAD, terms.loading()::write).map(answer -> {
            JsonArray is = (JsonArray) Objects.requireNonNull(answer);
            configurable = is.getBoolean(0);
            probed = is.getBoolean(1);
            return null;
        });
    }

    /** Whether it takes a new configuration while it runs. */
    public boolean isConfigurable() {
        return configurable;
    }

    /** Whether it can be asked whether it is well. */
    public boolean isProbed() {
        return probed;
    }

    /**
     * Whether the child has so much to work off that it is to get no more for the time being; not while so much of what it said waits for slices that nothing
     * more is read. On any thread.
     */
    public boolean isFull() {
        return window.isFull() && !link.isPaused();
    }

    @Override
    public Future<Void> initialize(PluginContext given) {
        return link.ask(Op.INITIALIZE, out -> {}).map(answer -> {
            offers = (JsonObject) Objects.requireNonNull(answer);
            return null;
        });
    }

    @Override
    @SuppressWarnings("NullAway") // as any plugin's, which the kernel finds out
    public Capabilities capabilities() {
        if (offers.getValue("failed") instanceof Buffer failure) {
            throw asThrown(failure.getBytes());
        }
        return offers.getBoolean("none", false) ? null : calls.capabilities(offers);
    }

    private static RuntimeException asThrown(byte[] failure) {
        try {
            Throwable thrown = Told.failure(WireFailure.read(new WireInput(failure)));
            return thrown instanceof RuntimeException known ? known : SafeFailure.copy(thrown);
        } catch (MalformedFrameException e) {
            throw new PluginException("DP-0982", "Its process sent " + e.getMessage() + ".", e);
        }
    }

    @Override
    public Future<Void> start() {
        return link.ask(Op.START, out -> {}).map(done -> {
            started = true;
            process.engage(true);
            PluginException lost = loss;
            if (lost != null && lossTold.compareAndSet(false, true)) {
                // It answered, and was gone before its answer was seen.
                throw lost;
            }
            return null;
        });
    }

    @Override
    public Future<Void> stop() {
        process.engage(false);
        return over ? Future.succeededFuture() : link.ask(Op.STOP, out -> {}).mapEmpty();
    }

    @Override
    public Future<Void> destroy() {
        return over ? Future.succeededFuture() : link.ask(Op.DESTROY, out -> {}).mapEmpty();
    }

    @Override
    public Future<Void> configure(JsonObject config) {
        return link.ask(Op.CONFIGURE, out -> Values.write(out, config)).mapEmpty();
    }

    @Override
    public Future<Void> alive() {
        return alive.ask();
    }

    @Override
    public Future<Void> ready() {
        return ready.ask();
    }

    /** Stop the child where it is, or let it go on. On any thread. */
    public void suspend(boolean now) {
        process.suspend(now);
    }

    /** End the child; complete once nothing is left of it. On any thread. */
    public Future<Void> end() {
        leaving = true;
        link.tell(Op.GOODBYE, 0, out -> {});
        return process.gone().onComplete(gone -> release(ended("DP-0988", "its process was ended")));
    }

    // --- its end

    private CallException ended(String code, String what) {
        return new CallException(
                FailureKind.CANCELLED,
                code,
                "Plugin '" + context.id() + "': " + what + ". Call again once it runs.",
                null);
    }

    private void release(CallException why) {
        vital.end();
        deaf.run();
        link.close(why);
    }

    /** There is no child any more, or there must not be. On any thread. */
    private void lost(String code, String what) {
        process.kill();
        if (leaving) {
            return;
        }
        over = true;
        CallException why = ended(code, what);
        release(why);
        PluginException lost = new PluginException(code, what + ".");
        loss = lost;
        if (started && lossTold.compareAndSet(false, true)) {
            context.fail(lost);
        }
    }

    // --- what the child says

    private final class Said implements ProcessLink.Listener {

        @Override
        public void take(Kind kind, Op op, long number, byte[] content) throws MalformedFrameException {
            if (kind == Kind.ASK && AtOnce.isAtOnce(op)) {
                answerAtOnce(op, number, content);
            } else if (kind == Kind.TELL && op == Op.BEAT) {
                vital.beat(new WireInput(content));
            } else if (kind == Kind.TELL && op == Op.CONSUMED) {
                window.consumed(number);
            } else if (kind == Kind.ASK || kind == Kind.TELL) {
                link.queued(content.length);
                if (!terms.deployment().mailbox().push(new Entry(kind, op, number, content))) {
                    link.done(content.length);
                }
                link.passedOn();
            } else {
                throw new MalformedFrameException("a second greeting");
            }
        }

        private void answerAtOnce(Op op, long number, byte[] content) throws MalformedFrameException {
            try {
                link.answer(number, atOnce.answer(op, new WireInput(content)));
            } catch (RuntimeException refused) {
                link.refuse(number, refused);
            }
        }

        @Override
        public void reads() {
            vital.heard();
        }

        @Override
        public void ended(String why, boolean malformed) {
            if (malformed) {
                lost("DP-0982", "its process was ended, because " + why);
            } else {
                lost("DP-0984", process.cause());
            }
        }
    }

    /** Something that the child said, on its way to the plugin's slices. */
    private final class Entry extends MailboxEntry {
        private final Kind kind;
        private final Op op;
        private final long number;
        private final byte[] content;

        Entry(Kind kind, Op op, long number, byte[] content) {
            this.kind = kind;
            this.op = op;
            this.number = number;
            this.content = content;
        }

        @Override
        public int weight() {
            return content.length;
        }

        @Override
        protected void run() {
            link.done(content.length);
            try {
                if (kind == Kind.ASK) {
                    asked();
                } else {
                    told();
                }
            } catch (MalformedFrameException e) {
                link.malformed(e);
            }
        }

        private void asked() throws MalformedFrameException {
            WireInput in = new WireInput(content);
            long onBehalf = in.i64();
            Work work = offered.of(op).orElseThrow(() -> new MalformedFrameException("a question about " + op));
            try {
                Future<? extends @Nullable Object> answer = calls.onBehalf(onBehalf, () -> work.of(in, number));
                in.end();
                if (answer.succeeded()) {
                    link.answer(number, answer.result());
                } else {
                    answer.onComplete(end -> {
                        if (end.succeeded()) {
                            link.answer(number, end.result());
                        } else {
                            link.refuse(number, end.cause());
                        }
                    });
                }
            } catch (RuntimeException refused) {
                link.refuse(number, refused);
            }
        }

        private void told() throws MalformedFrameException {
            WireInput in = new WireInput(content);
            switch (op) {
                case LOG -> log(in);
                case FAIL -> context.fail(Told.safe(WireFailure.read(in)));
                case GIVE_UP -> calls.giveUp(number);
                case HANDLER_FAILED -> {
                    String what = in.text(Wire.LONGEST_TOLD);
                    context.log().error(what + " failed", Told.safe(WireFailure.read(in)));
                }
                case ON_PRESSURE ->
                    context.memory()
                            .onPressure(pressure -> link.tell(
                                    Op.PRESSURE,
                                    0,
                                    out -> out.i64(pressure.used())
                                            .i64(pressure.limit())
                                            .flag(pressure.ofAll())));
                default -> throw new MalformedFrameException("word of " + op);
            }
        }

        private void log(WireInput in) throws MalformedFrameException {
            String text = in.text();
            SafeFailure cause = in.flag() ? Told.safe(WireFailure.read(in)) : null;
            switch ((int) number) {
                case 0 -> context.log().debug(text);
                case 1 -> context.log().info(text);
                case 2 -> context.log().warn(text, cause);
                case 3 -> context.log().error(text, cause);
                default -> throw new MalformedFrameException("a line of level " + number);
            }
        }

        @Override
        protected void discarded() {
            link.done(content.length);
        }
    }
}
