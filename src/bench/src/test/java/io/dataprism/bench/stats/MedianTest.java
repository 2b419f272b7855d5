package io.dataprism.bench.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bounds are those of the sign test's tables. */
class MedianTest {
    @Test
    void ofAnOddAndAnEvenNumberOfValues() {
        assertEquals(3, Median.of(List.of(5.0, 1.0, 3.0)).value());
        assertEquals(2.5, Median.of(List.of(4.0, 1.0, 2.0, 3.0)).value());
    }

    @Test
    void fiveValuesCannotGive95Percent() {
        Median median = Median.of(to(5));
        assertEquals(1, median.low());
        assertEquals(5, median.high());
        assertEquals(0.9375, median.confidence(), 1e-12);
        assertFalse(median.isBounded());
    }

    @Test
    void sixValuesAreBoundedByLeastAndGreatest() {
        Median median = Median.of(to(6));
        assertEquals(1, median.low());
        assertEquals(6, median.high());
        assertEquals(0.96875, median.confidence(), 1e-12);
        assertTrue(median.isBounded());
    }

    @Test
    void tenValuesAreBoundedByTheSecondAndTheNinth() {
        Median median = Median.of(to(10));
        assertEquals(2, median.low());
        assertEquals(9, median.high());
        assertEquals(0.978515625, median.confidence(), 1e-12);
    }

    @Test
    void twentyValuesAreBoundedByTheSixthAndTheFifteenth() {
        Median median = Median.of(to(20));
        assertEquals(6, median.low());
        assertEquals(15, median.high());
        assertEquals(0.9586, median.confidence(), 1e-4);
    }

    @Test
    void oneValueBoundsNothing() {
        Median median = Median.of(List.of(7.0));
        assertEquals(7, median.low());
        assertEquals(7, median.high());
        assertEquals(0, median.confidence());
    }

    @Test
    void noValuesHaveNone() {
        assertThrows(IllegalArgumentException.class, () -> Median.of(List.of()));
    }

    private static List<Double> to(int last) {
        DoubleStream shuffled =
                IntStream.rangeClosed(1, last).map(i -> last + 1 - i).asDoubleStream();
        return shuffled.boxed().toList();
    }
}
