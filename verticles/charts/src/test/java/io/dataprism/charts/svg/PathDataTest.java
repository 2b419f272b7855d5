package io.dataprism.charts.svg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.junit.jupiter.api.Test;

class PathDataTest {
    private static Rectangle2D bounds(String path) throws SvgException {
        return PathData.parse(path).getBounds2D();
    }

    @Test
    void readsLinesInAllTheirForms() throws SvgException {
        assertEquals(new Rectangle2D.Double(1, 2, 9, 8), bounds("M1,2L10,2L10,10L1,10Z"));
        assertEquals(new Rectangle2D.Double(1, 2, 9, 8), bounds("M1 2h9v8H1z"));
        assertEquals(new Rectangle2D.Double(1, 2, 9, 8), bounds("m1,2 9,0 0,8-9,0z"));
    }

    @Test
    void readsNumbersWithoutSeparators() throws SvgException {
        assertEquals(new Rectangle2D.Double(-0.5, 0.25, 1, 100), bounds("M-.5.25L.5.25L.5,1.0025e2"));
    }

    @Test
    void readsAFullCircleOfTwoArcs() throws SvgException {
        Path2D circle = PathData.parse("M3,0A3,3,0,1,1,-3,0A3,3,0,1,1,3,0");
        Rectangle2D bounds = circle.getBounds2D();
        assertEquals(-3, bounds.getMinX(), 1e-6);
        assertEquals(3, bounds.getMaxY(), 1e-6);
        assertEquals(6, bounds.getHeight(), 1e-6);
    }

    @Test
    void sweepsTheRightWay() throws SvgException {
        assertEquals(0, bounds("M0,0A5,5,0,0,1,10,0").getMaxY(), 1e-6);
        assertEquals(5, bounds("M0,0A5,5,0,0,0,10,0").getMaxY(), 1e-6);
    }

    @Test
    void namesAnUnknownCommand() {
        SvgException failure = assertThrows(SvgException.class, () -> PathData.parse("M0,0X1"));
        assertEquals("the path has an unknown command 'X'", failure.getMessage());
    }
}
