package io.dataprism.attacks.host;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.beans.Introspector;
import java.beans.PropertyEditorManager;
import java.io.ObjectInputFilter;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.HttpURLConnection;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.net.URLConnection;
import java.security.Provider;
import java.security.Security;
import java.sql.DriverManager;
import java.time.zone.ZoneRulesProvider;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.prefs.Preferences;
import java.util.stream.Collectors;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.swing.UIManager;
import org.jspecify.annotations.Nullable;

/** What all code in a JVM shares, each with a text that is another once somebody changed it. Looking changes nothing. */
final class SharedSettings {
    /** The property that attacks set. */
    private static final String SET = "dataprism.attacks.set";

    private final Map<String, String> values = new TreeMap<>();

    private SharedSettings() {}

    static Map<String, String> look() throws Exception {
        SharedSettings settings = new SharedSettings();
        settings.lookAtDefaults();
        settings.lookAtStreams();
        settings.lookAtNetwork();
        settings.lookAtSecurity();
        settings.lookAtLogging();
        settings.lookAtLibraries();
        settings.lookAtManagement();
        return settings.values;
    }

    private void put(String name, @Nullable Object value) {
        values.put(name, String.valueOf(value));
    }

    private void same(String name, @Nullable Object object) {
        put(name, object == null ? null : object.getClass().getName() + "@" + System.identityHashCode(object));
    }

    private void lookAtDefaults() {
        put("locale", Locale.getDefault());
        put("locale of formats", Locale.getDefault(Locale.Category.FORMAT));
        put("time zone", TimeZone.getDefault().getID());
        put("time zones", ZoneRulesProvider.getAvailableZoneIds().contains("Attack/Zone"));
        put("property", System.getProperty(SET));
        put("property that was there", System.getProperty("dataprism.attacks.number"));
        put("preferences", Preferences.userRoot().get("dataprism-attacks", null));
        same("failures of threads", Thread.getDefaultUncaughtExceptionHandler());
    }

    private void lookAtStreams() {
        same("standard input", System.in);
        stream("standard output", System.out);
        stream("standard error", System.err);
    }

    private void stream(String name, PrintStream stream) {
        same(name, stream);
        stream.print("");
        put(name + " is broken", stream.checkError());
    }

    private void lookAtNetwork() throws Exception {
        same("proxies", ProxySelector.getDefault());
        same("passwords", Authenticator.getDefault());
        same("cookies", CookieHandler.getDefault());
        same("answers", ResponseCache.getDefault());
        put("file names", URLConnection.getFileNameMap().getContentTypeFor("x.attack"));
        put("caches of URLs", URLConnection.getDefaultUseCaches("jar"));
        put("redirects", HttpURLConnection.getFollowRedirects());
        same("names of hosts", HttpsURLConnection.getDefaultHostnameVerifier());
        same("TLS", SSLContext.getDefault());
    }

    @SuppressWarnings("removal")
    private void lookAtSecurity() throws ReflectiveOperationException {
        put("security property", Security.getProperty(SET));
        put(
                "providers",
                Arrays.stream(Security.getProviders()).map(Provider::getName).toList());
        put("digest of a provider", Security.getProviders()[0].get("MessageDigest.ATTACK"));
        if (Runtime.version().feature() < 24) {
            same("policy", java.security.Policy.getPolicy());
        }
        same("security manager", System.getSecurityManager());
        same("filter of objects", ObjectInputFilter.Config.getSerialFilter());
        put("signal", handlerOfHangUp().getClass().getName());
    }

    /** A new object each time, of a class that tells whose it is. By reflection: the compiler warns of these types wherever they are named. */
    private static Object handlerOfHangUp() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Method handle = signal.getMethod("handle", signal, handler);
        Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
        Object before = handle.invoke(null, hangUp, handler.getField("SIG_DFL").get(null));
        handle.invoke(null, hangUp, before);
        return before;
    }

    private void lookAtLogging() {
        Logger root = LogManager.getLogManager().getLogger("");
        put("level of logs", root.getLevel());
        same("filter of logs", root.getFilter());
        int number = 0;
        for (Handler handler : root.getHandlers()) {
            String name = "handler " + number++;
            same(name, handler);
            put(name + "'s level", handler.getLevel());
            same(name + "'s filter", handler.getFilter());
            same(name + "'s form", handler.getFormatter());
            same(name + "'s failures", handler.getErrorManager());
        }
        Logger own = LogManager.getLogManager().getLogger("dataprism.attacks");
        put("a logger", own == null ? null : own.getClass().getName());
    }

    private void lookAtLibraries() {
        put("path of beans", Arrays.toString(Introspector.getBeanInfoSearchPath()));
        put("path of editors", Arrays.toString(PropertyEditorManager.getEditorSearchPath()));
        same("log of databases", DriverManager.getLogWriter());
        put("patience with databases", DriverManager.getLoginTimeout());
        put("a default of Swing", UIManager.get(SET));
        IIORegistry images = IIORegistry.getDefaultInstance();
        StringBuilder readers = new StringBuilder();
        images.getServiceProviders(ImageReaderSpi.class, false)
                .forEachRemaining(
                        reader -> readers.append(reader.getClass().getName()).append(' '));
        put("readers of images", readers.toString().contains("attack."));
    }

    private void lookAtManagement() throws Exception {
        put(
                "beans",
                ManagementFactory.getPlatformMBeanServer().queryNames(null, null).stream()
                        .map(name -> name.getDomain())
                        .filter("attack"::equals)
                        .collect(Collectors.joining()));
        put(
                "an option of the JVM",
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .getVMOption("HeapDumpOnOutOfMemoryError")
                        .getValue());
    }
}
