package io.dataprism.sandbox.completeness;

import io.dataprism.sandbox.rules.JdkTypes;
import io.dataprism.sandbox.rules.Supertypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What an earlier release of Java offered, as a JDK remembers it for {@code javac --release}. */
final class EarlierApi {
    private static final String SUFFIX = ".sig";

    private final Map<String, CodeType> types = new HashMap<>();

    private EarlierApi() {}

    /** That of {@code release}, as the JDK that runs knows it. */
    static EarlierApi of(int release) throws IOException {
        char letter = Character.toUpperCase(Character.forDigit(release, Character.MAX_RADIX));
        EarlierApi api = new EarlierApi();
        Path file = Path.of(System.getProperty("java.home"), "lib", "ct.sym");
        try (ZipFile known = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(known.entries())) {
                String releases = entry.getName().substring(0, entry.getName().indexOf('/'));
                boolean isType =
                        entry.getName().endsWith(SUFFIX) && !entry.getName().contains("module-info");
                if (isType && releases.indexOf(letter) >= 0) {
                    try (InputStream stream = known.getInputStream(entry)) {
                        CodeType type = TypeReader.read(stream.readAllBytes(), true);
                        api.types.put(type.name, type);
                    }
                }
            }
        }
        if (api.types.isEmpty()) {
            throw new IOException(file + " knows nothing of Java " + release);
        }
        return api;
    }

    /** The methods that a plugin can call in {@code now} and could not then, by any name. */
    List<CodeMethod> newIn(CodeBase now) {
        return now.methods()
                .filter(CodeMethod::isVisible)
                .filter(method -> !method.isSynthetic() && JdkTypes.running().owns(method.owner.name))
                .filter(method -> !had(now, method))
                .toList();
    }

    private boolean had(CodeBase now, CodeMethod method) {
        boolean inherits = !method.isStatic() && !method.name.equals("<init>");
        Supertypes open = new Supertypes(method.owner.name);
        for (String name = open.next(); name != null; name = open.next()) {
            CodeType then = types.get(name);
            if (then != null && then.methods.containsKey(method.signature())) {
                return true;
            }
            CodeType type = now.type(name);
            if (type != null && inherits) {
                open.add(type.supertypes());
            }
        }
        return false;
    }
}
