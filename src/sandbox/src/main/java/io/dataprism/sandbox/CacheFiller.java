package io.dataprism.sandbox;

/**
 * Fills what {@link JvmCaches} says. It is loaded anew each time by a class loader of no further use, so that what the JVM keeps of it holds
 * nothing else.
 */
final class CacheFiller implements Runnable {

    private record Filler(CacheFiller value) {}

    @Override
    public void run() {
        Filler one = new Filler(this);
        if (!one.equals(new Filler(this))
                || one.hashCode() != new Filler(this).hashCode()
                || one.toString().isEmpty()) {
            throw new IllegalStateException("A record is not equal to its like.");
        }
    }
}
