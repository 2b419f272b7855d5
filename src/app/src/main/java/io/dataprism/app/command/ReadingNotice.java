package io.dataprism.app.command;

import io.dataprism.app.Screen;
import io.dataprism.app.Screen.Style;
import io.dataprism.app.data.FileReading;
import java.nio.file.Path;

/** Tells on standard error how a file was read: a line, and one more for each thing that deserves a second look. */
final class ReadingNotice {
    private ReadingNotice() {}

    static void print(Screen screen, Path file, FileReading reading) {
        String line = file.getFileName() + " read as " + reading.summary() + "; --option NAME=VALUE overrides";
        screen.err().println(screen.noticed(Style.FAINT, shown(line)));
        reading.notes().forEach(note -> screen.err().println(screen.noticed(Style.YELLOW, "  " + shown(note))));
    }

    /** A file's content says nothing to the terminal. */
    private static String shown(String text) {
        return text.replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
