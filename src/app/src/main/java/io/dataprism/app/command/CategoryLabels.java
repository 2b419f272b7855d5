package io.dataprism.app.command;

import io.dataprism.api.Category;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Categories as a manifest writes them, in small letters; capitals are understood, too. */
final class CategoryLabels implements ITypeConverter<Category>, Iterable<String> {
    private static final List<String> LABELS =
            Arrays.stream(Category.values()).map(Category::label).toList();

    @Override
    public Category convert(String text) {
        return Arrays.stream(Category.values())
                .filter(category -> category.label().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "expected one of " + String.join(", ", LABELS) + ", but was '" + text + "'"));
    }

    @Override
    public Iterator<String> iterator() {
        return LABELS.iterator();
    }
}
