package io.dataprism.api;

import io.vertx.core.json.JsonObject;

/** How a record is written for receivers that do not see its class. */
@FunctionalInterface
public interface RecordCodec<R extends Record> {

    /** The record as JSON. Called in the slice of the plugin that sends it, on the sending thread; a failure fails the sending. */
    JsonObject toJson(R value);
}
