package attack;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Authenticator;
import java.net.CacheRequest;
import java.net.CacheResponse;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.security.Permission;
import java.security.Provider;
import java.security.Security;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/** What the whole JVM shares: environment, properties, defaults, streams. */
final class SettingAttacks {
    private SettingAttacks() {}

    /** Time zones of its own. */
    public static final class OwnZones extends ZoneRulesProvider {
        @Override
        protected Set<String> provideZoneIds() {
            return Set.of("Attack/Zone");
        }

        @Override
        protected ZoneRules provideRules(String id, boolean cached) {
            return ZoneRules.of(java.time.ZoneOffset.UTC);
        }

        @Override
        protected NavigableMap<String, ZoneRules> provideVersions(String id) {
            return new TreeMap<>();
        }
    }

    /** Cryptography of its own. */
    private static final class OwnProvider extends Provider {
        OwnProvider() {
            super("Attack", "1", "attack");
        }
    }

    @Attack(says = "Reads a variable of the environment.", target = "environment", by = Proof.LEAK)
    public static final class ReadVariable extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return System.getenv("DATAPRISM_ATTACKS_WORD");
        }
    }

    @Attack(says = "Reads the whole environment.", target = "environment", by = Proof.LEAK)
    public static final class ReadVariables extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return System.getenv().toString();
        }
    }

    @Attack(
            says = "Reads the environment that a program would be started with.",
            target = "environment",
            by = Proof.LEAK)
    public static final class ReadChildsVariables extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return new ProcessBuilder("true").environment().toString();
        }
    }

    @Attack(says = "Reads a property of the JVM.", target = "system-properties:read", by = Proof.LEAK)
    public static final class ReadProperty extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return System.getProperty("dataprism.attacks.word");
        }
    }

    @Attack(
            says = "Reads a property of the JVM with a method reference.",
            target = "system-properties:read",
            by = Proof.LEAK)
    public static final class ReadPropertyByReference extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            java.util.function.UnaryOperator<String> read = System::getProperty;
            return read.apply("dataprism.attacks.word");
        }
    }

    @Attack(says = "Reads all properties of the JVM.", target = "system-properties:read", by = Proof.LEAK)
    public static final class ReadProperties extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return System.getProperties().toString();
        }
    }

    @Attack(
            says = "Reads a number among the properties of the JVM.",
            target = "system-properties:read",
            by = Proof.LEAK)
    public static final class ReadNumber extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return String.valueOf(Integer.getInteger("dataprism.attacks.number"));
        }
    }

    @Attack(
            says = "Reads a long number among the properties of the JVM.",
            target = "system-properties:read",
            by = Proof.LEAK)
    public static final class ReadLongNumber extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return String.valueOf(Long.getLong("dataprism.attacks.number", 1L));
        }
    }

    @Attack(says = "Sets a property of the JVM.", target = "system-properties:write", by = Proof.SETTING)
    public static final class SetProperty extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return System.setProperty("dataprism.attacks.set", "attack");
        }
    }

    @Attack(says = "Removes a property of the JVM.", target = "system-properties:write", by = Proof.SETTING)
    public static final class ClearProperty extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return System.clearProperty("dataprism.attacks.number");
        }
    }

    @Attack(says = "Replaces the properties of the JVM.", target = "system-properties:write", by = Proof.SETTING)
    public static final class ReplaceProperties extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Properties mine = new Properties();
            mine.putAll(System.getProperties());
            mine.put("dataprism.attacks.set", "attack");
            System.setProperties(mine);
            return null;
        }
    }

    @Attack(says = "Changes the locale of the JVM.", target = "system-properties:write", by = Proof.SETTING)
    public static final class SetLocale extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Locale.setDefault(Locale.forLanguageTag("eo"));
            return null;
        }
    }

    @Attack(
            says = "Changes the locale in which the JVM formats.",
            target = "system-properties:write",
            by = Proof.SETTING)
    public static final class SetFormatLocale extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("eo"));
            return null;
        }
    }

    @Attack(says = "Changes the time zone of the JVM.", target = "system-properties:write", by = Proof.SETTING)
    public static final class SetTimeZone extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            return null;
        }
    }

    @Attack(says = "Adds a time zone to those of the JVM.", target = "system-properties:write", by = Proof.SETTING)
    public static final class AddZones extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            ZoneRulesProvider.registerProvider(new OwnZones());
            return null;
        }
    }

    @Attack(says = "Sets a security property of the JVM.", target = "system-properties:write", by = Proof.SETTING)
    public static final class SetSecurityProperty extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Security.setProperty("dataprism.attacks.set", "attack");
            return null;
        }
    }

    @Attack(
            says = "Adds a provider of cryptography.",
            target = "system-properties:write",
            with = "class-loading",
            by = Proof.SETTING)
    public static final class AddProvider extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Security.addProvider(new OwnProvider());
        }
    }

    @Attack(
            says = "Puts a provider of cryptography before all others.",
            target = "system-properties:write",
            with = "class-loading",
            by = Proof.SETTING)
    public static final class AddFirstProvider extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Security.insertProviderAt(new OwnProvider(), 1);
        }
    }

    @Attack(
            says = "Changes an entry of a provider of cryptography that all use.",
            target = "system-properties:write",
            by = Proof.SETTING)
    public static final class ChangeProvider extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Security.getProviders()[0].put("MessageDigest.ATTACK", "attack.Nothing");
        }
    }

    @Attack(says = "Removes a provider of cryptography.", target = "system-properties:write", by = Proof.SETTING)
    public static final class RemoveProvider extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Security.removeProvider(Security.getProviders()[Security.getProviders().length - 1].getName());
            return null;
        }
    }

    @Attack(says = "Sets the policy of the JVM.", target = "never", by = Proof.SETTING, closed = 24)
    public static final class SetPolicy extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            java.security.Policy.setPolicy(new java.security.Policy() {});
            return null;
        }
    }

    @Attack(says = "Sets a security manager.", target = "never", by = Proof.SETTING, closed = 18)
    public static final class SetSecurityManager extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            System.setSecurityManager(new SecurityManager() {
                @Override
                public void checkPermission(Permission permission) {}
            });
            return null;
        }
    }

    @Attack(says = "Replaces the standard output.", target = "never", by = Proof.SETTING)
    public static final class SetOut extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            System.setOut(new PrintStream(new ByteArrayOutputStream()));
            return null;
        }
    }

    @Attack(says = "Replaces the standard error output.", target = "never", by = Proof.SETTING)
    public static final class SetErr extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            System.setErr(new PrintStream(new ByteArrayOutputStream()));
            return null;
        }
    }

    @Attack(says = "Replaces the standard input.", target = "never", by = Proof.SETTING)
    public static final class SetIn extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            System.setIn(new ByteArrayInputStream(new byte[0]));
            return null;
        }
    }

    @Attack(says = "Closes the standard output of the node.", target = "never", by = Proof.SETTING)
    public static final class CloseOut extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            System.out.close();
            return null;
        }
    }

    @Attack(says = "Closes the standard error output of the node.", target = "never", by = Proof.SETTING)
    public static final class CloseErr extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            System.err.close();
            return null;
        }
    }

    @Attack(says = "Reads what is written to the node's standard input.", target = "never", by = Proof.LEAK)
    public static final class ReadIn extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            byte[] read = new byte[200];
            return new String(read, 0, System.in.read(read));
        }
    }

    @Attack(says = "Reads the node's standard input by its descriptor.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReadDescriptor extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            byte[] read = new byte[200];
            return new String(read, 0, new java.io.FileInputStream(java.io.FileDescriptor.in).read(read));
        }
    }

    @Attack(says = "Decides by which proxies the JVM connects.", target = "never", by = Proof.SETTING)
    public static final class SetProxies extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            ProxySelector.setDefault(new ProxySelector() {
                @Override
                public List<Proxy> select(URI address) {
                    return List.of(Proxy.NO_PROXY);
                }

                @Override
                public void connectFailed(URI address, SocketAddress proxy, IOException failure) {}
            });
            return null;
        }
    }

    @Attack(says = "Is asked for the passwords of the JVM.", target = "never", by = Proof.SETTING)
    public static final class SetAuthenticator extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Authenticator.setDefault(new Authenticator() {
                @Override
                protected PasswordAuthentication getPasswordAuthentication() {
                    return new PasswordAuthentication("attack", new char[0]);
                }
            });
            return null;
        }
    }

    @Attack(says = "Sees the cookies of the JVM.", target = "never", by = Proof.SETTING)
    public static final class SetCookies extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            CookieHandler.setDefault(new CookieManager());
            return null;
        }
    }

    @Attack(says = "Sees the web answers of the JVM.", target = "never", by = Proof.SETTING)
    public static final class SetCache extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            ResponseCache.setDefault(new ResponseCache() {
                @Override
                public CacheResponse get(URI address, String method, Map<String, List<String>> headers) {
                    return null;
                }

                @Override
                public CacheRequest put(URI address, URLConnection connection) {
                    return null;
                }
            });
            return null;
        }
    }

    @Attack(says = "Decides how the JVM opens URLs.", target = "never", by = Proof.SETTING)
    public static final class SetUrlFactory extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            URL.setURLStreamHandlerFactory(scheme -> {
                lab.say(scheme);
                return null;
            });
            return null;
        }
    }

    @Attack(says = "Decides how the JVM reads contents of the web.", target = "never", by = Proof.SETTING)
    public static final class SetContentFactory extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            URLConnection.setContentHandlerFactory(type -> {
                lab.say(type);
                return null;
            });
            return null;
        }
    }

    @Attack(says = "Decides which type a file name means.", target = "never", by = Proof.SETTING)
    public static final class SetFileNames extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            URLConnection.setFileNameMap(name -> "attack/attack");
            return null;
        }
    }

    @Attack(says = "Decides whether URL connections cache.", target = "never", by = Proof.SETTING)
    public static final class SetUrlCaches extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            URLConnection.setDefaultUseCaches("jar", false);
            return null;
        }
    }

    @Attack(says = "Decides whether the JVM follows redirects.", target = "never", by = Proof.SETTING)
    public static final class SetRedirects extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            HttpURLConnection.setFollowRedirects(false);
            return null;
        }
    }

    @Attack(says = "Has the JVM trust every host.", target = "never", by = Proof.SETTING)
    public static final class SetHostVerifier extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> true);
            return null;
        }
    }

    @Attack(says = "Decides how the JVM speaks TLS.", target = "never", by = Proof.SETTING)
    public static final class SetTls extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            SSLContext mine = SSLContext.getInstance("TLS");
            mine.init(null, null, null);
            SSLContext.setDefault(mine);
            return null;
        }
    }

    @Attack(says = "Decides what objects the JVM reads.", target = "never", by = Proof.SETTING)
    public static final class SetSerialFilter extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            java.io.ObjectInputFilter.Config.setSerialFilter(seen -> java.io.ObjectInputFilter.Status.ALLOWED);
            return null;
        }
    }

    @Attack(says = "Decides how the JVM makes sockets.", target = "never", by = Proof.SETTING)
    public static final class SetSocketFactory extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            java.net.Socket.setSocketImplFactory(() -> {
                lab.say("socket");
                return null;
            });
            return null;
        }
    }

    @Attack(says = "Registers a property editor for a type.", target = "class-loading", by = Proof.SETTING)
    public static final class SetEditor extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            java.beans.PropertyEditorManager.registerEditor(Lab.class, java.beans.PropertyEditorSupport.class);
            java.beans.PropertyEditorManager.setEditorSearchPath(new String[] {"attack"});
            return null;
        }
    }

    @Attack(says = "Decides where the JVM looks for descriptions of beans.", target = "reflection", by = Proof.SETTING)
    public static final class SetBeanPath extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            java.beans.Introspector.setBeanInfoSearchPath(new String[] {"attack"});
            return null;
        }
    }

    @Attack(says = "Hears of the database connections of the JVM.", target = "never", by = Proof.SETTING)
    public static final class SetSqlLog extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            java.sql.DriverManager.setLogWriter(new java.io.PrintWriter(new java.io.StringWriter()));
            return null;
        }
    }

    @Attack(
            says = "Decides how long the JVM waits for databases.",
            target = "system-properties:write",
            by = Proof.SETTING)
    public static final class SetSqlTimeout extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            java.sql.DriverManager.setLoginTimeout(1234);
            return null;
        }
    }

    @Attack(
            says = "Adds a reader of images to those of the JVM, by the jar's list of services.",
            target = "class-loading",
            by = Proof.SETTING)
    public static final class AddImageReader extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            javax.imageio.ImageIO.scanForPlugins();
            return null;
        }
    }

    @Attack(says = "Sets a default of Swing for the whole JVM.", target = "system-properties:write", by = Proof.SETTING)
    public static final class SetLookAndFeel extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            javax.swing.UIManager.put("dataprism.attacks.set", "attack");
            return null;
        }
    }

    @Attack(says = "Changes the preferences of the machine's user.", target = "file-access:write", by = Proof.SETTING)
    public static final class ClearPreferences extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            java.util.prefs.Preferences.userRoot().put("dataprism-attacks", "attack");
            return null;
        }
    }

    @Attack(says = "Has the host asked for its passwords.", target = "never", by = Proof.LEAK)
    public static final class AskPassword extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return new String(Authenticator.requestPasswordAuthentication(
                            "allowed.example", java.net.InetAddress.getLoopbackAddress(), 80, "http", "attack", "basic")
                    .getPassword());
        }
    }
}
