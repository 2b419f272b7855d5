package io.dataprism.sandbox.scan;

import io.dataprism.sandbox.kept.KeptKey;

/** What a scan's report rests on besides the artifact. */
public final class ScannedBy {
    private ScannedBy() {}

    /**
     * A text that is another one where another JDK, another rule table or another build of the scan reports. Where what the scan's own code is can't be told, it
     * is this JVM's alone. Blocks.
     */
    public static String fingerprint() {
        return Known.TEXT;
    }

    /** Found out when it is first needed. */
    private static final class Known {
        static final String TEXT = KeptKey.here().orElseGet(Known::ofThisJvm);

        private static String ofThisJvm() {
            return "process " + ProcessHandle.current().pid() + " "
                    + ProcessHandle.current()
                            .info()
                            .startInstant()
                            .map(Object::toString)
                            .orElse("");
        }
    }
}
