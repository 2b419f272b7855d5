package io.dataprism.charts.svg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Color;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CssColorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#f80 | ffff8800",
                "#ff8800 | ffff8800",
                "#ff880080 | 80ff8800",
                "SteelBlue | ff4682b4",
                "rgb(255, 136, 0) | ffff8800",
                "rgba(255,136,0,0.5) | 80ff8800",
                "hsl(120, 100%, 25%) | ff008000",
                "transparent | 00000000"
            })
    void readsColoursInAllTheirForms(String text, String argb) {
        assertEquals(Optional.of(argb), CssColor.parse(text).map(color -> String.format("%08x", color.getRGB())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "#12", "rgb(1)", "rgb(a,b,c)", "noSuchColour", ""})
    void knowsWhatIsNoColour(String text) {
        assertEquals(Optional.empty(), CssColor.parse(text));
    }

    @Test
    void keepsChannelsWithinBounds() {
        assertEquals(Optional.of(new Color(255, 0, 0)), CssColor.parse("rgb(300,-5,0)"));
    }
}
