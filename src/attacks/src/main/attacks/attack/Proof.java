package attack;

/** What shows from outside that an attack succeeded. What the attack says of itself counts for nothing. */
public enum Proof {
    /** It answered with a word that it can have only from where it may not look. */
    LEAK,
    /** A file was made, changed, moved or deleted in the folder of the scene. */
    FILE,
    /** A server of the host heard of it. */
    NETWORK,
    /** The host could connect to a port that the attack opened. */
    LISTEN,
    /** A program of the host that ran beside it was ended. */
    PROCESS,
    /** What the whole JVM shares is not what it was. */
    SETTING,
    /** Code of the attack ran on a thread that is not its own. */
    THREAD,
    /** A class ran that its jar does not hold. */
    CODE,
    /** A class of the host that it may not see was run, or changed. */
    HOST,
    /** The process holds a native library that the attack chose. */
    NATIVE,
    /** Code of the attack ran while objects were read from bytes. */
    READ_OBJECT,
    /** The host's own work did not get its turn. */
    STARVED,
    /** The JVM ended. */
    EXIT,
    /** It did something once the JVM ended. */
    AFTER_EXIT
}
