package io.dataprism.kernel.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the plugin API that this kernel offers: that of the build. */
public final class ApiVersion {
    /** What a manifest's {@code api} range must include. */
    public static final Version CURRENT = load();

    private ApiVersion() {}

    private static Version load() {
        try (InputStream in = ApiVersion.class.getResourceAsStream("api.properties")) {
            if (in == null) {
                throw new IllegalStateException("The kernel's jar lacks api.properties");
            }
            Properties properties = new Properties();
            properties.load(in);
            return Version.of(properties.getProperty("version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
