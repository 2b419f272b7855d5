package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * A plugin that brings data in and out. Its category is {@code integration}; it is called at {@code connect} ({@code {config}} to {@code
 * {connection, details}}), {@code fetch} ({@code {connection, query, options}} to {@code {data, report}}), {@code sync} ({@code {connection, data,
 * config}} to a report), {@code disconnect} ({@code {connection}}) and {@code health} ({@code {}} to {@code {status, details}}).
 *
 * <pre>{@code
 * public final class Drawer implements IntegrationPlugin {
 *     private final Map<String, JsonArray> drawers = new HashMap<>();
 *
 *     public Future<Connection> connect(Call call, JsonObject config) {
 *         String id = UUID.randomUUID().toString();
 *         drawers.put(id, new JsonArray());
 *         return Future.succeededFuture(new Connection(id, new JsonObject()));
 *     }
 *
 *     public Future<Fetched> fetch(Call call, String connection, JsonObject query, JsonObject options) {
 *         return Future.succeededFuture(new Fetched(new InlineRows(drawers.get(connection)), new JsonObject()));
 *     }
 *
 *     public Future<JsonObject> sync(Call call, String connection, Dataset data, JsonObject config) {
 *         drawers.put(connection, ((InlineRows) data).rows());
 *         return Future.succeededFuture(new JsonObject());
 *     }
 *
 *     public Future<Void> disconnect(Call call, String connection) {
 *         drawers.remove(connection);
 *         return Future.succeededFuture();
 *     }
 *
 *     public Future<Health> health(Call call) {
 *         return Future.succeededFuture(new Health(true, new JsonObject()));
 *     }
 * }
 * }</pre>
 */
public interface IntegrationPlugin extends Plugin {

    /** Connect to what lies outside, on behalf of the caller. */
    Future<Connection> connect(Call call, JsonObject config) throws Exception;

    Future<Fetched> fetch(Call call, String connection, JsonObject query, JsonObject options) throws Exception;

    Future<JsonObject> sync(Call call, String connection, Dataset data, JsonObject config) throws Exception;

    /** End a connection; one that is gone already is no failure. */
    Future<Void> disconnect(Call call, String connection) throws Exception;

    Future<Health> health(Call call) throws Exception;

    /**
     * A connection that was made.
     *
     * @param id not guessable
     * @param details for the reader's eyes; no secrets
     */
    record Connection(String id, JsonObject details) {}

    /**
     * What was fetched.
     *
     * @param report how it was read, for example a CSV's detected delimiter
     */
    record Fetched(Dataset data, JsonObject report) {}

    /** Whether what lies outside can be reached now. */
    record Health(boolean up, JsonObject details) {}

    @Override
    default Capabilities capabilities() {
        return Capabilities.of(
                        "connect",
                        call -> connect(call, Requests.object(call, "config"))
                                .map(connection -> new JsonObject()
                                        .put("connection", connection.id())
                                        .put("details", connection.details())))
                .and(
                        "fetch",
                        call -> fetch(
                                        call,
                                        Requests.text(call, "connection"),
                                        Requests.object(call, "query"),
                                        Requests.object(call, "options"))
                                .map(fetched -> new JsonObject()
                                        .put("data", fetched.data().toJson())
                                        .put("report", fetched.report())))
                .and(
                        "sync",
                        call -> sync(
                                call,
                                Requests.text(call, "connection"),
                                Dataset.fromJson(call.json().getValue("data")),
                                Requests.object(call, "config")))
                .and("disconnect", call -> disconnect(call, Requests.text(call, "connection")))
                .and(
                        "health",
                        call -> health(call)
                                .map(health -> new JsonObject()
                                        .put("status", health.up() ? "up" : "down")
                                        .put("details", health.details())));
    }
}
