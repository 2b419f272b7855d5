package io.dataprism.bench.program;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a JVM keeps what it worked out about an application's classes from one start to the next. */
enum Archive {
    NONE("plain", "nothing prepared", "", ""),
    APP_CDS("appcds", "AppCDS", "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile="),
    AOT_CACHE("aot", "AOT cache", "-XX:AOTCacheOutput=", "-XX:AOTCache=");

    private static final int FIRST_WITH_AOT = 25;

    private final String label;
    private final String title;
    private final String writing;
    private final String reading;

    Archive(String label, String title, String writing, String reading) {
        this.label = label;
        this.title = title;
        this.writing = writing;
        this.reading = reading;
    }

    /** Those that this JVM has. */
    static List<Archive> offered() {
        List<Archive> offered = new ArrayList<>(List.of(NONE, APP_CDS));
        if (Runtime.version().feature() >= FIRST_WITH_AOT) {
            offered.add(AOT_CACHE);
        }
        return offered;
    }

    String label() {
        return label;
    }

    String title() {
        return title;
    }

    /** JVM options of the run that writes {@code file}. */
    List<String> writing(Path file) {
        return this == NONE ? List.of() : List.of(writing + file, "-Xlog:disable", "-Xlog:all=error:stderr");
    }

    /** JVM options of the runs that read it. */
    List<String> reading(Path file) {
        return this == NONE ? List.of() : List.of(reading + file);
    }
}
