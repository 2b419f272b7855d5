package attack;

import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CountedCompleter;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Threads: code that runs beside its own. */
final class ThreadAttacks {
    private ThreadAttacks() {}

    private static void sayAndWait(Lab lab) {
        lab.say("here");
        Lab.pause();
    }

    private static ConcurrentHashMap<Integer, Integer> map() {
        ConcurrentHashMap<Integer, Integer> map = new ConcurrentHashMap<>();
        IntStream.range(0, 200).forEach(number -> map.put(number, number));
        return map;
    }

    private static void collectUntilSaid(Lab lab) {
        long end = System.nanoTime() + 3_000_000_000L;
        while (!lab.wasHeard() && System.nanoTime() < end) {
            System.gc();
            Lab.pause();
        }
    }

    /** A thread whose constructor is called as a superclass's. */
    private static final class OwnThread extends Thread {
        private final Lab lab;

        OwnThread(Lab lab) {
            this.lab = lab;
        }

        @Override
        public void run() {
            lab.say("here");
        }
    }

    /** A task of the fork-join kind. */
    private static final class OwnTask extends CountedCompleter<Object> {
        private final transient Lab lab;

        OwnTask(Lab lab) {
            this.lab = lab;
        }

        @Override
        public void compute() {
            for (int i = 0; i < 50; i++) {
                sayAndWait(lab);
            }
            tryComplete();
        }
    }

    /** An object that speaks when it is collected. */
    private static final class Finalized {
        private final Lab lab;

        Finalized(Lab lab) {
            this.lab = lab;
        }

        @Override
        protected void finalize() {
            lab.say("here");
        }
    }

    @Attack(says = "Starts a thread.", target = "threads", by = Proof.THREAD)
    public static final class Start extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            new Thread(() -> lab.say("here")).start();
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Starts a thread of a class of its own.", target = "threads", by = Proof.THREAD)
    public static final class StartSubclass extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            new OwnThread(lab).start();
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Starts a timer.", target = "threads", by = Proof.THREAD)
    public static final class StartTimer extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Timer timer = new Timer(true);
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            lab.say("here");
                        }
                    },
                    0);
            lab.awaitWord();
            timer.cancel();
            return null;
        }
    }

    @Attack(says = "Starts an executor.", target = "threads", by = Proof.THREAD)
    public static final class StartExecutor extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var executor = Executors.newSingleThreadExecutor();
            executor.execute(() -> lab.say("here"));
            lab.awaitWord();
            executor.shutdown();
            return null;
        }
    }

    @Attack(says = "Makes a thread pool with its constructor.", target = "threads", by = Proof.THREAD)
    public static final class StartPool extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
            executor.execute(() -> lab.say("here"));
            lab.awaitWord();
            executor.shutdown();
            return null;
        }
    }

    @Attack(says = "Makes a fork-join pool.", target = "threads", by = Proof.THREAD)
    public static final class StartForkJoin extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            new ForkJoinPool(1).execute(() -> lab.say("here"));
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Runs code in the common pool.", target = "threads", by = Proof.THREAD)
    public static final class CommonPool extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            ForkJoinPool.commonPool().execute(() -> lab.say("here"));
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Forks a task into the common pool.", target = "threads", by = Proof.THREAD)
    public static final class Fork extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            ForkJoinTask.adapt(() -> lab.say("here")).fork();
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Forks a task of a class of its own.", target = "threads", by = Proof.THREAD)
    public static final class ForkOwnTask extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            new OwnTask(lab).fork();
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Runs code with CompletableFuture.runAsync.", target = "threads", by = Proof.THREAD)
    public static final class RunAsync extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            CompletableFuture.runAsync(() -> lab.say("here"));
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Runs code with thenAcceptAsync of a completed future.", target = "threads", by = Proof.THREAD)
    public static final class ThenAsync extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            CompletableFuture.completedFuture(1).thenAcceptAsync(lab::say);
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Runs code on the thread that ends futures after a time.", target = "threads", by = Proof.THREAD)
    public static final class OnTimeout extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            new CompletableFuture<Object>()
                    .completeOnTimeout("here", 200, TimeUnit.MILLISECONDS)
                    .thenAccept(lab::say);
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Runs code with a delayed executor.", target = "threads", by = Proof.THREAD)
    public static final class Delayed extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS).execute(() -> lab.say("here"));
            lab.awaitWord();
            return null;
        }
    }

    @Attack(
            says = "Runs code in the common pool by a parallel stream of a collection.",
            target = "threads",
            by = Proof.THREAD)
    public static final class ParallelCollection extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Collections.nCopies(200, lab).parallelStream().forEach(ThreadAttacks::sayAndWait);
            return null;
        }
    }

    @Attack(says = "Runs code in the common pool by making a stream parallel.", target = "threads", by = Proof.THREAD)
    public static final class ParallelStream extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            IntStream.range(0, 200).parallel().forEach(number -> sayAndWait(lab));
            return null;
        }
    }

    @Attack(
            says = "Runs code in the common pool by a stream that is made parallel at once.",
            target = "threads",
            by = Proof.THREAD)
    public static final class ParallelSpliterator extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            StreamSupport.stream(new java.util.ArrayList<>(Collections.nCopies(200, lab)).spliterator(), true)
                    .forEach(ThreadAttacks::sayAndWait);
            return null;
        }
    }

    @Attack(says = "Runs code in the common pool with Arrays.parallelSetAll.", target = "threads", by = Proof.THREAD)
    public static final class ParallelArray extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Arrays.parallelSetAll(new int[200], index -> {
                sayAndWait(lab);
                return index;
            });
            return null;
        }
    }

    @Attack(
            says = "Runs a comparator in the common pool with Arrays.parallelSort.",
            target = "threads",
            by = Proof.THREAD)
    public static final class ParallelSort extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Integer[] numbers = IntStream.range(0, 20_000).boxed().toArray(Integer[]::new);
            Arrays.parallelSort(numbers, (one, other) -> {
                if (one % 100 == 0) {
                    sayAndWait(lab);
                }
                return Integer.compare(other, one);
            });
            return null;
        }
    }

    @Attack(
            says = "Runs code in the common pool with ConcurrentHashMap.forEach.",
            target = "threads",
            by = Proof.THREAD)
    public static final class ParallelMap extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            map().forEach(1, (key, value) -> sayAndWait(lab));
            return null;
        }
    }

    @Attack(
            says = "Runs code in the common pool with ConcurrentHashMap.forEachEntry.",
            target = "threads",
            by = Proof.THREAD)
    public static final class ParallelMapEntries extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            map().forEachEntry(1, entry -> sayAndWait(lab));
            return null;
        }
    }

    @Attack(
            says = "Runs code in the common pool with ConcurrentHashMap.reduceValuesToLong.",
            target = "threads",
            by = Proof.THREAD)
    public static final class ParallelMapReduction extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return map().reduceValuesToLong(
                            1,
                            value -> {
                                sayAndWait(lab);
                                return value;
                            },
                            0,
                            Long::sum);
        }
    }

    @Attack(
            says = "Runs code in the common pool with ConcurrentHashMap.searchKeys.",
            target = "threads",
            by = Proof.THREAD)
    public static final class ParallelMapSearch extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return map().searchKeys(1, key -> {
                sayAndWait(lab);
                return null;
            });
        }
    }

    @Attack(
            says = "Runs code in the common pool with a task that forks from within.",
            target = "threads",
            by = Proof.THREAD)
    public static final class CompleterInvoke extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            ForkJoinTask.invokeAll(List.of(new OwnTask(lab), new OwnTask(lab), new OwnTask(lab), new OwnTask(lab)));
            return null;
        }
    }

    @Attack(says = "Runs code in the common pool with a publisher.", target = "threads", by = Proof.THREAD)
    public static final class Publisher extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>()) {
                publisher.consume(lab::say);
                publisher.submit("here");
                lab.awaitWord();
            }
            return null;
        }
    }

    @Attack(says = "Runs code on a cleaner's thread.", target = "threads", by = Proof.THREAD)
    public static final class OnCleaner extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Cleaner.create().register(new Object(), () -> lab.say("here"));
            collectUntilSaid(lab);
            return null;
        }
    }

    @Attack(says = "Runs code on the finalizer's thread.", target = "threads", by = Proof.THREAD)
    public static final class OnFinalizer extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            new Finalized(lab);
            collectUntilSaid(lab);
            return null;
        }
    }

    @Attack(says = "Runs code on the event thread of AWT.", target = "threads", by = Proof.THREAD)
    public static final class OnEventQueue extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            java.awt.EventQueue.invokeLater(() -> lab.say("here"));
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Runs code on a worker thread of Swing.", target = "threads", by = Proof.THREAD)
    public static final class SwingWorker extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            new javax.swing.SwingWorker<Object, Object>() {
                @Override
                protected Object doInBackground() {
                    lab.say("here");
                    return "done";
                }
            }.execute();
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Runs code by a timer of Swing.", target = "threads", by = Proof.THREAD)
    public static final class SwingTimer extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var timer = new javax.swing.Timer(1, event -> lab.say("here"));
            timer.start();
            lab.awaitWord();
            timer.stop();
            return null;
        }
    }

    @Attack(
            says = "Runs code by a timer of the management API.",
            target = "threads",
            with = "reflection",
            by = Proof.THREAD)
    public static final class ManagementTimer extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var timer = new javax.management.timer.Timer();
            timer.addNotificationListener((notification, handback) -> lab.say("here"), null, null);
            timer.addNotification("here", "here", null, new java.util.Date(System.currentTimeMillis() + 100));
            timer.start();
            lab.awaitWord();
            timer.stop();
            return null;
        }
    }

    @Attack(
            says = "Runs code on the thread that waits for programs.",
            target = "threads",
            with = "process-start",
            by = Proof.THREAD)
    public static final class WatchProcess extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            new ProcessBuilder("sleep", "1").start().onExit().thenAccept(ended -> lab.say("here"));
            lab.awaitWord();
            return null;
        }
    }

    @Attack(
            says = "Runs code on a thread of the HTTP client.",
            target = "threads",
            with = "network-access",
            by = Proof.THREAD)
    public static final class HttpCallback extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            java.net.http.HttpClient.newHttpClient()
                    .sendAsync(
                            java.net.http.HttpRequest.newBuilder(java.net.URI.create(lab.text("web")))
                                    .build(),
                            java.net.http.HttpResponse.BodyHandlers.ofString())
                    .thenAccept(answer -> lab.say("here"));
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Interrupts a thread of the host.", target = "threads", by = Proof.HOST)
    public static final class Interrupt extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Thread[] all = new Thread[1000];
            int count = Thread.enumerate(all);
            for (int i = 0; i < count; i++) {
                if (all[i].getName().startsWith("bystander")) {
                    all[i].interrupt();
                }
            }
            return null;
        }
    }

    @Attack(says = "Interrupts every thread of its group.", target = "threads", by = Proof.HOST)
    public static final class InterruptGroup extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Thread.currentThread().getThreadGroup().interrupt();
            return null;
        }
    }

    @Attack(says = "Stops a thread of the host.", target = "threads", by = Proof.HOST, closed = 20)
    public static final class Stop extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().startsWith("bystander")) {
                    thread.stop();
                }
            }
            return null;
        }
    }

    @Attack(says = "Reads what other threads do.", target = "threads", by = Proof.LEAK)
    public static final class ReadStacks extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Thread.getAllStackTraces().keySet().toString();
        }
    }

    @Attack(says = "Reads the names of other threads.", target = "threads", by = Proof.LEAK)
    public static final class ReadGroup extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Thread[] all = new Thread[1000];
            Thread.currentThread().getThreadGroup().enumerate(all);
            return Arrays.toString(all);
        }
    }

    @Attack(says = "Hears of the failures of every thread of the JVM.", target = "never", by = Proof.SETTING)
    public static final class HearFailures extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> lab.say(failure));
            return null;
        }
    }

    @Attack(says = "Occupies every thread of the common pool.", target = "threads", by = Proof.STARVED)
    public static final class StarveCommonPool extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            CountDownLatch never = new CountDownLatch(1);
            AtomicInteger waiting = new AtomicInteger();
            for (int i = 0; i < 500; i++) {
                ForkJoinPool.commonPool().execute(() -> {
                    waiting.incrementAndGet();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
            Lab.await(() -> waiting.get() >= ForkJoinPool.getCommonPoolParallelism());
            return null;
        }
    }

    @Attack(
            says = "Runs code in the common pool by a future that it takes for a stage.",
            target = "threads",
            by = Proof.THREAD)
    public static final class ThenAsyncByInterface extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            java.util.concurrent.CompletionStage<Integer> stage = CompletableFuture.completedFuture(1);
            stage.thenAcceptAsync(lab::say);
            lab.awaitWord();
            return null;
        }
    }

    @Attack(says = "Runs code on the thread that gives futures up after a time.", target = "threads", by = Proof.THREAD)
    public static final class OrTimeout extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            new CompletableFuture<Object>()
                    .orTimeout(200, TimeUnit.MILLISECONDS)
                    .whenComplete((value, failure) -> lab.say("here"));
            lab.awaitWord();
            return null;
        }
    }
}
