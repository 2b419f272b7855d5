package io.dataprism.sandbox.completeness;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the JDK's security manager was asked, while there was one, as far as it tells the kind of what is done then. */
enum Checks {
    FILES("file-access"),
    NETWORK("network-access"),
    PROGRAMS("process-start"),
    NATIVE("native-access"),
    /** The screen, the clipboard, printers, sound, the end of the process. */
    DEVICES(""),
    /** Threads, reflection, class loading, settings: what the JDK does for itself all the time. */
    MECHANISM(""),
    /** No check of the security manager's: a class is found by its name, or a method called by reflection, for somebody else. */
    CODE("");

    /** The permission that a rule must take; empty where any will do. */
    final String permission;

    Checks(String permission) {
        this.permission = permission;
    }

    private static final Map<Checks, String[]> PACKAGES = new EnumMap<>(Map.of(
            FILES, new String[] {"java.io.File", "sun.nio.fs."},
            NETWORK, new String[] {"java.net.", "sun.net.", "sun.nio.ch.", "jdk.internal.net."},
            PROGRAMS, new String[] {"java.lang.Process"},
            DEVICES, new String[] {"java.awt.", "sun.awt.", "com.sun.media.sound.", "sun.print.", "sun.swing."}));

    /** What the call of a check in {@code method} asks; empty where the call is none. */
    static Optional<Checks> asked(Call call, CodeMethod method) {
        boolean ofController = call.owner().equals("java/security/AccessController");
        if (!ofController && !call.owner().equals("java/lang/SecurityManager")) {
            return Optional.empty();
        }
        return switch (call.name()) {
            case "checkRead", "checkWrite", "checkDelete" -> Optional.of(FILES);
            case "checkAccept", "checkConnect", "checkListen", "checkMulticast" -> Optional.of(NETWORK);
            case "checkExec" -> Optional.of(PROGRAMS);
            case "checkLink" -> Optional.of(NATIVE);
            case "checkExit", "checkPrintJobAccess" -> Optional.of(DEVICES);
            case "checkPermission" -> Optional.of(by(method));
            default -> call.name().startsWith("check") ? Optional.of(MECHANISM) : Optional.empty();
        };
    }

    /** Where nothing but the permission says what is asked: by who asks. */
    private static Checks by(CodeMethod method) {
        return PACKAGES.entrySet().stream()
                .filter(each -> Stream.of(each.getValue()).anyMatch(method.toString()::startsWith))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(MECHANISM);
    }
}
