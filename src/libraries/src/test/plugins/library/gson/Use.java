package library.gson;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.annotations.SerializedName;
import com.google.gson.reflect.TypeToken;
import java.util.List;
import java.util.Map;
import library.LibraryPlugin;

/** Reads JSON into objects with private fields, and writes them. */
public final class Use extends LibraryPlugin {
    private static final class City {
        @SerializedName("city")
        private String name;

        private int people;
        private Map<String, List<Double>> weather;
    }

    private record Point(int x, int y) {}

    @Override
    protected String use() {
        Gson gson = new GsonBuilder().create();
        List<City> cities = gson.fromJson(
                "[{\"city\":\"Bern\",\"people\":134000,\"weather\":{\"may\":[12.5,17]}}]",
                new TypeToken<List<City>>() {}.getType());
        cities.get(0).people++;
        return gson.toJson(cities) + gson.toJson(new Point(1, 2)) + gson.fromJson("{\"x\":3,\"y\":4}", Point.class);
    }
}
