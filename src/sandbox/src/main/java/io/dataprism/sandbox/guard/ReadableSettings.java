package io.dataprism.sandbox.guard;

import io.dataprism.sandbox.rules.RuleTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What a plugin has for all properties of the JVM, and for all variables of its environment: these themselves where it may read, and change, all of them,
 * otherwise a copy of those that it may read. Libraries ask for all of them and look for a few.
 */
final class ReadableSettings {
    private static final String PROPERTIES = "system-properties";
    private static final String ENVIRONMENT = "environment";

    private ReadableSettings() {}

    static Properties properties(CallGuard guard) {
        if (guard.mayCall(PROPERTIES, "")) {
            return System.getProperties();
        }
        Properties readable = new Properties();
        for (String name : System.getProperties().stringPropertyNames()) {
            String scope = "read:" + name;
            String value = System.getProperty(name);
            if (value != null && (RuleTable.standard().isOpen(PROPERTIES, scope) || guard.mayCall(PROPERTIES, scope))) {
                readable.setProperty(name, value);
            }
        }
        return readable;
    }

    static Map<String, String> environment(CallGuard guard) {
        if (guard.mayCall(ENVIRONMENT, "")) {
            return System.getenv();
        }
        Map<String, String> readable = new HashMap<>(System.getenv());
        readable.keySet().removeIf(name -> !guard.mayCall(ENVIRONMENT, name));
        return Map.copyOf(readable);
    }
}
