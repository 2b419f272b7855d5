package io.dataprism.tables.engine;

import io.dataprism.api.PluginException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at a caller's SQL before it runs, as DuckDB's own parser understands it: one {@code SELECT}, over the named inputs and what it defines itself,
 * with table functions from a short list and without the functions that tell about the engine.
 */
final class SqlGuard {
    private static final int LONGEST = 200_000;
    private static final Set<String> TABLE_FUNCTIONS =
            Set.of("unnest", "range", "generate_series", "json_each", "json_tree", "repeat", "repeat_row");
    private static final Set<String> TABLE_KINDS = Set.of(
            "BASE_TABLE", "JOIN", "SUBQUERY", "TABLE_FUNCTION", "EXPRESSION_LIST", "EMPTY", "EMPTY_FROM", "PIVOT");
    private static final Set<String> FORBIDDEN = Set.of(
            "current_setting",
            "getvariable",
            "getenv",
            "nextval",
            "currval",
            "write_log",
            "stats",
            "setseed",
            "current_query",
            "json_serialize_plan",
            "json_execute_serialized_sql",
            "obj_description",
            "col_description",
            "shobj_description",
            "get_block_size",
            "map_to_pg_oid",
            "parse_duckdb_log_message");
    /** They go down into a value level by level, without a limit: a text of a megabyte that only opens brackets ends the process. */
    private static final Set<String> BOTTOMLESS = Set.of(
            "json_structure",
            "json_group_structure",
            "json_contains",
            "json_merge_patch",
            "json_transform",
            "json_transform_strict",
            "from_json",
            "from_json_strict");

    /** So does a cast to this type. */
    private static final String BOTTOMLESS_TYPE = "VARIANT";

    private static final List<String> FORBIDDEN_PREFIXES = List.of("pg_", "has_", "inet_", "__internal_", "duckdb_");

    private final Session session;

    SqlGuard(Session session) {
        this.session = session;
    }

    /**
     * Check a whole query.
     *
     * @param inputs the tables it may name
     */
    void query(String sql, Set<String> inputs) {
        Set<String> known = inputs.stream().map(SqlGuard::fold).collect(Collectors.toSet());
        walk(statement(sql), known);
    }

    /** Check an expression over columns; subqueries may use {@code inputs}. */
    void expression(String expression, Set<String> inputs) {
        JsonObject node = statement("SELECT (\n" + expression + "\n)");
        boolean alone = "SELECT_NODE".equals(node.getString("type"))
                && node.getJsonArray("select_list").size() == 1
                && node.getJsonObject("from_table").getString("type").startsWith("EMPTY")
                && node.getJsonArray("modifiers").isEmpty()
                && node.getValue("where_clause") == null
                && node.getValue("having") == null
                && node.getValue("qualify") == null
                && node.getValue("sample") == null
                && node.getJsonArray("group_expressions").isEmpty();
        if (!alone) {
            throw TableProblem.BAD_SQL.failure("Tables: '" + PluginException.excerpt(expression)
                    + "' is not a single expression. Write one, such as price * 1.2.");
        }
        walk(node, inputs.stream().map(SqlGuard::fold).collect(Collectors.toSet()));
    }

    private JsonObject statement(String sql) {
        if (sql.length() > LONGEST) {
            throw TableProblem.BAD_SQL.failure(
                    "Tables: the SQL has " + sql.length() + " characters; at most " + LONGEST + " are taken.");
        }
        Sql.text(sql);
        JsonObject parsed = parse(sql);
        if (Boolean.TRUE.equals(parsed.getBoolean("error"))) {
            throw "not implemented".equals(parsed.getString("error_type"))
                    ? forbidden("it is not a SELECT (a PIVOT without IN is none either)")
                    : TableProblem.BAD_SQL.failure("Tables: the SQL cannot be read: "
                            + parsed.getString("error_message") + position(parsed) + ". Check it near there.");
        }
        JsonArray statements = parsed.getJsonArray("statements");
        if (statements.size() != 1) {
            throw forbidden("it holds " + statements.size() + " statements");
        }
        return statements.getJsonObject(0).getJsonObject("node");
    }

    private JsonObject parse(String sql) {
        try {
            String tree = session.one(
                    "SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", List.of(sql), row -> row.getString(1));
            return new JsonObject(tree);
        } catch (DecodeException e) {
            throw TableProblem.BAD_SQL.failure("Tables: the SQL is nested too deeply. Write it with fewer levels.", e);
        }
    }

    private static String position(JsonObject parsed) {
        String at = parsed.getString("position");
        return at == null ? "" : " (character " + (Integer.parseInt(at) + 1) + ")";
    }

    private void walk(Object node, Set<String> known) {
        if (node instanceof JsonArray list) {
            list.forEach(item -> descend(item, known));
        } else if (node instanceof JsonObject object) {
            Set<String> scope = defined(object, known);
            check(object, scope);
            for (String field : object.fieldNames()) {
                if (!field.equals("cte_map")) {
                    descend(object.getValue(field), scope);
                }
            }
        }
    }

    private void descend(Object value, Set<String> known) {
        if (value instanceof JsonObject || value instanceof JsonArray) {
            walk(value, known);
        }
    }

    /** What can be named within {@code node}: its common table expressions come one after the other, each seeing the ones before. */
    private Set<String> defined(JsonObject node, Set<String> known) {
        Set<String> scope = known;
        if (node.getValue("cte_map") instanceof JsonObject map && map.getValue("map") instanceof JsonArray entries) {
            for (Object entry : entries) {
                JsonObject definition = (JsonObject) entry;
                walk(definition.getValue("value"), scope);
                scope = with(scope, definition.getString("key"));
            }
        }
        return "RECURSIVE_CTE_NODE".equals(node.getValue("type")) ? with(scope, node.getString("cte_name")) : scope;
    }

    private static Set<String> with(Set<String> scope, String name) {
        Set<String> more = new HashSet<>(scope);
        more.add(fold(name));
        return more;
    }

    private static void check(JsonObject node, Set<String> known) {
        if (BOTTOMLESS_TYPE.equals(node.getValue("id")) && node.containsKey("type_info")) {
            throw forbidden("it uses the type VARIANT, whose values may nest without end");
        }
        if ("FUNCTION".equals(node.getValue("class")) || "WINDOW".equals(node.getValue("class"))) {
            function(node);
        } else if (!node.containsKey("class")
                && node.containsKey("sample")
                && node.containsKey("alias")
                && node.getValue("type") instanceof String kind) {
            table(kind, node, known);
        }
    }

    private static void function(JsonObject node) {
        String name = fold(node.getString("function_name", ""));
        // the parser itself writes main.list_value for [1, 2]
        String schema = node.getString("schema", "");
        unqualified(schema.equals("main") ? "" : schema, node.getString("catalog", ""), name);
        if (FORBIDDEN.contains(name) || FORBIDDEN_PREFIXES.stream().anyMatch(name::startsWith)) {
            throw forbidden("it calls the function '" + name + "'");
        }
        if (BOTTOMLESS.contains(name)) {
            throw forbidden(
                    "it calls the function '" + name + "', whose values may nest without end; read JSON by paths,"
                            + " such as column->>'$.name', or cast it to the type that it has");
        }
    }

    private static void table(String kind, JsonObject node, Set<String> known) {
        if (!TABLE_KINDS.contains(kind)) {
            throw forbidden("it reads from " + kind.toLowerCase(Locale.ROOT));
        }
        switch (kind) {
            case "BASE_TABLE" -> {
                String name = node.getString("table_name");
                unqualified(node.getString("schema_name", ""), node.getString("catalog_name", ""), name);
                if (!known.contains(fold(name))) {
                    throw TableProblem.NO_SUCH_TABLE.failure("Tables: the SQL names '" + PluginException.excerpt(name)
                            + "', which is none of its inputs." + NearestNames.hint(name, known)
                            + " Files are read by a plugin that may read them, not by SQL.");
                }
            }
            case "TABLE_FUNCTION" -> {
                String name = fold(node.getJsonObject("function").getString("function_name", ""));
                if (!TABLE_FUNCTIONS.contains(name)) {
                    throw forbidden("it calls the table function '" + name + "'");
                }
            }
            default -> {}
        }
    }

    private static void unqualified(String schema, String catalog, String name) {
        if (!schema.isEmpty() || !catalog.isEmpty()) {
            throw forbidden("it qualifies the name '" + PluginException.excerpt(name) + "' with a schema");
        }
    }

    private static PluginException forbidden(String why) {
        return TableProblem.FORBIDDEN_SQL.failure("Tables: the SQL is refused: " + why
                + ". Give one SELECT over the named inputs; files are read and written by plugins that may.");
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
