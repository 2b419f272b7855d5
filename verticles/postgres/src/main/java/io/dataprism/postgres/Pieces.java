package io.dataprism.postgres;

import io.dataprism.api.TableHandle;
import io.dataprism.api.TableSource;
import io.dataprism.api.Tables;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tables of the same columns, made piece by piece, put together as they become many. One at a time. */
final class Pieces {
    private static final int MOST = 64;

    private final Tables tables;
    private List<TableHandle> pieces = new ArrayList<>();

    Pieces(Tables tables) {
        this.tables = tables;
    }

    Future<Void> add(JsonArray rows) {
        return tables.create(new TableSource.Rows(rows)).compose(piece -> {
            pieces.add(piece);
            return pieces.size() < MOST ? Future.succeededFuture() : together().mapEmpty();
        });
    }

    /** All of them as one table, in their order, which stays one of the pieces. */
    Future<TableHandle> together() {
        if (pieces.size() == 1) {
            return Future.succeededFuture(pieces.get(0));
        }
        Map<String, TableHandle> named = new LinkedHashMap<>();
        pieces.forEach(piece -> named.put("p" + named.size(), piece));
        String sql =
                named.keySet().stream().map(name -> "SELECT * FROM " + name).collect(Collectors.joining(" UNION ALL "));
        return tables.query(sql, named).compose(whole -> {
            List<TableHandle> parts = pieces;
            pieces = new ArrayList<>(List.of(whole));
            return release(parts).map(whole);
        });
    }

    /** Free them. */
    Future<Void> release() {
        List<TableHandle> parts = pieces;
        pieces = new ArrayList<>();
        return release(parts);
    }

    /** All of them, also where one can't be; fails with what went wrong last. */
    private Future<Void> release(List<TableHandle> parts) {
        Future<Void> all = Future.succeededFuture();
        for (TableHandle part : parts) {
            all = all.transform(before -> tables.release(part)
                    .compose(
                            freed -> before.failed() ? Future.failedFuture(before.cause()) : Future.succeededFuture()));
        }
        return all;
    }
}
