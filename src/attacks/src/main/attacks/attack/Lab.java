package attack;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What an attack is given: where the host's canaries are, and somebody of the host to speak to. */
public final class Lab {
    private static final long LONGEST = 3_000_000_000L;

    private final Map<String, Object> scene;
    private final AtomicBoolean said = new AtomicBoolean();

    Lab(Map<String, Object> scene) {
        this.scene = scene;
    }

    /** A text of the scene, such as {@code secret}, the path of a file with a word in it. */
    public String text(String name) {
        return String.valueOf(scene.get(name));
    }

    public File file(String name) {
        return new File(text(name));
    }

    public Path path(String name) {
        return Path.of(text(name));
    }

    /** A path in the scene's folder, of a file that is not there. */
    public String fresh(String name) {
        return text("folder") + "/" + name;
    }

    public int number(String name) {
        return (Integer) scene.get(name);
    }

    public byte[] bytes(String name) {
        return ((byte[]) scene.get(name)).clone();
    }

    /** An object of the host, of a class that no plugin sees. */
    @SuppressWarnings("unchecked")
    public Consumer<Object> witness() {
        return (Consumer<Object>) scene.get("witness");
    }

    /** An object of another plugin. */
    public Object neighbour() {
        return scene.get("neighbour");
    }

    /** Speak to the witness, who sees on which thread and out of which code. */
    public void say(Object word) {
        witness().accept(word);
        said.set(true);
    }

    /** Whether somebody spoke to the witness. */
    public boolean wasHeard() {
        return said.get();
    }

    /** Wait until somebody spoke to the witness, three seconds at most. */
    public void awaitWord() {
        await(said::get);
    }

    /** Wait for a condition, three seconds at most. */
    public static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            pause();
        }
    }

    /** Let others have a turn. */
    public static void pause() {
        LockSupport.parkNanos(1_000_000);
    }
}
