package io.dataprism.agent;

/**
 * The classes whose methods are on the calling thread's stack, each as often as it is there. Much quicker than a walk that tells methods, and the only
 * thing that most calls take: where no plugin is among them there is nobody to ask. Frames of the JDK's plumbing of reflection and method handles may be
 * left out; those of plugins never are.
 */
@SuppressWarnings(
        "removal") // It is no security manager, and never becomes one: Java 17 tells the classes alone nowhere else.
final class ClassStack extends SecurityManager {
    Class<?>[] classes() {
        return getClassContext();
    }
}
