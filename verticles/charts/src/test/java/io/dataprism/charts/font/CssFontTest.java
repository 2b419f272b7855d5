package io.dataprism.charts.font;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CssFontTest {
    @Test
    void readsStyleWeightAndSize() {
        CssFont font = CssFont.parse("italic bold 12.5px Roboto, sans-serif");
        assertEquals(12.5, font.size());
        assertSame(Typeface.of(true, true), font.typeface());
        assertSame(Typeface.of(true, false), CssFont.parse("700 10px x").typeface());
        assertSame(Typeface.of(false, false), CssFont.parse("11px x").typeface());
    }

    @Test
    void measuresByTheFontsOwnTables() {
        // Roboto Regular: 2048 units an em; H is 1460 wide, i 497
        assertEquals((1460 + 497) * 10 / 2048.0, CssFont.parse("10px Roboto").width("Hi"), 1e-9);
    }

    @Test
    void outlinesAreAsWideAsMeasured() {
        Typeface face = Typeface.of(false, false);
        double right = face.outline("Rainfall", 20).getBounds2D().getMaxX();
        assertEquals(face.width("Rainfall", 20), right, 2);
        assertTrue(face.outline("Rainfall", 20).getBounds2D().getMinY() < -10);
    }

    @Test
    void takesSignsItDoesNotHaveAsFullWidth() {
        assertEquals(20, Typeface.of(false, false).width("\u6771\u4eac", 10));
    }
}
