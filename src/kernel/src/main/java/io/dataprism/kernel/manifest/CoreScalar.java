package io.dataprism.kernel.manifest;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/**
 * What a plain scalar is by the core rules of YAML 1.2: {@code on} and {@code yes} are text, {@code 0123} is 123, {@code 0o17} is
 * 15, {@code 1.10} is a number and not a version.
 */
final class CoreScalar {
    private static final CoreScalarResolver RULES = new CoreScalarResolver(false);
    private static final int LONGEST_NUMBER = 100;

    private CoreScalar() {}

    /** A string, a {@code Boolean}, a {@code Double}, null, or the smallest of {@code Integer}, {@code Long}, {@code BigInteger} that holds it, as JSON is read. */
    static @Nullable Object value(YamlNode.Scalar scalar) {
        String text = scalar.text();
        if (!scalar.plain()) {
            return text;
        }
        Tag tag = RULES.resolve(text, true);
        if (tag.equals(Tag.NULL)) {
            return null;
        }
        if (tag.equals(Tag.BOOL)) {
            return Boolean.valueOf(text);
        }
        if (text.length() > LONGEST_NUMBER) {
            return text;
        }
        if (tag.equals(Tag.INT)) {
            return integer(text);
        }
        return tag.equals(Tag.FLOAT) ? real(text) : text;
    }

    private static Number integer(String text) {
        BigInteger number = text.startsWith("0x")
                ? new BigInteger(text.substring(2), 16)
                : text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
        if (number.bitLength() < Integer.SIZE) {
            return number.intValue();
        }
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }

    /** JSON knows no infinity and no NaN: these, and what overflows, stay text. */
    private static Object real(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith("inf") || lower.endsWith("nan")) {
            return text;
        }
        double number = Double.parseDouble(text);
        return Double.isInfinite(number) ? text : (Object) number;
    }
}
