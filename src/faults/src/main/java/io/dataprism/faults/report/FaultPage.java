package io.dataprism.faults.report;

import io.dataprism.faults.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** The table in the page about faults, one for each release of Java, between markers that stay. */
public final class FaultPage {
    private FaultPage() {}

    static String begin(int release) {
        return "<!-- faults on Java " + release + ": written by ./dataprism test --faults -->";
    }

    static String end(int release) {
        return "<!-- faults on Java " + release + ": end -->";
    }

    /** Put the table of this JVM's release in its place. */
    public static void write(Path page, Report report) throws IOException {
        int release = Runtime.version().feature();
        String before = Files.readString(page);
        int begin = before.indexOf(begin(release));
        int end = before.indexOf(end(release));
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no place for Java " + release + ": expected a line '" + begin(release)
                    + "' and one '" + end(release) + "'.");
        }
        Files.writeString(
                page,
                before.substring(0, begin + begin(release).length()) + "\n\n" + table(report) + "\n"
                        + before.substring(end));
    }

    static String table(Report report) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s On %s, Java %s, %d processors.%n%n",
                report.summary(),
                LocalDate.now(ZoneOffset.UTC),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors()));
        text.append("| fault | promise | seen | |\n|---|---|---|---|\n");
        for (Result result : report.results()) {
            text.append("| ")
                    .append(result.fault().fault())
                    .append("<br>`")
                    .append(result.fault().name())
                    .append("` | ")
                    .append(result.fault().promise())
                    .append(" | ");
            seen(result.findings(), text);
            text.append(" | ").append(result.verdict()).append(" |\n");
        }
        return text.toString();
    }

    private static void seen(Findings findings, StringBuilder text) {
        String between = "";
        for (String line : findings.weaker()) {
            text.append(between)
                    .append("*weaker promise tested: ")
                    .append(cell(line))
                    .append('*');
            between = "<br>";
        }
        for (String line : findings.seen()) {
            text.append(between).append(cell(line));
            between = "<br>";
        }
        for (String line : findings.broken()) {
            text.append(between).append("**broken:** ").append(cell(line));
            between = "<br>";
        }
    }

    private static String cell(String line) {
        return line.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
    }
}
