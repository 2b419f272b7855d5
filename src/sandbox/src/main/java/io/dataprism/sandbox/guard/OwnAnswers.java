package io.dataprism.sandbox.guard;

import io.dataprism.sandbox.classfile.MemberReference;
import java.util.Map;

/**
 * Methods of the JDK that answer with what belongs to the whole program, and that libraries call only to look further: a plugin's classes call one of
 * {@link io.dataprism.sandbox.site.CallSites} in their place, which answers with the plugin's part of it. For a plugin, the plugin is the program.
 */
public final class OwnAnswers {
    private static final Map<String, String> IN_PLACE = Map.of(
            "java/lang/System.getProperties()Ljava/util/Properties;",
            "properties",
            "java/lang/System.getenv()Ljava/util/Map;",
            "environment",
            "java/lang/ClassLoader.getSystemClassLoader()Ljava/lang/ClassLoader;",
            "programLoader");

    private OwnAnswers() {}

    /** Whether there is an answer of the plugin's own, which takes no permission. */
    public static boolean answer(MemberReference called) {
        return !inPlaceOf(called.owner(), called.name(), called.descriptor()).isEmpty();
    }

    /** The name of the method that is called in its place; empty of any other method. */
    static String inPlaceOf(String owner, String name, String descriptor) {
        return IN_PLACE.getOrDefault(owner + "." + name + descriptor, "");
    }
}
