package io.dataprism.api;

/** The capabilities {@code table-create}, {@code table-describe} … that put a {@link TableService} on its plugin's addresses. */
public final class TableCapabilities {
    public static final String CREATE = "table-create";
    public static final String DESCRIBE = "table-describe";
    /** Answers with a stream of {@link TableBatch}es. */
    public static final String READ = "table-read";

    public static final String WRITE = "table-write";
    public static final String GIVE = "table-give";
    public static final String RELEASE = "table-release";

    private TableCapabilities() {}

    public static Capabilities of(TableService service) {
        return Capabilities.of(
                        CREATE,
                        call -> service.create(call, TableSource.fromJson(call.json()))
                                .map(TableHandle::toJson))
                .and(DESCRIBE, call -> service.describe(call, table(call)).map(TableSchema::toJson))
                .and(READ, call -> service.read(call, table(call), Requests.integer(call, "batchRows", 1, 65_536)))
                .and(
                        WRITE,
                        call -> service.write(
                                call,
                                table(call),
                                Requests.format(call, "format"),
                                Requests.text(call, "path"),
                                Requests.object(call, "options")))
                .and(
                        GIVE,
                        call -> service.give(call, table(call), Requests.text(call, "owner"))
                                .map(TableHandle::toJson))
                .and(RELEASE, call -> service.release(call, table(call)));
    }

    private static TableHandle table(Call call) {
        return TableHandle.fromJson(Requests.object(call, "table"));
    }
}
