package io.dataprism.bench.lane;

import io.dataprism.bench.plugin.AskingManager;
import io.dataprism.bench.plugin.CallingSites;
import java.io.FilePermission;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketPermission;
import java.security.CodeSource;
import java.security.Permission;
import java.security.Permissions;
import java.security.Policy;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.Objects;
import java.util.PropertyPermission;
import java.util.function.IntToLongFunction;

/** The JDK's SecurityManager, as the JDK has it, over code of a domain that holds certain permissions; everybody else holds all. */
@SuppressWarnings("removal") // it is what the kernel stands in for
final class SecurityManagerLane implements CheckLane {
    private final Permissions held;
    private final Class<?> type;
    private final Class<?> argument;
    private final Object value;
    private IntToLongFunction checked = times -> {
        throw Lanes.notOpen();
    };

    /** One permission that is asked for. */
    SecurityManagerLane(Question.Asked asked) {
        this(asked.held(), AskingManager.class, Permission.class, asked.wanted());
    }

    /** What a site of {@link CallingSites} calls. */
    SecurityManagerLane(String site) {
        this(forSites(), CallingSites.class, String.class, site);
    }

    private SecurityManagerLane(Permissions held, Class<?> type, Class<?> argument, Object value) {
        this.held = held;
        this.type = type;
        this.argument = argument;
        this.value = value;
    }

    private static Permissions forSites() {
        Permissions all = new Permissions();
        all.add(new RuntimePermission("getClassLoader"));
        all.add(new PropertyPermission(CallingSites.PROPERTY, "read"));
        all.add(new PropertyPermission("user.dir", "read"));
        all.add(new FilePermission(CallingSites.FILE, "read"));
        all.add(new SocketPermission("127.0.0.1:443", "connect,resolve"));
        return all;
    }

    @Override
    public void open() throws Exception {
        Policy.setPolicy(new AllowingPolicy());
        System.setSecurityManager(new SecurityManager());
        Held loader = new Held(type, new ProtectionDomain(new CodeSource(null, (Certificate[]) null), held));
        checked = (IntToLongFunction)
                loader.loadClass(type.getName()).getConstructor(argument).newInstance(value);
    }

    @Override
    public long check(int times) {
        return checked.applyAsLong(times);
    }

    @Override
    public void close() {
        System.setSecurityManager(null);
    }

    /** Of those that hold nothing by themselves. */
    private static final class AllowingPolicy extends Policy {
        @Override
        public boolean implies(ProtectionDomain domain, Permission permission) {
            return true;
        }
    }

    /** Defines one class in a domain. */
    private static final class Held extends ClassLoader {
        private final Map<String, ProtectionDomain> domains;

        Held(Class<?> type, ProtectionDomain domain) {
            super(type.getClassLoader());
            domains = Map.of(type.getName(), domain);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                ProtectionDomain domain = domains.get(name);
                return known != null || domain == null ? super.loadClass(name, resolve) : define(name, domain);
            }
        }

        private Class<?> define(String name, ProtectionDomain domain) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length, domain);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
