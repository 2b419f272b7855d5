package io.dataprism.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    Path folder;

    private int times(String text, String... chapters) throws Exception {
        List<Chapter> all = List.of(chapters).stream()
                .map(title -> new Chapter(title, "About " + title + ".", List.of()))
                .toList();
        Path page = new Report("shop.csv", "Drawn by itself.", all, "").write(folder);
        return Files.readString(page).split(text, -1).length - 1;
    }

    @Test
    void anOnlyChapterDoesNotRepeatThePagesHeading() throws Exception {
        assertEquals(1, times(">shop.csv</h1>", "shop.csv"));
        assertEquals(0, times(">shop.csv</h2>", "shop.csv"));
        assertEquals(0, times("About shop.csv", "shop.csv"));
        assertEquals(1, times(">penguins</h2>", "penguins", "weather"));
    }
}
