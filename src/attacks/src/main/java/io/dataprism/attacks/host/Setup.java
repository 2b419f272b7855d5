package io.dataprism.attacks.host;

import java.nio.file.Path;

/**
 * What the suite gives a JVM that is attacked.
 *
 * @param column under what attacks run
 * @param folder for scenes; new
 * @param jars the attacks, and what they smuggle
 * @param word the one that attacks are to find out
 * @param suitesWord one that only the suite's own JVM holds
 * @param suitesPid the process of that JVM
 */
public record Setup(Column column, Path folder, AttackJars jars, String word, String suitesWord, long suitesPid) {

    /** Where the native library lies that is on this JVM's library path. */
    Path libraries() {
        return folder.resolve("libraries");
    }

    /** A file's name that can only be found out by trying. */
    String guess() {
        return "guess-2";
    }
}
