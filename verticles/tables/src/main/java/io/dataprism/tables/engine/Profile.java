package io.dataprism.tables.engine;

import io.dataprism.api.ColumnType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes a table in one document, in three scans: one aggregate over all columns, one that counts what lies outside
 * the quartiles' fences, and one that groups each column's values or bins. Distinct counts are HyperLogLog's and
 * quantiles t-digest's, both within a few per cent; everything else is exact.
 */
final class Profile {
    private static final int MOST_PAIRS = 120;

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
        List<ColumnProfile> profiles =
                table.columns().stream().map(ColumnProfile::of).toList();
        JsonArray correlations = new JsonArray();
        if (table.rows() > 0) {
            List<Pair> pairs = pairs();
            aggregate(profiles, pairs, correlations);
            count(profiles);
            group(profiles);
        }
        JsonArray columns = new JsonArray();
        profiles.forEach(profile -> columns.add(profile.toJson(table.rows())));
        return new JsonObject()
                .put("rows", table.rows())
                .put("columns", columns)
                .put("correlations", correlations);
    }

    /** Two columns whose correlation is asked for. */
    private record Pair(Column x, Column y) {}

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

    private void aggregate(List<ColumnProfile> profiles, List<Pair> pairs, JsonArray correlations) {
        List<String> values = new ArrayList<>();
        profiles.forEach(profile -> values.addAll(profile.aggregates()));
        for (Pair pair : pairs) {
            boolean doubles = pair.x().type() == ColumnType.DOUBLE || pair.y().type() == ColumnType.DOUBLE;
            values.add("corr(" + pair.x().quoted() + "::DOUBLE, " + pair.y().quoted() + "::DOUBLE)"
                    + (doubles
                            ? " FILTER (WHERE " + ColumnProfile.summable(pair.x()) + " AND "
                                    + ColumnProfile.summable(pair.y()) + ")"
                            : ""));
        }
        session.one("SELECT " + String.join(", ", values) + " FROM " + table.qualified(), List.of(), row -> {
            int at = 1;
            for (ColumnProfile profile : profiles) {
                at = profile.takeAggregates(row, at);
            }
            for (Pair pair : pairs) {
                double r = row.getDouble(at++);
                if (!row.wasNull() && Double.isFinite(r)) {
                    correlations.add(new JsonObject()
                            .put("x", pair.x().name())
                            .put("y", pair.y().name())
                            .put("r", ColumnProfile.rounded(r)));
                }
            }
            return at;
        });
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
        profiles.forEach(profile -> profile.finish(bins));
    }
}
