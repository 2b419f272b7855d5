package io.dataprism.api;

/**
 * The record types that a plugin sends as they are: in events, calls, answers and channel messages.
 *
 * <p>A record of a registered type is passed by reference to a receiver that sees the very same class: the plugin itself, and plugins joined to it
 * by exported packages. Everybody else (other plugins, the host, the bridge, the bus, other nodes) gets a {@code JsonObject} with a member for each
 * component. A plugin may send on a record that it received so.
 *
 * <p>So that nobody sees a change, a record must be immutable all the way down. A component may be a primitive or its box, {@code String}, an enum,
 * {@code BigDecimal}, {@code BigInteger}, {@code UUID}, one of {@code java.time}'s dates, times and amounts, or a record of such components; it may
 * be null. In JSON, enums are their names, and moments, amounts, characters and UUIDs their text.
 *
 * <p>Register in {@code initialize}. Safe to use from any thread; it ends with the plugin.
 *
 * <pre>{@code
 * final class Weather implements Plugin {
 *     record Reading(String sensor, double value, Instant at) {}
 *
 *     public Future<Void> initialize(PluginContext context) {
 *         context.records().register(Reading.class);
 *         return context.events().publish("weather.reading", new Reading("roof", 12.5, Instant.now())).mapEmpty();
 *     }
 * }
 * }</pre>
 */
public interface Records {

    /**
     * Send records of {@code type} from now on, with their components as JSON members.
     *
     * @throws PluginException {@code DP-0416} where {@code type} is no record, or is not immutable all the way down
     */
    void register(Class<? extends Record> type);

    /**
     * The same with JSON of the plugin's own making. Another plugin may send such a record on once it registered the type itself.
     *
     * @param codec asked once a message, in the sending plugin's slice
     * @throws PluginException as {@link #register(Class)}
     */
    <R extends Record> void register(Class<R> type, RecordCodec<R> codec);
}
