package library.univocity;

import com.univocity.parsers.annotations.Parsed;
import com.univocity.parsers.common.processor.BeanListProcessor;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.StringReader;
import library.LibraryPlugin;

/** Reads lines into beans. */
public final class Use extends LibraryPlugin {
    public static class City {
        @Parsed
        private String name;

        @Parsed(field = "people")
        private int people;
    }

    @Override
    protected String use() {
        BeanListProcessor<City> cities = new BeanListProcessor<>(City.class);
        CsvParserSettings settings = new CsvParserSettings();
        settings.setProcessor(cities);
        settings.setHeaderExtractionEnabled(true);
        settings.setReadInputOnSeparateThread(false);
        new CsvParser(settings).parse(new StringReader("name,people\nBern,134000\n\"Ba\"\"sel\",175000\n"));
        StringBuilder found = new StringBuilder();
        cities.getBeans()
                .forEach(city ->
                        found.append(city.name).append(':').append(city.people).append(' '));
        return found.toString().strip();
    }
}
