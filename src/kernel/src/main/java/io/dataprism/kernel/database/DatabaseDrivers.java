package io.dataprism.kernel.database;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The drivers that a node has, by their scheme. */
public final class DatabaseDrivers {
    private final Map<String, DatabaseDriver> drivers = new TreeMap<>();

    /** Of several for one scheme the first is taken. */
    public DatabaseDrivers(Collection<DatabaseDriver> found) {
        found.forEach(driver -> drivers.putIfAbsent(driver.scheme(), driver));
    }

    /** Those beside the kernel. */
    public static DatabaseDrivers ofNode() {
        return new DatabaseDrivers(
                ServiceLoader.load(DatabaseDriver.class, DatabaseDriver.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
    }

    public Optional<DatabaseDriver> of(String scheme) {
        return Optional.ofNullable(drivers.get(scheme));
    }

    /** The schemes, for messages. */
    public String names() {
        return drivers.isEmpty() ? "none" : String.join(", ", drivers.keySet());
    }
}
