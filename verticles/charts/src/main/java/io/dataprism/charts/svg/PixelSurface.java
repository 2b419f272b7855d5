package io.dataprism.charts.svg;

import io.dataprism.charts.font.Typeface;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.MultipleGradientPaint.ColorSpaceType;
import java.awt.MultipleGradientPaint.CycleMethod;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Paints pixels. Text is painted as outlines, so that no font of the machine takes part. */
final class PixelSurface implements Surface {
    private final Deque<Graphics2D> stack = new ArrayDeque<>();
    private Graphics2D graphics;

    PixelSurface(BufferedImage image, double scale) {
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.scale(scale, scale);
    }

    @Override
    public void save() {
        stack.push(graphics);
        graphics = (Graphics2D) graphics.create();
    }

    @Override
    public void restore() {
        graphics.dispose();
        graphics = stack.pop();
    }

    @Override
    public void transform(AffineTransform transform) {
        graphics.transform(transform);
    }

    @Override
    public void clip(Shape shape) {
        graphics.clip(shape);
    }

    @Override
    public void fill(Shape shape, Ink ink, double opacity) {
        prepare(shape, ink, opacity);
        graphics.fill(shape);
    }

    @Override
    public void stroke(Shape shape, BasicStroke pen, Ink ink, double opacity) {
        prepare(shape, ink, opacity);
        graphics.setStroke(pen);
        graphics.draw(shape);
    }

    @Override
    public void text(String text, Typeface typeface, double size, Ink ink, double opacity) {
        fill(typeface.outline(text, size), ink, opacity);
    }

    @Override
    public void image(BufferedImage image, double x, double y, double width, double height, double opacity) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.scale(width / image.getWidth(), height / image.getHeight());
        graphics.setComposite(AlphaComposite.SrcOver.derive((float) opacity));
        graphics.drawImage(image, place, null);
    }

    private void prepare(Shape shape, Ink ink, double opacity) {
        graphics.setComposite(AlphaComposite.SrcOver.derive((float) opacity));
        graphics.setPaint(paint(shape, ink));
    }

    private static Paint paint(Shape shape, Ink ink) {
        if (ink instanceof Ink.Flat flat) {
            return flat.color();
        }
        Ink.Gradient gradient = (Ink.Gradient) ink;
        Rectangle2D box = gradient.box(shape.getBounds2D());
        if (gradient.stops().size() < 2 || box.isEmpty()) {
            return gradient.stops().isEmpty()
                    ? new Color(0, true)
                    : gradient.stops().get(0).color();
        }
        AffineTransform place = new AffineTransform(box.getWidth(), 0, 0, box.getHeight(), box.getX(), box.getY());
        return gradient.radial() ? radial(gradient, place) : linear(gradient, place);
    }

    private static Paint linear(Ink.Gradient gradient, AffineTransform place) {
        Point2D from = point(gradient.from());
        Point2D to = point(gradient.to());
        List<Ink.Stop> stops = rising(gradient.stops());
        if (from.equals(to)) {
            return stops.get(stops.size() - 1).color();
        }
        return new LinearGradientPaint(
                from, to, offsets(stops), colors(stops), CycleMethod.NO_CYCLE, ColorSpaceType.SRGB, place);
    }

    private static Point2D point(Ink.Circle circle) {
        return new Point2D.Double(circle.x(), circle.y());
    }

    /** The start circle's radius, which Java's gradients lack, is made of the stops' offsets. */
    private static Paint radial(Ink.Gradient gradient, AffineTransform place) {
        double inner = gradient.from().radius();
        double outer = Math.max(gradient.to().radius(), inner + 1e-6);
        List<Ink.Stop> stops = new ArrayList<>();
        gradient.stops()
                .forEach(stop ->
                        stops.add(new Ink.Stop((inner + stop.offset() * (outer - inner)) / outer, stop.color())));
        List<Ink.Stop> rising = rising(stops);
        return new RadialGradientPaint(
                point(gradient.to()),
                (float) outer,
                point(gradient.from()),
                offsets(rising),
                colors(rising),
                CycleMethod.NO_CYCLE,
                ColorSpaceType.SRGB,
                place);
    }

    /** Java wants each offset to be greater than the one before. */
    private static List<Ink.Stop> rising(List<Ink.Stop> stops) {
        List<Ink.Stop> rising = new ArrayList<>();
        double last = -1;
        for (Ink.Stop stop : stops) {
            double offset = Math.max(stop.offset(), last < 0 ? 0 : last + 1e-6);
            if (offset <= 1) {
                rising.add(new Ink.Stop(offset, stop.color()));
                last = offset;
            }
        }
        while (rising.size() < 2) {
            rising.add(new Ink.Stop(1, stops.get(stops.size() - 1).color()));
        }
        return rising;
    }

    private static float[] offsets(List<Ink.Stop> stops) {
        float[] offsets = new float[stops.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = (float) stops.get(i).offset();
        }
        return offsets;
    }

    private static Color[] colors(List<Ink.Stop> stops) {
        return stops.stream().map(Ink.Stop::color).toArray(Color[]::new);
    }
}
