package library.snakeyaml;

import java.util.List;
import java.util.Map;
import library.LibraryPlugin;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.Constructor;

/** Reads YAML into plain values and into a bean, and writes it. */
public final class Use extends LibraryPlugin {
    public static class City {
        public String name;
        public int people;
        public List<String> rivers;
    }

    @Override
    protected String use() {
        Map<String, Object> plain = new Yaml().load("a: [1, 2.5, true]\nb: &x {c: d}\ne: *x");
        City city = new Yaml(new Constructor(City.class, new LoaderOptions()))
                .load("name: Bern\npeople: 134000\nrivers: [Aare]");
        return new Yaml().dump(plain).replace('\n', '|') + city.name + city.people + city.rivers;
    }
}
