package io.dataprism.files.detect;

/**
 * How a CSV file is written.
 *
 * @param quote NUL for none
 * @param escape what stands before a quote inside quotes: the quote itself or a backslash
 * @param comment what begins a line that is no row; NUL for none
 * @param skip lines before the first row
 */
record Dialect(char delimiter, char quote, char escape, char comment, int skip) {

    boolean backslash() {
        return escape == '\\';
    }

    Dialect withoutQuotes() {
        return new Dialect(delimiter, (char) 0, (char) 0, comment, skip);
    }

    static String shown(char c) {
        return c == 0 ? "" : String.valueOf(c);
    }
}
