package library.h2;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;
import library.LibraryPlugin;
import org.h2.Driver;

/** A database in memory. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() throws Exception {
        try (Connection connection = new Driver().connect("jdbc:h2:mem:", new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE city(name VARCHAR PRIMARY KEY, people INT)");
            statement.execute("INSERT INTO city VALUES ('Bern', 134000), ('Basel', 175000), ('Chur', 37000)");
            try (ResultSet rows = statement.executeQuery(
                    "SELECT LISTAGG(name, ',') WITHIN GROUP (ORDER BY people DESC), AVG(people) FROM city WHERE people > 100000")) {
                rows.next();
                return rows.getString(1) + " " + rows.getInt(2);
            }
        }
    }
}
