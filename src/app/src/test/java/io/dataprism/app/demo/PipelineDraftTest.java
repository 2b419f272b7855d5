package io.dataprism.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PipelineDraftTest {
    @Test
    void filesAreNamedWithTheLettersOfColumnsWithoutTheirMarks() {
        assertEquals("Stuck-Grosse-a-naif-Øl", PipelineDraft.plainLetters("Stück-Größe-à-naïf-Øl"));
    }
}
