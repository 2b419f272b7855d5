package io.dataprism.sandbox;

import java.io.IOException;
import java.net.URL;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** What a jar's manifest says of a package: the package's own section, then the main one. */
record PackageAttributes(
        @Nullable String specTitle,
        @Nullable String specVersion,
        @Nullable String specVendor,
        @Nullable String implTitle,
        @Nullable String implVersion,
        @Nullable String implVendor,
        @Nullable URL sealBase) {

    static PackageAttributes of(String packageName, ClassPathEntry entry) throws IOException {
        Manifest manifest = entry.manifest();
        if (manifest == null) {
            return new PackageAttributes(null, null, null, null, null, null, null);
        }
        Attributes own = manifest.getAttributes(packageName.replace('.', '/') + "/");
        Attributes main = manifest.getMainAttributes();
        boolean sealed = "true".equalsIgnoreCase(value(own, main, Name.SEALED));
        return new PackageAttributes(
                value(own, main, Name.SPECIFICATION_TITLE),
                value(own, main, Name.SPECIFICATION_VERSION),
                value(own, main, Name.SPECIFICATION_VENDOR),
                value(own, main, Name.IMPLEMENTATION_TITLE),
                value(own, main, Name.IMPLEMENTATION_VERSION),
                value(own, main, Name.IMPLEMENTATION_VENDOR),
                sealed ? entry.location() : null);
    }

    private static @Nullable String value(@Nullable Attributes own, Attributes main, Name name) {
        String value = own == null ? null : own.getValue(name);
        return value == null ? main.getValue(name) : value;
    }
}
