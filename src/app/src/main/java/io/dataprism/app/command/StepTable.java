package io.dataprism.app.command;

import io.dataprism.app.Screen;
import io.dataprism.app.pipeline.StepResult;
import java.nio.file.Path;
import java.util.List;

/** The steps of a run, each with plugin, time, rows and file, and what all took. */
final class StepTable {
    private StepTable() {}

    static void print(Screen screen, List<StepResult> results) {
        TextTable table = new TextTable("STEP", "PLUGIN", "CALL", "TIME", "ROWS", "FILE");
        results.forEach(result -> table.add(row(result)));
        table.print(screen);
        screen.out()
                .println("All together took " + StepResult.span(results).toMillis()
                        + " ms: steps that do not need each other run side by side.");
    }

    private static List<String> row(StepResult result) {
        return List.of(
                result.step().name(),
                result.step().plugin(),
                result.step().call(),
                result.took().toMillis() + " ms",
                result.rows().isPresent() ? String.valueOf(result.rows().getAsLong()) : "",
                result.saved().map(StepTable::shown).orElse(""));
    }

    private static String shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file).toString() : file.toString();
    }
}
