package io.dataprism.app.data;

import io.dataprism.api.TableHandle;
import io.dataprism.app.input.BadInput;
import io.dataprism.app.node.KernelCalls;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/** Loads files as tables, by way of the plugin {@code files}. */
public final class DataFiles {
    /** The plugin that reads files. */
    public static final String PLUGIN = "files";

    private DataFiles() {}

    /**
     * Load {@code files}.
     *
     * @param options how the files are written, where that is not to be found out
     * @param reader told how each file was read
     * @return each file's table under the file's name as an identifier, the first also as {@code data}
     */
    public static Map<String, TableHandle> load(
            KernelCalls calls, List<Path> files, JsonObject options, BiConsumer<Path, FileReading> reader)
            throws InterruptedException {
        Map<String, TableHandle> tables = new LinkedHashMap<>();
        for (Path file : files) {
            JsonObject fetched = fetch(calls, file, options);
            FileReading.of(fetched).ifPresent(reading -> reader.accept(file, reading));
            TableHandle table = TableHandle.fromJson(fetched.getJsonObject("data"));
            tables.putIfAbsent("data", table);
            tables.putIfAbsent(identifier(file), table);
        }
        return tables;
    }

    private static JsonObject fetch(KernelCalls calls, Path file, JsonObject options) throws InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw BadInput.unreadable(file, new NoSuchFileException(file.toString()));
        }
        JsonObject connected = calls.object(
                PLUGIN,
                "connect",
                new JsonObject()
                        .put(
                                "config",
                                new JsonObject()
                                        .put("path", file.toAbsolutePath().toString())));
        return calls.object(
                PLUGIN,
                "fetch",
                new JsonObject()
                        .put("connection", connected.getString("connection"))
                        .put("query", new JsonObject())
                        .put("options", options));
    }

    /** The file's name without its ending, made an SQL identifier: {@code my-data.csv.gz} is {@code my_data}. */
    public static String identifier(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("(?<=.)\\..*$", "");
        String identifier = name.replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
        return identifier.isEmpty() || Character.isDigit(identifier.charAt(0)) ? "t_" + identifier : identifier;
    }
}
