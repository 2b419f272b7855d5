package io.dataprism.kernel.audit;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** A process that writes changes, forever, and says the number of each that it was told to be on the disk. */
final class AuditProcess {
    static final String WRITTEN = "written ";
    static final String REFUSED = "refused";

    private AuditProcess() {}

    @SuppressWarnings("SystemOut") // how it tells the test what was acknowledged
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        AuditOptions options = AuditOptions.DEFAULT.withHeads(Path.of(arguments[1]), Duration.ofMillis(5));
        AuditLog log = AuditLog.open(folder, "one", options);
        for (int number = 1; number < 1_000_000; number++) {
            log.changed(Logs.change(number));
            log.denied(AuditEntry.denied(Logs.WEATHER, "call", "tables:" + number, "", ""));
            try {
                Logs.written(log);
            } catch (ExecutionException e) {
                System.out.println(REFUSED + " "
                        + new JsonObject().put("why", log.trouble().orElse("")));
                return;
            }
            System.out.println(WRITTEN + number);
        }
    }

    /** The command that runs it. */
    static List<String> command(Path folder, Path heads) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                AuditProcess.class.getName(),
                folder.toString(),
                heads.toString()));
    }

    static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
