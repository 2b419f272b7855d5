package org.example.reading;

/** An immutable record: what the small JSON says, as an object. */
public record Reading(int id, String name, double value) {
    public static final Reading ONE = new Reading(1, "sensor-7", 21.5);
}
