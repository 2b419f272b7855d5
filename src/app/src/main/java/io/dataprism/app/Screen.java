package io.dataprism.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
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
    private final boolean inIsTerminal;
    private final boolean color;
    private final int width;

    private Screen(PrintWriter out, PrintWriter err, Set<String> terminals, boolean color, int width) {
        this.out = out;
        this.err = err;
        this.outIsTerminal = terminals.contains("out");
        this.errIsTerminal = terminals.contains("err");
        this.inIsTerminal = terminals.contains("in");
        this.color = color;
        this.width = width;
    }

    /** A screen for these writers. The launcher says which of them are terminals, in {@code dataprism.terminal}. */
    static Screen of(PrintWriter out, PrintWriter err) {
        Set<String> terminals =
                Set.of(System.getProperty("dataprism.terminal", "none").split(","));
        boolean color = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
        return new Screen(out, err, terminals, color, Integer.getInteger("dataprism.columns", USUAL_WIDTH));
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

    /** Whether somebody can be asked: both the questions and the answers are a terminal's. */
    public boolean canAsk() {
        return errIsTerminal && inIsTerminal;
    }

    /** Ask, and wait for the answer; anything but a yes is a no. */
    public boolean ask(String question) {
        err.print(question + " [y/N] ");
        err.flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
            return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            err.println("No answer can be read: " + e.getMessage());
            return false;
        }
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
