package io.dataprism.charts.svg;

import java.awt.geom.AffineTransform;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@code transform} attribute. */
final class Transforms {
    private static final Pattern STEP = Pattern.compile("(\\w+)\\s*\\(([^)]*)\\)");

    private Transforms() {}

    static AffineTransform parse(String text) throws SvgException {
        AffineTransform transform = new AffineTransform();
        Matcher matcher = STEP.matcher(text);
        while (matcher.find()) {
            try {
                apply(transform, matcher.group(1), numbers(matcher.group(2)));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new SvgException("the transform '" + matcher.group() + "' cannot be read", e);
            }
        }
        return transform;
    }

    private static double[] numbers(String text) {
        String[] parts = text.strip().split("[\\s,]+", -1);
        double[] numbers = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = Double.parseDouble(parts[i]);
        }
        return numbers;
    }

    private static void apply(AffineTransform transform, String name, double[] n) throws SvgException {
        switch (name) {
            case "translate" -> transform.translate(n[0], n.length > 1 ? n[1] : 0);
            case "scale" -> transform.scale(n[0], n.length > 1 ? n[1] : n[0]);
            case "rotate" -> {
                if (n.length > 2) {
                    transform.rotate(Math.toRadians(n[0]), n[1], n[2]);
                } else {
                    transform.rotate(Math.toRadians(n[0]));
                }
            }
            case "matrix" -> transform.concatenate(new AffineTransform(n));
            default -> throw new SvgException("the transform '" + name + "' is not known");
        }
    }
}
