package io.dataprism.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void numbersHaveThreeDigitsThatMatter() {
        assertEquals("30,819", TextTable.number(30_819.4));
        assertEquals("124", TextTable.number(123.9));
        assertEquals("12.3", TextTable.number(12.345));
        assertEquals("1.50", TextTable.number(1.5));
        assertEquals("0.25", TextTable.number(0.25));
        assertEquals("0.00412", TextTable.number(0.0041199999));
        assertEquals("0", TextTable.number(0));
    }
}
