package io.dataprism.charts.svg;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/** Reads the {@code d} of a path. */
final class PathData {
    private final String text;
    private final Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
    private int at;
    private double x;
    private double y;
    private double startX;
    private double startY;
    /** The last control point, for the smooth curves; the current point where there was none. */
    private double controlX;

    private double controlY;

    private PathData(String text) {
        this.text = text;
    }

    static Path2D parse(String text) throws SvgException {
        return new PathData(text).parse();
    }

    private Path2D parse() throws SvgException {
        char command = 'M';
        while (more()) {
            if (Character.isLetter(text.charAt(at))) {
                command = text.charAt(at++);
            } else if (command == 'M' || command == 'm') {
                command = command == 'M' ? 'L' : 'l';
            }
            step(command);
        }
        return path;
    }

    private void step(char command) throws SvgException {
        boolean relative = Character.isLowerCase(command);
        double baseX = relative ? x : 0;
        double baseY = relative ? y : 0;
        switch (Character.toUpperCase(command)) {
            case 'M' -> move(baseX + number(), baseY + number());
            case 'L' -> line(baseX + number(), baseY + number());
            case 'H' -> line(baseX + number(), y);
            case 'V' -> line(x, baseY + number());
            case 'C' ->
                curve(
                        baseX + number(),
                        baseY + number(),
                        baseX + number(),
                        baseY + number(),
                        baseX + number(),
                        baseY + number());
            case 'S' ->
                curve(
                        2 * x - controlX,
                        2 * y - controlY,
                        baseX + number(),
                        baseY + number(),
                        baseX + number(),
                        baseY + number());
            case 'Q' -> quad(baseX + number(), baseY + number(), baseX + number(), baseY + number());
            case 'T' -> quad(2 * x - controlX, 2 * y - controlY, baseX + number(), baseY + number());
            case 'A' -> arc(number(), number(), number(), flag(), flag(), baseX + number(), baseY + number());
            case 'Z' -> close();
            default -> throw new SvgException("the path has an unknown command '" + command + "'");
        }
    }

    private void move(double toX, double toY) {
        path.moveTo(toX, toY);
        startX = toX;
        startY = toY;
        now(toX, toY);
    }

    private void line(double toX, double toY) {
        path.lineTo(toX, toY);
        now(toX, toY);
    }

    private void curve(double x1, double y1, double x2, double y2, double toX, double toY) {
        path.curveTo(x1, y1, x2, y2, toX, toY);
        now(toX, toY);
        controlX = x2;
        controlY = y2;
    }

    private void quad(double x1, double y1, double toX, double toY) {
        path.quadTo(x1, y1, toX, toY);
        now(toX, toY);
        controlX = x1;
        controlY = y1;
    }

    private void close() {
        if (path.getCurrentPoint() != null) {
            path.closePath();
        }
        now(startX, startY);
    }

    private void now(double toX, double toY) {
        x = toX;
        y = toY;
        controlX = toX;
        controlY = toY;
    }

    /** From the arc's end points to its centre, as appendix B.2.4 of SVG 2 has it. */
    private void arc(double rx, double ry, double rotation, boolean large, boolean sweep, double toX, double toY) {
        if (rx == 0 || ry == 0 || (x == toX && y == toY)) {
            line(toX, toY);
            return;
        }
        AffineTransform turn = AffineTransform.getRotateInstance(Math.toRadians(-rotation));
        Point2D half = turn.transform(new Point2D.Double((x - toX) / 2, (y - toY) / 2), null);
        double lambda = square(half.getX() / rx) + square(half.getY() / ry);
        double grow = Math.max(1, Math.sqrt(lambda));
        double a = Math.abs(rx) * grow;
        double b = Math.abs(ry) * grow;
        double below = square(a * half.getY()) + square(b * half.getX());
        double factor = Math.sqrt(Math.max(0, square(a * b) / below - 1)) * (large == sweep ? -1 : 1);
        double cx = factor * a * half.getY() / b;
        double cy = -factor * b * half.getX() / a;
        double from = Math.toDegrees(Math.atan2((half.getY() - cy) / b, (half.getX() - cx) / a));
        double to = Math.toDegrees(Math.atan2((-half.getY() - cy) / b, (-half.getX() - cx) / a));
        double extent = (to - from) % 360;
        if (sweep && extent < 0) {
            extent += 360;
        } else if (!sweep && extent > 0) {
            extent -= 360;
        }
        AffineTransform place = AffineTransform.getTranslateInstance((x + toX) / 2, (y + toY) / 2);
        place.rotate(Math.toRadians(rotation));
        // Arc2D counts angles against the clock, SVG with it
        Shape arc = new Arc2D.Double(cx - a, cy - b, 2 * a, 2 * b, -from, -extent, Arc2D.OPEN);
        path.append(arc.getPathIterator(place), true);
        now(toX, toY);
    }

    private static double square(double value) {
        return value * value;
    }

    private boolean more() {
        while (at < text.length() && isSeparator(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == ',' || c == '\n' || c == '\t' || c == '\r';
    }

    /** A flag is one digit and need not be set off from what follows. */
    private boolean flag() throws SvgException {
        if (!more()) {
            throw new SvgException("the path ends within an arc");
        }
        return text.charAt(at++) == '1';
    }

    private double number() throws SvgException {
        more();
        int start = at;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        boolean point = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == 'e' || c == 'E') {
                at++;
                if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                    at++;
                }
                continue;
            }
            if (!(c >= '0' && c <= '9') && (c != '.' || point)) {
                break;
            }
            point |= c == '.';
            at++;
        }
        try {
            return Double.parseDouble(text.substring(start, at));
        } catch (NumberFormatException e) {
            throw new SvgException("the path has no number at position " + start, e);
        }
    }
}
