package io.dataprism.charts.auto;

import java.util.stream.Stream;

/** A kind of chart, and the tables that it suits. */
interface ChartIdea {

    Stream<Suggestion> suggest(TableProfile table);
}
