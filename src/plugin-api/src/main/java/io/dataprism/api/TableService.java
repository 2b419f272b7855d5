package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * What keeps tables: one plugin a node implements this beside {@link Plugin} and adds {@link TableCapabilities#of} to its capabilities. All methods
 * run in its slices and answer for {@link Call#caller}; an implementation must check that the caller owns, or was
 * handed, the table (the id is not guessable), and asks {@link Call#callerMay} before it touches a file.
 */
public interface TableService {

    Future<TableHandle> create(Call call, TableSource source) throws Exception;

    Future<TableSchema> describe(Call call, TableHandle table) throws Exception;

    /** Read a table: a stream of {@link TableBatch}es, whose head is the schema as JSON. */
    Future<StreamReply> read(Call call, TableHandle table, int batchRows) throws Exception;

    Future<Void> write(Call call, TableHandle table, TableFormat format, String path, JsonObject options)
            throws Exception;

    /** Make {@code owner}, a {@link Caller#label}, the owner of a table; refused unless the caller owns it, or is operator or host. */
    Future<TableHandle> give(Call call, TableHandle table, String owner) throws Exception;

    /** Refused unless the caller owns the table, or is operator or host: who was handed it may read it, but not end it. */
    Future<Void> release(Call call, TableHandle table) throws Exception;
}
