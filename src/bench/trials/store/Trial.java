import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What embedded stores do when they are killed, when the disk is full and when a byte turns. Each step is a JVM of its own.
 *
 * <pre>
 * Trial kill   CANDIDATE FOLDER TIMES     kill -9 in the middle of 200 acknowledged batches
 * Trial full   CANDIDATE FOLDER           write until the disk is full: FOLDER lies on a small file system
 * Trial flip   CANDIDATE FOLDER TIMES     turn one byte of what 200 batches left, anywhere in any file
 * Trial cost   CANDIDATE FOLDER           time, size, memory
 * </pre>
 */
final class Trial {
    private static final int BATCHES = 200;
    private static final int SIZE = 150;

    public static void main(String[] a) throws Exception {
        switch (a[0]) {
            case "kill" -> kill(a[1], Path.of(a[2]), Integer.parseInt(a[3]));
            case "full" -> full(a[1], Path.of(a[2]));
            case "flip" -> flip(a[1], Path.of(a[2]), Integer.parseInt(a[3]));
            case "cost" -> cost(a[1], Path.of(a[2]));
            case "write" -> write(a[1], Path.of(a[2]), Integer.parseInt(a[3]), Integer.parseInt(a[4]));
            case "check" -> System.out.println(check(a[1], Path.of(a[2]), Integer.parseInt(a[3])));
            case "turn" -> turn(a[1], Path.of(a[2]), Path.of(a[3]), Long.parseLong(a[4]), Integer.parseInt(a[5]), Integer.parseInt(a[6]));
            case "measure" -> measure(a[1], Path.of(a[2]));
            default -> throw new IllegalArgumentException(a[0]);
        }
    }

    static byte[] bytes(int seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static String key(String side, int n) {
        return String.format("%s%06d", side, n);
    }

    static Map<String, byte[]> batch(int n, int size) {
        return Map.of(key("left", n), bytes(n, size), key("right", n), bytes(-n, size), "last", key("", n).getBytes(StandardCharsets.UTF_8));
    }

    static void write(String name, Path folder, int most, int size) throws Exception {
        try (Candidate store = Candidate.of(name)) {
            store.open(folder);
            for (int n = 1; n <= most; n++) {
                try {
                    store.write(batch(n, size));
                } catch (Throwable refused) {
                    System.out.println("refused " + one(refused));
                    Runtime.getRuntime().halt(0);
                }
                System.out.println(n);
            }
        }
    }

    static String one(Throwable thrown) {
        return (thrown.getClass().getSimpleName() + " " + thrown.getMessage()).replace('\n', ' ');
    }

    /** The last batch where all up to it are there and whole; else what is wrong. */
    static String check(String name, Path folder, int size) {
        SortedMap<String, byte[]> all;
        try (Candidate store = Candidate.of(name)) {
            store.open(folder);
            all = store.readAll();
        } catch (Throwable told) {
            return "told " + one(told);
        }
        byte[] end = all.get("last");
        if (end == null) {
            return all.isEmpty() ? "0" : "wrong no last";
        }
        int last;
        try {
            last = Integer.parseInt(new String(end, StandardCharsets.UTF_8));
        } catch (NumberFormatException e) {
            return "wrong last";
        }
        for (int n = 1; n <= last; n++) {
            if (!Arrays.equals(bytes(n, size), all.get(key("left", n))) || !Arrays.equals(bytes(-n, size), all.get(key("right", n)))) {
                return "wrong batch " + n;
            }
        }
        return all.size() == 2 * last + 1 ? String.valueOf(last) : "wrong count";
    }

    static Process child(List<String> before, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx256m",
                "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), "Trial"));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static String last(Process process) throws Exception {
        String last = "nothing";
        try (BufferedReader output = output(process)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                last = line;
            }
        }
        process.waitFor();
        return last;
    }

    static void kill(String name, Path folder, int times) throws Exception {
        Random random = new Random(1);
        int kept = 0;
        for (int i = 0; i < times; i++) {
            Path data = Files.createDirectories(folder.resolve(name + "-kill-" + i));
            int after = 1 + random.nextInt(BATCHES - 20);
            Process writer = child(List.of(), "write", name, data, BATCHES, SIZE);
            int acknowledged = 0;
            try (BufferedReader output = output(writer)) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    acknowledged = line.startsWith("refused") ? acknowledged : Integer.parseInt(line);
                    if (acknowledged == after) {
                        writer.waitFor(random.nextInt(3_000), TimeUnit.MICROSECONDS);
                        writer.toHandle().destroyForcibly();
                    }
                }
            }
            writer.waitFor();
            String found = last(child(List.of(), "check", name, data, SIZE));
            boolean good = found.equals(String.valueOf(acknowledged)) || found.equals(String.valueOf(acknowledged + 1));
            kept += good ? 1 : 0;
            if (!good) {
                System.out.println(name + ": acknowledged " + acknowledged + ", found " + found);
            }
        }
        System.out.println(name + ": kept in " + kept + " of " + times + " kills");
    }

    static void full(String name, Path folder) throws Exception {
        Path data = Files.createDirectories(folder.resolve(name + "-full"));
        Process writer = child(List.of(), "write", name, data, 100_000, 2_000);
        int acknowledged = 0;
        String end = "died";
        try (BufferedReader output = output(writer)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("refused")) {
                    end = line;
                } else {
                    acknowledged = Integer.parseInt(line);
                }
            }
        }
        writer.waitFor();
        String full = last(child(List.of(), "check", name, data, 2_000));
        Path room = folder.resolve("filler");
        Files.deleteIfExists(room);
        String after = last(child(List.of(), "check", name, data, 2_000));
        System.out.println(name + ": acknowledged " + acknowledged + "; " + end + "; opened while full: " + full + "; with room again: " + after);
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).filter(file -> !file.getFileName().toString().matches("LOCK|LOG.*|xd.lck")).sorted().toList();
        }
    }

    static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> walk = Files.walk(to)) {
                for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path each : walk.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    static void flip(String name, Path folder, int times) throws Exception {
        Path data = Files.createDirectories(folder.resolve(name + "-flip"));
        // Ended by halt, so that what lies in logs lies there still.
        Process writer = child(List.of(), "write", name, data, BATCHES + 1, SIZE);
        try (BufferedReader output = output(writer)) {
            for (String line = output.readLine(); line != null && !line.equals(String.valueOf(BATCHES)); line = output.readLine()) {}
            writer.toHandle().destroyForcibly();
        }
        writer.waitFor();
        Path copied = folder.resolve(name + "-base");
        copy(data, copied);
        String base = last(child(List.of(), "check", name, copied, SIZE));
        Map<String, Integer> counts = new TreeMap<>();
        int next = 0;
        while (next < times) {
            Process turner = child(List.of(), "turn", name, data, folder.resolve(name + "-turned"), 7, next, times);
            boolean[] hung = {false};
            long[] seen = {System.nanoTime()};
            Thread watch = new Thread(() -> {
                while (turner.isAlive()) {
                    if (System.nanoTime() - seen[0] > 20_000_000_000L) {
                        hung[0] = true;
                        turner.destroyForcibly();
                    }
                    try {
                        Thread.sleep(200);
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            });
            watch.start();
            try (BufferedReader output = output(turner)) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    seen[0] = System.nanoTime();
                    String outcome = line.equals(base) ? "right" : line.startsWith("told") ? "told" : line.startsWith("wrong") ? "WRONG" : "OLDER";
                    counts.merge(outcome, 1, Integer::sum);
                    next++;
                }
            }
            turner.waitFor();
            if (next < times) {
                counts.merge(hung[0] ? "HUNG" : "DIED", 1, Integer::sum);
                next++;
            }
        }
        System.out.println(name + ": base " + base + ", of " + times + " turned bytes: " + counts);
    }

    static void turn(String name, Path base, Path to, long seed, int from, int times) throws Exception {
        PrintStream out = System.out;
        for (int i = from; i < times; i++) {
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + i);
            copy(base, to);
            List<Path> files = files(to);
            long all = 0;
            for (Path file : files) {
                all += Files.size(file);
            }
            long at = (long) (random.nextDouble() * all);
            for (Path file : files) {
                long size = Files.size(file);
                if (at < size) {
                    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                        bytes.seek(at);
                        int before = bytes.read();
                        bytes.seek(at);
                        bytes.write(before ^ (1 + random.nextInt(255)));
                    }
                    break;
                }
                at -= size;
            }
            out.println(check(name, to, SIZE));
        }
    }

    static void cost(String name, Path folder) throws Exception {
        Path data = Files.createDirectories(folder.resolve(name + "-cost"));
        last(child(List.of(), "write", name, data, BATCHES, SIZE));
        long size = 0;
        for (Path file : files(data)) {
            size += Files.size(file);
        }
        System.out.println(name + ": " + size / 1024 + " KB after " + BATCHES + " batches; " + last(child(List.of(), "measure", name, data)));
    }

    static void measure(String name, Path folder) throws Exception {
        long start = System.nanoTime();
        try (Candidate store = Candidate.of(name)) {
            store.open(folder);
            store.readAll();
            long opened = System.nanoTime();
            for (int n = 0; n < 300; n++) {
                store.write(Map.of("again" + n % 20, bytes(n, SIZE)));
            }
            long warm = System.nanoTime();
            for (int n = 0; n < 500; n++) {
                store.write(Map.of("again" + n % 20, bytes(n, SIZE)));
            }
            long written = System.nanoTime();
            System.gc();
            long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            String resident = "?";
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                resident = line.startsWith("VmRSS") ? line.replaceAll("\\D", "") : resident;
            }
            System.out.printf("first open and read %d ms, a batch %d us, heap %d KB, resident %s KB%n",
                    (opened - start) / 1_000_000, (written - warm) / 500_000, heap / 1024, resident);
        }
    }
}
