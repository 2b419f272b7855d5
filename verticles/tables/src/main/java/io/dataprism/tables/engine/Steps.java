package io.dataprism.tables.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A query that grows step by step, each step reading from the one before. Knows the columns after the last step.
 */
final class Steps {
    private final Session session;
    private final List<String> bodies = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();
    private List<Column> columns;

    Steps(Session session, StoredTable start) {
        this.session = session;
        this.columns = start.columns();
        bodies.add("SELECT * FROM " + start.qualified());
    }

    Session session() {
        return session;
    }

    List<Column> columns() {
        return columns;
    }

    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** The name of the last step, for a FROM. */
    String last() {
        return name(bodies.size() - 1);
    }

    /** Add {@code body}, which reads from {@link #last}; its {@code ?} take {@code values} in their order. */
    void add(String body, List<?> values) {
        List<Column> after = session.columns(sql(body), with(values));
        bodies.add(body);
        parameters.addAll(values);
        columns = after;
    }

    void add(String body, Object... values) {
        add(body, Arrays.asList(values));
    }

    /** The whole query. */
    String sql() {
        return with(bodies.size() - 1) + bodies.get(bodies.size() - 1);
    }

    /** The steps so far and then {@code body}. */
    String sql(String body) {
        return with(bodies.size()) + body;
    }

    List<Object> parameters() {
        return List.copyOf(parameters);
    }

    private List<Object> with(List<?> more) {
        List<Object> all = new ArrayList<>(parameters);
        all.addAll(more);
        return all;
    }

    private String with(int steps) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < steps; i++) {
            sql.append(i == 0 ? "WITH " : ", ")
                    .append(name(i))
                    .append(" AS NOT MATERIALIZED (")
                    .append(bodies.get(i))
                    .append(')');
        }
        return steps == 0 ? "" : sql.append(' ').toString();
    }

    /** Not a name that somebody gives an input. */
    private static String name(int step) {
        return "\"step " + step + " of a transformation\"";
    }
}
