package io.dataprism.charts.auto;

import io.vertx.core.json.JsonObject;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Words for people, made of the names of columns. */
final class Wording {
    private static final Set<String> UNITS = Set.of(
            "mm", "cm", "m", "km", "mi", "ft", "g", "kg", "mg", "lb", "ms", "ml", "kwh", "hz", "usd", "eur", "gbp",
            "chf", "pct", "hpa", "kph", "mph", "kmh", "db");
    private static final Set<String> TOTALS = Set.of(
            "count",
            "total",
            "sum",
            "sales",
            "amount",
            "revenue",
            "quantity",
            "qty",
            "units",
            "orders",
            "visits",
            "cost",
            "profit",
            "passengers",
            "births",
            "deaths",
            "cases",
            "rain",
            "rainfall",
            "precipitation");

    private Wording() {}

    /** A column's name as a label: {@code bill_length_mm} becomes {@code Bill length (mm)}. */
    static String label(String name) {
        List<String> words = words(name);
        if (words.isEmpty()) {
            return name;
        }
        String last = words.get(words.size() - 1).toLowerCase(Locale.ROOT);
        String unit = "";
        if (words.size() > 1 && UNITS.contains(last)) {
            words.remove(words.size() - 1);
            unit = " ("
                    + (last.equals("pct")
                            ? "%"
                            : last.length() == 3 && isCurrency(last) ? last.toUpperCase(Locale.ROOT) : last)
                    + ")";
        }
        String text = String.join(" ", words);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + unit;
    }

    private static boolean isCurrency(String unit) {
        return Set.of("usd", "eur", "gbp", "chf").contains(unit);
    }

    private static List<String> words(String name) {
        String spaced = name.replaceAll("[_.-]+", " ").replaceAll("([a-z0-9])([A-Z])", "$1 $2");
        List<String> words = new ArrayList<>();
        for (String word : spaced.strip().split(" +", -1)) {
            boolean plain = word.matches("[A-Z][a-z]+") || (word.matches("[A-Z]+") && !isAcronym(word));
            words.add(plain ? word.toLowerCase(Locale.ROOT) : word);
        }
        return words;
    }

    private static boolean isAcronym(String word) {
        return word.length() > 1
                && word.length() < 5
                && word.equals(word.toUpperCase(Locale.ROOT))
                && word.matches("[A-Z]+");
    }

    /** The label within a sentence. A name that begins with a capital keeps it: who wrote it so, as for a German noun, had a reason. */
    static String inSentence(String name) {
        String label = label(name);
        boolean acronym = label.length() > 1 && Character.isUpperCase(label.charAt(1));
        boolean capital = !name.isEmpty() && Character.isUpperCase(name.charAt(0));
        return acronym || capital ? label : Character.toLowerCase(label.charAt(0)) + label.substring(1);
    }

    /** Whether values of a column of this name are added up rather than averaged. */
    static boolean isTotal(String name) {
        return Arrays.stream(label(name).toLowerCase(Locale.ROOT).split("[^a-z]+", -1))
                .anyMatch(TOTALS::contains);
    }

    /** An axis whose large numbers are short: 2M, 500k. */
    static JsonObject axis(double high) {
        return high >= 100_000 ? new JsonObject().put("format", "~s") : new JsonObject();
    }

    static String count(long count) {
        return NumberFormat.getIntegerInstance(Locale.ROOT).format(count);
    }
}
