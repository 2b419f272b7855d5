package io.dataprism.files.detect;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The ways in which dates and times are written. */
final class DateForms {
    private static final Pattern DIGIT = Pattern.compile(".*\\d.*", Pattern.DOTALL);
    private static final List<Form> ALL = all();

    private DateForms() {}

    /**
     * A way to write a date or time.
     *
     * @param type {@code date}, {@code timestamp} or {@code time}
     * @param strptime in DuckDB's letters; empty where DuckDB reads it by itself
     * @param dayFirst whether it is one of a pair that differ in the order of day and month, and in this the day comes first
     * @param monthFirst the other of the pair
     */
    record Form(String type, String strptime, DateTimeFormatter java, boolean dayFirst, boolean monthFirst) {
        boolean fits(String value) {
            try {
                java.parse(value);
                return true;
            } catch (DateTimeException e) {
                return false;
            }
        }
    }

    /** Those that fit all of {@code values}, in the order in which they are to be taken. */
    static List<Form> fitting(List<String> values) {
        List<Form> forms = new ArrayList<>(ALL);
        for (String value : values) {
            if (value.length() < 4
                    || value.length() > 40
                    || !DIGIT.matcher(value).matches()) {
                return List.of();
            }
            forms.removeIf(form -> !form.fits(value));
            if (forms.isEmpty()) {
                return forms;
            }
        }
        return forms;
    }

    private static List<Form> all() {
        List<Form> forms = new ArrayList<>();
        dates(forms, "uuuu-MM-dd", "", false, false);
        dates(forms, "uuuu/MM/dd", "%Y/%m/%d", false, false);
        dates(forms, "uuuu.MM.dd", "%Y.%m.%d", false, false);
        for (String sign : List.of("/", ".", "-")) {
            String javaDay = sign.equals(".") ? "d.M.uuuu" : "d" + sign + "M" + sign + "uuuu";
            dates(forms, "M" + sign + "d" + sign + "uuuu", "%m" + sign + "%d" + sign + "%Y", false, true);
            dates(forms, javaDay, "%d" + sign + "%m" + sign + "%Y", true, false);
            dates(forms, "M" + sign + "d" + sign + "uu", "%m" + sign + "%d" + sign + "%y", false, true);
            dates(forms, "d" + sign + "M" + sign + "uu", "%d" + sign + "%m" + sign + "%y", true, false);
        }
        for (String month : List.of("MMM", "MMMM")) {
            String letter = month.length() == 3 ? "%b" : "%B";
            dates(forms, "d " + month + " uuuu", "%d " + letter + " %Y", false, false);
            dates(forms, month + " d, uuuu", letter + " %d, %Y", false, false);
            dates(forms, "d-" + month + "-uuuu", "%d-" + letter + "-%Y", false, false);
            dates(forms, "d-" + month + "-uu", "%d-" + letter + "-%y", false, false);
        }
        forms.add(new Form("timestamp", "", isoTimestamp(), false, false));
        forms.add(new Form("time", "", formatter("H:mm[:ss[.SSSSSS][.SSS]]"), false, false));
        return List.copyOf(forms);
    }

    private static void dates(List<Form> forms, String java, String strptime, boolean dayFirst, boolean monthFirst) {
        forms.add(new Form("date", strptime, formatter(java), dayFirst, monthFirst));
        if (!strptime.isEmpty()) {
            forms.add(new Form("timestamp", strptime + " %H:%M", formatter(java + " H:mm"), dayFirst, monthFirst));
            forms.add(
                    new Form("timestamp", strptime + " %H:%M:%S", formatter(java + " H:mm:ss"), dayFirst, monthFirst));
            forms.add(new Form("timestamp", strptime + " %I:%M %p", formatter(java + " h:mm a"), dayFirst, monthFirst));
            forms.add(new Form(
                    "timestamp", strptime + " %I:%M:%S %p", formatter(java + " h:mm:ss a"), dayFirst, monthFirst));
        }
    }

    private static DateTimeFormatter formatter(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** A date, a blank or T, hours and minutes, the rest as far as it is there, a zone or none. */
    private static DateTimeFormatter isoTimestamp() {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern("uuuu-MM-dd['T'][' ']HH:mm[:ss]")
                .optionalStart()
                .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                .optionalEnd()
                .appendPattern("[XXX][XX][X]")
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }
}
