package io.dataprism.charts.svg;

import java.awt.Color;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBoolean;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.graphics.shading.PDShading;
import org.apache.pdfbox.pdmodel.graphics.shading.PDShadingType2;
import org.apache.pdfbox.pdmodel.graphics.shading.PDShadingType3;

/** Gradients as PDF has them: a function of colours between two points or circles. */
final class PdfShading {
    private PdfShading() {}

    static PDShading of(Ink.Gradient gradient) {
        PDShadingType2 shading =
                gradient.radial() ? new PDShadingType3(new COSDictionary()) : new PDShadingType2(new COSDictionary());
        shading.setShadingType(gradient.radial() ? PDShading.SHADING_TYPE3 : PDShading.SHADING_TYPE2);
        shading.setColorSpace(PDDeviceRGB.INSTANCE);
        shading.setCoords(coordinates(gradient));
        COSArray extend = new COSArray();
        extend.add(COSBoolean.TRUE);
        extend.add(COSBoolean.TRUE);
        shading.setExtend(extend);
        COSDictionary function = function(gradient.stops());
        shading.getCOSObject().setItem(COSName.FUNCTION, function);
        return shading;
    }

    private static COSArray coordinates(Ink.Gradient gradient) {
        Ink.Circle from = gradient.from();
        Ink.Circle to = gradient.to();
        return gradient.radial()
                ? floats(from.x(), from.y(), from.radius(), to.x(), to.y(), to.radius())
                : floats(from.x(), from.y(), to.x(), to.y());
    }

    private static COSDictionary function(List<Ink.Stop> stops) {
        if (stops.size() == 1) {
            return between(stops.get(0).color(), stops.get(0).color());
        }
        COSDictionary stitched = new COSDictionary();
        stitched.setInt(COSName.FUNCTION_TYPE, 3);
        stitched.setItem(COSName.DOMAIN, floats(0, 1));
        COSArray functions = new COSArray();
        COSArray bounds = new COSArray();
        COSArray encode = new COSArray();
        functions.add(between(stops.get(0).color(), stops.get(0).color()));
        encode.add(COSInteger.ZERO);
        encode.add(COSInteger.ONE);
        for (int i = 1; i < stops.size(); i++) {
            bounds.add(new COSFloat((float) stops.get(i - 1).offset()));
            functions.add(between(stops.get(i - 1).color(), stops.get(i).color()));
            encode.add(COSInteger.ZERO);
            encode.add(COSInteger.ONE);
        }
        Ink.Stop last = stops.get(stops.size() - 1);
        bounds.add(new COSFloat((float) last.offset()));
        functions.add(between(last.color(), last.color()));
        encode.add(COSInteger.ZERO);
        encode.add(COSInteger.ONE);
        stitched.setItem(COSName.FUNCTIONS, functions);
        stitched.setItem(COSName.BOUNDS, bounds);
        stitched.setItem(COSName.ENCODE, encode);
        return stitched;
    }

    private static COSDictionary between(Color from, Color to) {
        COSDictionary function = new COSDictionary();
        function.setInt(COSName.FUNCTION_TYPE, 2);
        function.setItem(COSName.DOMAIN, floats(0, 1));
        function.setItem(COSName.C0, channels(from));
        function.setItem(COSName.C1, channels(to));
        function.setItem(COSName.N, COSInteger.ONE);
        return function;
    }

    private static COSArray channels(Color color) {
        return floats(color.getRed() / 255.0, color.getGreen() / 255.0, color.getBlue() / 255.0);
    }

    private static COSArray floats(double... values) {
        COSArray array = new COSArray();
        for (double value : values) {
            array.add(new COSFloat((float) value));
        }
        return array;
    }
}
