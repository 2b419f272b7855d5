package io.dataprism.bench.row;

import io.dataprism.bench.lane.MessageLane;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.example.reading.Reading;

/** What is sent. */
public enum Payload {
    SMALL_JSON("small-json", "small JSON", 2048, 100_000) {
        @Override
        Object make() {
            return new JsonObject().put("id", 1).put("name", "sensor-7").put("value", 21.5);
        }
    },
    RECORD("record", "immutable record", 2048, 100_000) {
        @Override
        Object make() {
            return Reading.ONE;
        }

        @Override
        MessageLane.Form form() {
            return MessageLane.Form.RECORD;
        }
    },
    JSON_64K("json-64k", "64 KB JSON", 32, 4_000) {
        @Override
        Object make() {
            JsonArray readings = new JsonArray();
            for (int i = 0; i < 1_200; i++) {
                readings.add(
                        new JsonObject().put("id", i).put("name", "sensor-" + i).put("value", i * 0.25));
            }
            return new JsonObject().put("readings", readings);
        }
    },
    FROZEN_64K("frozen-64k", "64 KB JSON, frozen once", 32, 4_000) {
        @Override
        Object make() {
            return JSON_64K.make();
        }

        @Override
        MessageLane.Form form() {
            return MessageLane.Form.FROZEN;
        }
    },
    BUFFER_64("buffer-64", "64 byte buffer", 2048, 100_000) {
        @Override
        Object make() {
            return Buffer.buffer(new byte[64]);
        }
    },
    BUFFER_1M("buffer-1m", "1 MB buffer, frozen once", 8, 4_000) {
        @Override
        Object make() {
            return Buffer.buffer(new byte[1 << 20]);
        }

        @Override
        MessageLane.Form form() {
            return MessageLane.Form.FROZEN;
        }
    };

    private final String label;
    private final String title;
    private final int window;
    private final int messages;

    /** @param window so many under way are less than a mailbox of the usual size holds, where a sender goes on while its receiver waits */
    Payload(String label, String title, int window, int messages) {
        this.label = label;
        this.title = title;
        this.window = window;
        this.messages = messages;
    }

    abstract Object make();

    /** How it is sent. */
    MessageLane.Form form() {
        return MessageLane.Form.AS_GIVEN;
    }

    /** As a row's name has it. */
    String label() {
        return label;
    }

    String title() {
        return title;
    }

    /** Messages under way at most: what is large fills memory. */
    int window() {
        return window;
    }

    /** Messages that one receiver gets in one go. */
    int messages() {
        return messages;
    }
}
