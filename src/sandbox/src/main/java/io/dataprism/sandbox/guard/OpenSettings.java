package io.dataprism.sandbox.guard;

import io.dataprism.sandbox.rules.RuleTable;
import io.dataprism.sandbox.rules.Target;

/**
 * Settings that every plugin may read: those that the rule table names as open, and those that are not there. Libraries ask for settings of their own
 * wherever they begin, and nearly always there are none.
 */
final class OpenSettings {
    private static final String PROPERTIES = "system-properties";
    private static final String ENVIRONMENT = "environment";
    private static final String READ = "read:";

    private OpenSettings() {}

    /** Whether that one is open, now and later. */
    static boolean areOpen(Target target) {
        return target.whole() && RuleTable.standard().isOpen(target.permission(), target.scope());
    }

    /** Whether there is no such setting, at this moment: another time the answer may be another one. */
    static boolean areMissing(Target target) {
        if (!target.whole()) {
            return false;
        }
        String scope = target.scope();
        if (target.permission().equals(PROPERTIES) && scope.startsWith(READ)) {
            String name = scope.substring(READ.length());
            return !name.isEmpty() && System.getProperty(name) == null;
        }
        return target.permission().equals(ENVIRONMENT) && !scope.isEmpty() && System.getenv(scope) == null;
    }
}
