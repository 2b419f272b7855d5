package io.dataprism.sandbox;

import java.net.URL;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** The domain of the classes of one jar or folder, made with the first of them. Safe to use from any thread. */
final class CodeDomain {
    private @Nullable ProtectionDomain made;

    /** That of classes at {@code location} which {@code loader} defines, both always the same ones; without permissions: no security manager asks for any. */
    synchronized ProtectionDomain of(URL location, ClassLoader loader) {
        ProtectionDomain domain = made == null
                ? new ProtectionDomain(new CodeSource(location, (CodeSigner[]) null), null, loader, null)
                : made;
        made = domain;
        return domain;
    }
}
