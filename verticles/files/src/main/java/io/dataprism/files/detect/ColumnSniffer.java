package io.dataprism.files.detect;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Looks at the values of one column: which words stand for a missing one, and what type the others have. */
final class ColumnSniffer {
    /** Words for a missing value in a column that otherwise holds numbers, dates or truth values. */
    private static final Set<String> MISSING = Set.of(
            "na", "n/a", "#n/a", "null", "none", "nil", "-", "--", "?", ".", "nan", "missing", "unknown", "k.a.",
            "(null)", "\\n");
    /** Words that stand for a missing value among texts as well. */
    private static final Set<String> MISSING_TEXT = Set.of("null", "#n/a", "n/a", "(null)", "\\n");

    private final String name;
    private final List<String> values;

    ColumnSniffer(String name, List<String> values) {
        this.name = name;
        this.values = values;
    }

    String name() {
        return name;
    }

    /** The words of this column that stand for a missing value. */
    Set<String> missing(Numbers numbers) {
        Set<String> words = new LinkedHashSet<>();
        List<String> others = new ArrayList<>();
        for (String value : values) {
            if (MISSING.contains(value.toLowerCase(Locale.ROOT))) {
                words.add(value);
            } else if (!value.isEmpty()) {
                others.add(value);
            }
        }
        if (others.isEmpty() || type(others, numbers).equals("text")) {
            words.removeIf(word -> !MISSING_TEXT.contains(word.toLowerCase(Locale.ROOT)));
        }
        return words;
    }

    /**
     * The column as a load option.
     *
     * @param missing all words of the file that stand for a missing value
     * @param dayFirst what to take where day and month cannot be told apart
     * @param notes told to the user
     */
    JsonObject column(Set<String> missing, Numbers numbers, boolean dayFirst, List<String> notes) {
        List<String> present = values.stream()
                .filter(value -> !value.isEmpty() && !missing.contains(value))
                .toList();
        JsonObject column = new JsonObject().put("name", name);
        if (present.isEmpty()) {
            return column.put("type", "text");
        }
        String type = type(present, numbers);
        if (!isDate(type)) {
            return column.put("type", type);
        }
        List<DateForms.Form> forms = DateForms.fitting(present);
        DateForms.Form form = forms.get(0);
        boolean either = forms.stream().anyMatch(DateForms.Form::dayFirst)
                && forms.stream().anyMatch(DateForms.Form::monthFirst);
        if (either) {
            Predicate<DateForms.Form> wanted = dayFirst ? DateForms.Form::dayFirst : DateForms.Form::monthFirst;
            form = forms.stream().filter(wanted).findFirst().orElse(form);
            notes.add("Day and month cannot be told apart in '" + name + "' (for example " + present.get(0)
                    + "); it is read as " + form.strptime() + ".");
        }
        column.put("type", form.type());
        return form.strptime().isEmpty() ? column : column.put("format", form.strptime());
    }

    private static boolean isDate(String type) {
        return type.equals("date") || type.equals("timestamp") || type.equals("time");
    }

    private static String type(List<String> present, Numbers numbers) {
        if (present.stream().allMatch(ColumnSniffer::isBoolean)) {
            return "boolean";
        }
        if (present.stream().allMatch(numbers::isLong)) {
            return "long";
        }
        if (present.stream().allMatch(numbers::isDouble)) {
            return "double";
        }
        List<DateForms.Form> forms = DateForms.fitting(present);
        return forms.isEmpty() ? "text" : forms.get(0).type();
    }

    /** Whether the values below a header are of one kind that {@code first} is not. */
    boolean differsFrom(String first, Numbers numbers) {
        List<String> present = values.stream()
                .filter(value -> !value.isEmpty() && !MISSING.contains(value.toLowerCase(Locale.ROOT)))
                .toList();
        return !present.isEmpty()
                && !type(present, numbers).equals("text")
                && !type(present, numbers).equals(type(List.of(first), numbers));
    }

    private static boolean isBoolean(String value) {
        return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
    }
}
