package io.dataprism.charts.svg;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** What something is painted with. */
sealed interface Ink {

    /** One colour. */
    record Flat(Color color) implements Ink {}

    /**
     * A gradient between two circles, or between two points. A radial one stays round and covers the whole shape.
     *
     * @param from its start, in units of the painted shape's bounds
     * @param to its end
     */
    record Gradient(Circle from, Circle to, List<Stop> stops, boolean radial) implements Ink {
        public Gradient {
            stops = List.copyOf(stops);
        }

        /** The box that its units refer to. */
        Rectangle2D box(Rectangle2D bounds) {
            if (!radial) {
                return bounds;
            }
            double side = Math.max(bounds.getWidth(), bounds.getHeight());
            return new Rectangle2D.Double(bounds.getCenterX() - side / 2, bounds.getCenterY() - side / 2, side, side);
        }
    }

    /** A circle; a point where the radius does not matter. */
    record Circle(double x, double y, double radius) {}

    /** A colour of a gradient, and where it stands, from 0 to 1. */
    record Stop(double offset, Color color) {}
}
