package io.dataprism.app;

import java.io.PrintWriter;
import java.util.Set;

/**
 * What a command prints to. Results go to {@link #out}, everything else (progress, notices, problems) to {@link #err}, so that a
 * result can be piped.
 */
public final class Screen {
    private static final int USUAL_WIDTH = 100;

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean outIsTerminal;
    private final boolean errIsTerminal;
    private final boolean color;
    private final int width;

    private Screen(
            PrintWriter out, PrintWriter err, boolean outIsTerminal, boolean errIsTerminal, boolean color, int width) {
        this.out = out;
        this.err = err;
        this.outIsTerminal = outIsTerminal;
        this.errIsTerminal = errIsTerminal;
        this.color = color;
        this.width = width;
    }

    /** A screen for these writers. The launcher says which of them are terminals, in {@code dataprism.terminal}. */
    static Screen of(PrintWriter out, PrintWriter err) {
        Set<String> terminals =
                Set.of(System.getProperty("dataprism.terminal", "none").split(","));
        boolean color = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        return new Screen(
                out,
                err,
                terminals.contains("out"),
                terminals.contains("err"),
                color,
                Integer.getInteger("dataprism.columns", USUAL_WIDTH));
    }

    public PrintWriter out() {
        return out;
    }

    public PrintWriter err() {
        return err;
    }

    /** Whether progress may be drawn. */
    public boolean isInteractive() {
        return errIsTerminal;
    }

    /** Columns of the terminal; a usual number where there is none. */
    public int width() {
        return width;
    }

    /** Whether {@link #out} is a terminal, where long lines are better cut. */
    public boolean isTerminal() {
        return outIsTerminal;
    }

    /** {@code text} in a style on a terminal that has colours, as it is elsewhere. */
    public String styled(Style style, String text) {
        return color && outIsTerminal ? style.on(text) : text;
    }

    /** The same for what goes to {@link #err}. */
    public String noticed(Style style, String text) {
        return color && errIsTerminal ? style.on(text) : text;
    }

    void flush() {
        out.flush();
        err.flush();
    }

    /** The few styles that the command line uses. */
    public enum Style {
        BOLD(1),
        FAINT(2),
        RED(31),
        GREEN(32),
        YELLOW(33);

        private final int number;

        Style(int number) {
            this.number = number;
        }

        private String on(String text) {
            return "\u001b[" + number + "m" + text + "\u001b[0m";
        }
    }
}
