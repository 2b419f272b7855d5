package io.dataprism.charts.large;

import java.util.List;

/** A way to go from a file to charts. */
interface Way extends AutoCloseable {
    /** Load the file; says how many rows it has. */
    long fetch() throws Exception;

    void profile() throws Exception;

    /** The mean delay of each airport; says how many there are. */
    int group() throws Exception;

    /** Each chart as SVG, after its PNG was painted as well. */
    List<String> chart() throws Exception;

    /** Let go of the table. */
    void release() throws Exception;

    @Override
    void close() throws Exception;
}
