package library.mustache;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import library.LibraryPlugin;

/** Fills a template in from an object's fields and methods. */
public final class Use extends LibraryPlugin {
    static final class City {
        final String name;

        City(String name) {
            this.name = name;
        }

        List<City> twins() {
            return name.equals("Bern") ? List.of(new City("Salzburg")) : List.of();
        }
    }

    @Override
    protected String use() throws Exception {
        Mustache mustache = new DefaultMustacheFactory()
                .compile(new StringReader("{{name}}{{#twins}} and {{name}}{{/twins}} &amp; {{{name}}}"), "cities");
        StringWriter text = new StringWriter();
        mustache.execute(text, new City("Bern")).flush();
        return text.toString();
    }
}
