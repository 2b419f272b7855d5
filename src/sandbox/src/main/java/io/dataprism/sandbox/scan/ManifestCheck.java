package io.dataprism.sandbox.scan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** Looks at a jar's {@code META-INF/MANIFEST.MF}. Nothing of these attributes has an effect on a plugin; who writes them wants them to. */
final class ManifestCheck {
    static final String FILE = "META-INF/MANIFEST.MF";

    private static final List<String> AGENT = List.of("Launcher-Agent-Class", "Premain-Class", "Agent-Class");
    private static final List<String> OPENING = List.of("Add-Opens", "Add-Exports", "Enable-Native-Access");
    private static final int LARGEST = 1 << 20;

    private ManifestCheck() {}

    /**
     * Look at it.
     *
     * @param nested whether it is a library's, whose author may have meant another use
     */
    static void check(InputStream stream, String file, boolean nested, Consumer<Objection> objections)
            throws IOException {
        byte[] bytes = stream.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            objections.accept(new Objection(
                    true,
                    "DP-0273",
                    file,
                    "The jar's manifest is larger than " + (LARGEST >> 20)
                            + " MiB: expected a few lines. Build it again."));
            return;
        }
        Attributes attributes = new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
        named(attributes, AGENT)
                .ifPresent(name -> objections.accept(new Objection(
                        !nested,
                        "DP-0273",
                        file,
                        "'" + name + "' asks to rewrite the classes of the whole JVM"
                                + (nested
                                        ? ", which has no effect in a plugin's library. Be sure that the library is what you think it is."
                                        : ": expected no agent in a plugin. Remove the attribute."))));
        named(attributes, OPENING)
                .ifPresent(name -> objections.accept(new Objection(
                        !nested,
                        "DP-0273",
                        file,
                        "'" + name + "' asks the JVM to lift its own protection"
                                + (nested
                                        ? ", which has no effect in a plugin's library; that part of the library will not work."
                                        : ": expected no such attribute in a plugin. Remove it."))));
    }

    private static Optional<String> named(Attributes attributes, List<String> names) {
        return names.stream().filter(name -> attributes.getValue(name) != null).findFirst();
    }
}
