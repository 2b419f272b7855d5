package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.dataprism.app.Screen.Style;
import io.dataprism.app.input.Problems;
import io.dataprism.kernel.manifest.Problem;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/** What a {@code check} command found. */
final class Verdict {
    private Verdict() {}

    /**
     * Show it.
     *
     * @param good what is told where nothing stands in the way
     * @return the exit code
     */
    static int show(Screen screen, JsonOption json, List<Problem> problems, Supplier<String> good) {
        boolean ok = problems.stream().noneMatch(Problem::isError);
        if (json.wanted()) {
            screen.out()
                    .println(new JsonObject()
                            .put("ok", ok)
                            .put("problems", Problems.toJson(problems))
                            .encodePrettily());
            return code(ok);
        }
        Problems.show(screen, problems);
        if (ok) {
            screen.out().println(screen.styled(Style.GREEN, "ok") + "  " + good.get());
        }
        return code(ok);
    }

    private static int code(boolean ok) {
        return ok ? ExitCode.OK : ExitCode.BAD_INPUT;
    }
}
