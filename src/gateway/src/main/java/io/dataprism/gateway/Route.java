package io.dataprism.gateway;

import java.util.regex.Pattern;

/** What a path leads to. */
enum Route {
    /** A socket whose messages are frames. */
    RAW,
    /** A socket of the SockJS protocol. */
    SOCKJS,
    /** What a SockJS client asks first. */
    INFO,
    HEALTH,
    NONE;

    private static final Pattern SOCKJS_PATH = Pattern.compile("/eventbus/[^/.]{1,64}/[^/.]{1,64}/websocket");

    static Route of(String path) {
        return switch (path) {
            case "/eventbus", "/eventbus/websocket" -> RAW;
            case "/eventbus/info" -> INFO;
            case "/health" -> HEALTH;
            default -> SOCKJS_PATH.matcher(path).matches() ? SOCKJS : NONE;
        };
    }
}
