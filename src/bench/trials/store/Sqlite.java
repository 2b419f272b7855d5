import java.nio.file.*;
import java.sql.*;
import java.util.*;

/** org.xerial:sqlite-jdbc, write-ahead log, synchronous=FULL; what it reads is asked of integrity_check first. */
final class Sqlite implements Candidate {
    private Connection connection;

    public void open(Path folder) throws Exception {
        connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("trial.sqlite"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode=wal");
            statement.execute("pragma synchronous=full");
            statement.execute("create table if not exists entries (name text primary key, bytes blob) without rowid");
        }
        connection.setAutoCommit(false);
    }

    public void write(Map<String, byte[]> batch) throws Exception {
        try (PreparedStatement put = connection.prepareStatement("insert or replace into entries values (?, ?)")) {
            for (Map.Entry<String, byte[]> entry : batch.entrySet()) {
                put.setString(1, entry.getKey());
                put.setBytes(2, entry.getValue());
                put.executeUpdate();
            }
        }
        connection.commit();
    }

    public SortedMap<String, byte[]> readAll() throws Exception {
        SortedMap<String, byte[]> all = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet check = statement.executeQuery("pragma integrity_check")) {
                check.next();
                if (!check.getString(1).equals("ok")) {
                    throw new SQLException("integrity_check: " + check.getString(1));
                }
            }
            try (ResultSet rows = statement.executeQuery("select name, bytes from entries order by name")) {
                while (rows.next()) {
                    all.put(rows.getString(1), rows.getBytes(2));
                }
            }
        }
        return all;
    }

    public void close() throws Exception {
        connection.rollback();
        connection.close();
    }
}
