package library.freemarker;

import freemarker.template.Configuration;
import freemarker.template.Template;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import library.LibraryPlugin;

/** Fills a template in with lists, maps and beans. */
public final class Use extends LibraryPlugin {
    public static final class City {
        private final String name;

        City(String name) {
            this.name = name;
        }

        public String getName() {
            return name;
        }
    }

    @Override
    protected String use() throws Exception {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setLocale(Locale.ROOT);
        Template template = new Template(
                "cities",
                new StringReader("<#list cities as c>${c.name?upper_case}<#sep>, </#list>: ${sum?c}"),
                configuration);
        StringWriter text = new StringWriter();
        template.process(Map.of("cities", List.of(new City("Bern"), new City("Basel")), "sum", 309_000), text);
        return text.toString();
    }
}
