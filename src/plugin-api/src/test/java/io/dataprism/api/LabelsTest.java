package io.dataprism.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The words that stand in manifests, requests and addresses lead back to what they name. */
class LabelsTest {
    @ParameterizedTest
    @EnumSource
    void categories(Category category) {
        assertEquals(Optional.of(category), Category.of(category.label()));
    }

    @ParameterizedTest
    @EnumSource
    void formats(TableFormat format) {
        assertEquals(Optional.of(format), TableFormat.of(format.label()));
    }

    @ParameterizedTest
    @EnumSource
    void columnTypes(ColumnType type) {
        assertEquals(type, ColumnType.of(type.label()));
    }

    @Test
    void anythingElseNamesNothing() {
        assertEquals(Optional.empty(), Category.of("Processing"));
        assertEquals(Optional.empty(), TableFormat.of("xlsx"));
    }
}
