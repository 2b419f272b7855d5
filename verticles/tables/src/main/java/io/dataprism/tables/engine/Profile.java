package io.dataprism.tables.engine;

import io.dataprism.api.CallException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes a table in one document, in three scans: one aggregate over all columns, one that counts what lies outside
 * the quartiles' fences, and one that groups each column's values or bins. Distinct counts are HyperLogLog's and
 * quantiles t-digest's, both within a few per cent; everything else is exact.
 */
final class Profile {
    private static final int MOST_PAIRS = 120;
    /** Each goes one level deeper into a statement, which may have 1,000. */
    private static final int MOST_PARTS = 200;

    private final Session session;
    private final StoredTable table;
    private final int bins;
    private final int top;

    Profile(Session session, StoredTable table, JsonObject config) {
        Fields fields = new Fields(TableProblem.BAD_OPTION, "analyze", config);
        this.session = session;
        this.table = table;
        this.bins = fields.whole("bins", 1, 200).orElse(20L).intValue();
        this.top = fields.whole("top", 1, 100).orElse(10L).intValue();
        fields.done();
    }

    JsonObject toJson() {
        Scan scan = scan();
        if (table.rows() > 0) {
            count(scan.columns());
            group(scan.columns());
        }
        JsonArray columns = new JsonArray();
        scan.columns().forEach(profile -> columns.add(profile.toJson(table.rows())));
        return new JsonObject()
                .put("rows", table.rows())
                .put("columns", columns)
                .put("correlations", scan.correlations());
    }

    /** What the first scan finds. */
    private record Scan(List<ColumnProfile> columns, JsonArray correlations) {}

    /** The fast way, and the careful one where that met infinities or an overflow. */
    private Scan scan() {
        if (table.rows() == 0) {
            return new Scan(profiles(), new JsonArray());
        }
        try {
            Scan fast = scan(false);
            return fast.columns().stream().allMatch(ColumnProfile::isFinite) ? fast : scan(true);
        } catch (CallException e) {
            if (!String.valueOf(e.getMessage()).contains("Out of Range")) {
                throw e;
            }
            return scan(true);
        }
    }

    /** Two columns whose correlation is asked for. */
    private record Pair(Column x, Column y) {
        String correlation(boolean careful) {
            return "corr(" + x.quoted() + "::DOUBLE, " + y.quoted() + "::DOUBLE)"
                    + (careful
                            ? " FILTER (WHERE " + ColumnProfile.summable(x) + " AND " + ColumnProfile.summable(y) + ")"
                            : "");
        }
    }

    private List<ColumnProfile> profiles() {
        return table.columns().stream()
                .map(column -> ColumnProfile.of(column, table.rows()))
                .toList();
    }

    private List<Pair> pairs() {
        List<Column> numeric =
                table.columns().stream().filter(Column::isNumeric).toList();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < numeric.size(); i++) {
            for (int j = i + 1; j < numeric.size() && pairs.size() < MOST_PAIRS; j++) {
                pairs.add(new Pair(numeric.get(i), numeric.get(j)));
            }
        }
        return pairs;
    }

    private Scan scan(boolean careful) {
        List<ColumnProfile> profiles = profiles();
        List<Pair> pairs = pairs();
        List<String> values = new ArrayList<>();
        profiles.forEach(profile -> values.addAll(profile.aggregates(careful)));
        pairs.forEach(pair -> values.add(pair.correlation(careful)));
        String sql = "SELECT " + String.join(", ", values) + " FROM " + table.qualified();
        return session.one(sql, List.of(), row -> {
            int at = 1;
            for (ColumnProfile profile : profiles) {
                at = profile.takeAggregates(row, at, careful);
            }
            return new Scan(profiles, correlations(row, at, pairs));
        });
    }

    private static JsonArray correlations(ResultSet row, int first, List<Pair> pairs) throws SQLException {
        JsonArray correlations = new JsonArray();
        for (int i = 0; i < pairs.size(); i++) {
            double r = row.getDouble(first + i);
            if (!row.wasNull() && Double.isFinite(r)) {
                correlations.add(new JsonObject()
                        .put("x", pairs.get(i).x().name())
                        .put("y", pairs.get(i).y().name())
                        .put("r", ColumnProfile.rounded(r)));
            }
        }
        return correlations;
    }

    private void count(List<ColumnProfile> profiles) {
        List<ColumnProfile> fenced =
                profiles.stream().filter(ColumnProfile::hasFences).toList();
        if (fenced.isEmpty()) {
            return;
        }
        List<String> values = fenced.stream().map(ColumnProfile::outside).toList();
        session.one("SELECT " + String.join(", ", values) + " FROM " + table.qualified(), List.of(), row -> {
            for (int i = 0; i < fenced.size(); i++) {
                fenced.get(i).takeOutside(row.getLong(i + 1));
            }
            return true;
        });
    }

    private void group(List<ColumnProfile> profiles) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < profiles.size(); i++) {
            parts.addAll(profiles.get(i).groups(i, table, bins, top));
        }
        if (parts.isEmpty()) {
            return;
        }
        for (int first = 0; first < parts.size(); first += MOST_PARTS) {
            take(profiles, parts.subList(first, Math.min(parts.size(), first + MOST_PARTS)));
        }
        profiles.forEach(profile -> profile.finish(bins));
    }

    private void take(List<ColumnProfile> profiles, List<String> parts) {
        String sql = "SELECT * FROM (" + String.join(" UNION ALL ", parts) + ") ORDER BY c, kind, n DESC, v";
        session.list(sql, List.of(), row -> {
            ColumnProfile profile = profiles.get(row.getInt(1));
            if (row.getString(2).equals("bin")) {
                profile.takeBin(row.getLong(5), row.getLong(4));
            } else {
                profile.takeTop(row.getString(3), row.getLong(4));
            }
            return profile;
        });
    }
}
