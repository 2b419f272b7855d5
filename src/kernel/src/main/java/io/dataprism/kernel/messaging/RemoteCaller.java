package io.dataprism.kernel.messaging;

import io.dataprism.api.Caller;
import io.dataprism.api.PluginId;
import java.util.Optional;

/** How a caller is written in a header: {@link Caller#toString}, for example {@code plugin:weather} or {@code user:ann}. */
public final class RemoteCaller {
    private static final String PLUGIN = "plugin:";
    private static final String USER = "user:";

    private RemoteCaller() {}

    public static String write(Caller caller) {
        return caller.toString();
    }

    public static Optional<Caller> read(String text) {
        if (text.equals(Caller.HOST.toString())) {
            return Optional.of(Caller.HOST);
        }
        if (text.equals(Caller.OPERATOR.toString())) {
            return Optional.of(Caller.OPERATOR);
        }
        if (text.startsWith(USER)) {
            return Optional.of(Caller.user(text.substring(USER.length())));
        }
        if (text.startsWith(PLUGIN) && PluginId.isValid(text.substring(PLUGIN.length()))) {
            return Optional.of(Caller.plugin(new PluginId(text.substring(PLUGIN.length()))));
        }
        return Optional.empty();
    }
}
