package io.dataprism.libraries;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page names each library that the test holds, in the version that it holds, with what it takes; and no other. */
class LibrariesPageTest {
    private static final int NAME = 1;
    private static final int LIBRARY = 2;
    private static final int TAKES = 4;

    @Test
    void saysWhatTheTestHolds() throws Exception {
        List<String> told = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../../docs/libraries.md"))) {
            String[] cells = line.split(" *\\| *");
            if (cells.length > TAKES && !cells[NAME].equals("name") && !cells[NAME].startsWith("-")) {
                String version = cells[LIBRARY].substring(cells[LIBRARY].lastIndexOf(' ') + 1);
                told.add(cells[NAME] + " " + version + " " + cells[TAKES]);
            }
        }
        List<String> held = new ArrayList<>();
        for (KnownLibrary library : KnownLibrary.all()) {
            String jar = LibraryPlugins.jar(library.jars().get(0)).getFileName().toString();
            List<String> takes = new ArrayList<>();
            library.takes().forEach((permission, why) -> takes.add("`" + permission + "`: " + why));
            held.add(library.name() + " "
                    + jar.substring(library.jars().get(0).length() + 1, jar.length() - ".jar".length()) + " "
                    + (takes.isEmpty() ? "none" : String.join("; ", takes)));
        }
        assertEquals(String.join("\n", held), String.join("\n", told));
    }
}
