package io.dataprism.charts;

import io.dataprism.charts.auto.Suggestion;
import io.dataprism.charts.engine.ChartRequest;
import java.util.List;
import java.util.Optional;

/**
 * A chart that is about to be drawn.
 *
 * @param suggestion the chart that was picked; empty where the caller gave a specification
 * @param notes what its reader should know beside what the drawing tells
 */
record Plan(ChartRequest request, Optional<Suggestion> suggestion, List<String> notes) {}
