package io.dataprism.kernel.manifest;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * One thing that is wrong in a file.
 *
 * @param code stable, listed in the documentation
 * @param file as the user named it
 * @param line from 1; 0 where the problem has no place in the file
 * @param column from 1; 0 where the problem has no place in the file
 * @param message what was found, what was expected, what to do
 */
public record Problem(Severity severity, String code, String file, int line, int column, String message) {

    /** Whether it stands in the way; a note tells of what may well be meant. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE;

        /** As people and programs read it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Problem error(String code, String file, String message) {
        return new Problem(Severity.ERROR, code, file, 0, 0, message);
    }

    static Problem error(String code, String file, Place place, String message) {
        return new Problem(Severity.ERROR, code, file, place.line(), place.column(), message);
    }

    /** In the order of a file. */
    static int compare(Problem one, Problem other) {
        int lines = Integer.compare(one.line, other.line);
        return lines != 0 ? lines : Integer.compare(one.column, other.column);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    public JsonObject toJson() {
        return new JsonObject()
                .put("severity", severity.label())
                .put("code", code)
                .put("file", file)
                .put("line", line)
                .put("column", column)
                .put("message", message);
    }

    /** {@code <file>:<line>:<column>: <code> <message>}, which editors and terminals turn into a link. */
    @Override
    public String toString() {
        String place = line > 0 ? file + ":" + line + ":" + column : file;
        return place + ": " + (isError() ? "" : severity.label() + ": ") + code + " " + message;
    }
}
