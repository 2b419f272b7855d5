package io.dataprism.bench.plugin;

import java.io.File;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Calls of the JDK that take a permission, each at a site of its own. */
@SuppressWarnings("removal") // where there is a SecurityManager, it is beside the kernel what is measured
public final class CallingSites implements IntToLongFunction {
    public static final String PROPERTY = "java.version";
    public static final String FILE = "/etc/hostname";
    private static final String HOST = "127.0.0.1";
    private static final int PORT = 443;

    private final String site;

    /** @param site {@code fixed}, {@code text}, {@code host} or {@code path} */
    public CallingSites(String site) {
        this.site = site;
    }

    /** What a plugin must hold for all of them. */
    public static List<String> permissions() {
        return List.of(
                "class-loading",
                "system-properties:read:" + PROPERTY,
                "network-access:dns://" + HOST,
                "file-access:read:" + FILE);
    }

    @Override
    public long applyAsLong(int times) {
        return switch (site) {
            case "fixed" -> fixed(times);
            case "text" -> text(times);
            case "host" -> host(times);
            case "path" -> path(times);
            default -> throw new IllegalArgumentException("There is no site '" + site + "'.");
        };
    }

    private static long fixed(int times) {
        long found = 0;
        for (int i = 0; i < times; i++) {
            found += ClassLoader.getPlatformClassLoader() == null ? 0 : 1;
        }
        return found;
    }

    private static long text(int times) {
        long found = 0;
        for (int i = 0; i < times; i++) {
            found += System.getProperty(PROPERTY) == null ? 0 : 1;
        }
        return found;
    }

    /** Of an address that is written as numbers nothing is looked up, for which the JDK asks no SecurityManager: it asks when it connects. */
    @SuppressWarnings("AddressSelection") // the call is what is measured
    private static long host(int times) {
        long found = 0;
        try {
            for (int i = 0; i < times; i++) {
                SecurityManager manager = System.getSecurityManager();
                if (manager != null) {
                    manager.checkConnect(HOST, PORT);
                }
                found += InetAddress.getByName(HOST) == null ? 0 : 1;
            }
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static long path(int times) {
        long found = 0;
        for (int i = 0; i < times; i++) {
            found += new File(FILE).exists() ? 1 : 0;
        }
        return found;
    }
}
