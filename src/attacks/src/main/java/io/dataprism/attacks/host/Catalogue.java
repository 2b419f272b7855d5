package io.dataprism.attacks.host;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The attacks in a jar, each a class with an annotation that tells what it is. */
final class Catalogue {
    private static final String SUFFIX = "Attacks$";

    private Catalogue() {}

    /** All of a jar, by id. None of their code runs. */
    static List<AttackFacts> read(Path jar) throws IOException, ReflectiveOperationException {
        List<AttackFacts> all = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile());
                URLClassLoader loader =
                        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            for (JarEntry entry : file.stream().toList()) {
                String name = entry.getName();
                if (name.contains(SUFFIX) && name.endsWith(".class")) {
                    Class<?> type =
                            Class.forName(name.substring(0, name.length() - 6).replace('/', '.'), false, loader);
                    for (Annotation annotation : type.getAnnotations()) {
                        if (annotation.annotationType().getName().equals("attack.Attack")) {
                            all.add(facts(type, annotation));
                        }
                    }
                }
            }
        }
        all.sort(Comparator.comparing(AttackFacts::id));
        return all;
    }

    private static AttackFacts facts(Class<?> type, Annotation attack) throws ReflectiveOperationException {
        String outer = type.getName().substring(type.getName().lastIndexOf('.') + 1);
        String group = outer.substring(0, outer.indexOf(SUFFIX));
        return new AttackFacts(
                words(group) + "/" + words(type.getSimpleName()),
                type.getName(),
                (String) value(attack, "says"),
                (String) value(attack, "target"),
                List.of((String[]) value(attack, "with")),
                value(attack, "by").toString(),
                (Integer) value(attack, "closed"));
    }

    private static Object value(Annotation annotation, String name) throws ReflectiveOperationException {
        return annotation.annotationType().getMethod(name).invoke(annotation);
    }

    /** {@code ReadStream} becomes {@code read-stream}. */
    static String words(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
