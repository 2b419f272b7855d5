package library.jackson;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import library.LibraryPlugin;

/** Binds JSON to beans, records and a family of types. */
public final class Use extends LibraryPlugin {
    public static final class Order {
        private List<Item> items = List.of();

        public List<Item> getItems() {
            return items;
        }

        public void setItems(List<Item> items) {
            this.items = items;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Book.class, name = "book"),
        @JsonSubTypes.Type(value = Pen.class, name = "pen")
    })
    public sealed interface Item permits Book, Pen {}

    public record Book(String title, int pages) implements Item {}

    public static final class Pen implements Item {
        private final String colour;

        @JsonCreator
        Pen(@JsonProperty("colour") String colour) {
            this.colour = colour;
        }

        public String getColour() {
            return colour;
        }
    }

    @Override
    protected String use() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        Order order = mapper.readValue(
                "{\"items\":[{\"kind\":\"book\",\"title\":\"Dune\",\"pages\":412},{\"kind\":\"pen\",\"colour\":\"red\"}]}",
                Order.class);
        return mapper.writeValueAsString(order)
                + mapper.readTree("{\"a\":[1,2]}").at("/a/1");
    }
}
