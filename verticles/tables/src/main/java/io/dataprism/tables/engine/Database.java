package io.dataprism.tables.engine;

import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * One DuckDB in memory, locked down, and the sessions on it. Safe to use from any thread.
 *
 * <p>External access cannot be turned on again within a database, and the locked configuration keeps the list of reachable folders as it is: the gate,
 * and the spill folder, which DuckDB adds by itself.
 */
final class Database implements AutoCloseable {
    /** The schema that holds the stored tables; no caller's SQL can name it, since qualified names are refused. */
    static final String STORE = "store";

    private final DuckDBConnection root;
    private final EngineOptions options;
    private final Set<Session> sessions = Collections.newSetFromMap(new ConcurrentHashMap<>());
    private final ScheduledThreadPoolExecutor clock;
    private volatile boolean closing;

    private Database(DuckDBConnection root, EngineOptions options) {
        this.root = root;
        this.options = options;
        this.clock = new ScheduledThreadPoolExecutor(1, action -> {
            Thread thread = new Thread(action, "dataprism-tables-limit");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
    }

    static Database open(EngineOptions options, Path gate) {
        try {
            DuckDBConnection root =
                    (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", properties(options, gate));
            Database database = new Database(root, options);
            try (Session session = database.session()) {
                session.run("CREATE SCHEMA " + STORE);
                session.run("SET lock_configuration = true");
            }
            return database;
        } catch (SQLException e) {
            throw TableProblem.ENGINE.failure(
                    "Tables: the embedded database does not start: " + e.getMessage()
                            + ". Look whether the node may load native libraries and its work folder is writable.",
                    e);
        }
    }

    private static Properties properties(EngineOptions options, Path gate) {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        properties.setProperty("memory_limit", options.memoryBytes() + "B");
        properties.setProperty(
                "temp_directory", options.folder().resolve("spill").toString());
        properties.setProperty("max_temp_directory_size", options.spillBytes() + "B");
        properties.setProperty("threads", String.valueOf(options.threads()));
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("allow_community_extensions", "false");
        // Each file comes under a name that is used once: a cache by names would only take memory and time
        properties.setProperty("enable_external_file_cache", "false");
        properties.setProperty("allowed_directories", "[" + Sql.text(gate.toString()) + "]");
        properties.setProperty("enable_external_access", "false");
        return properties;
    }

    Session session() {
        if (closing) {
            throw stopped();
        }
        try {
            Session session = new Session(this, root.duplicate());
            sessions.add(session);
            return session;
        } catch (SQLException e) {
            throw closing
                    ? stopped()
                    : TableProblem.ENGINE.failure("Tables: no further connection: " + e.getMessage(), e);
        }
    }

    void forget(Session session) {
        sessions.remove(session);
    }

    boolean isClosing() {
        return closing;
    }

    EngineOptions options() {
        return options;
    }

    /** Cancel {@code statement} when it is late. Cancel what this returns once the statement is done. */
    ScheduledFuture<?> limit(Statement statement, Runnable whenLate) {
        return clock.schedule(
                () -> {
                    whenLate.run();
                    statement.cancel();
                    return null;
                },
                options.statementLimit().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Cancels whatever runs. */
    @Override
    public void close() {
        closing = true;
        clock.shutdownNow();
        sessions.forEach(Session::cancel);
        sessions.forEach(Session::close);
        try {
            root.close();
            leaveDriverManager();
        } catch (SQLException e) {
            throw TableProblem.ENGINE.failure("Tables: the embedded database does not close: " + e.getMessage(), e);
        }
    }

    /** The driver registers itself when its class loads, which would keep this plugin's class loader alive. */
    private static void leaveDriverManager() throws SQLException {
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver instanceof DuckDBDriver) {
                DriverManager.deregisterDriver(driver);
            }
        }
    }

    static RuntimeException stopped() {
        return TableProblem.STOPPED.failure("Tables: the engine is stopping. Try again when the plugin runs.");
    }
}
