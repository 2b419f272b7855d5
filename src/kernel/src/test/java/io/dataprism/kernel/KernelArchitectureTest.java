package io.dataprism.kernel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.dataprism.api.PluginException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows between the kernel's packages, and the few things that no class of it may do. */
class KernelArchitectureTest {
    private static final String ROOT = "io.dataprism.kernel";
    private static final JavaClasses KERNEL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Which packages of the kernel each one may use. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("store", Set.of()),
            Map.entry("vertx", Set.of()),
            Map.entry("database", Set.of()),
            Map.entry("resource", Set.of("options")),
            Map.entry("logging", Set.of()),
            Map.entry("options", Set.of()),
            Map.entry("text", Set.of()),
            Map.entry("supervision", Set.of()),
            Map.entry("audit", Set.of("store")),
            Map.entry("storage", Set.of("logging", "store")),
            Map.entry("permission", Set.of("audit", "logging", "store", "text")),
            Map.entry("manifest", Set.of("permission", "resource", "supervision", "text")),
            Map.entry("contract", Set.of("manifest")),
            Map.entry("admission", Set.of("manifest", "options")),
            Map.entry("registry", Set.of("admission", "audit", "contract", "manifest", "permission", "text")),
            Map.entry("resolve", Set.of("manifest", "text")),
            Map.entry("traffic", Set.of()),
            Map.entry(
                    "messaging",
                    Set.of("contract", "logging", "manifest", "permission", "resource", "text", "traffic", "vertx")),
            Map.entry(
                    "context",
                    Set.of(
                            "database",
                            "logging",
                            "messaging",
                            "permission",
                            "resource",
                            "storage",
                            "store",
                            "text",
                            "vertx")),
            Map.entry("process", Set.of("context", "messaging", "permission", "resource", "store", "text", "vertx")),
            Map.entry(
                    "lifecycle",
                    Set.of(
                            "admission",
                            "audit",
                            "context",
                            "contract",
                            "database",
                            "logging",
                            "manifest",
                            "messaging",
                            "permission",
                            "process",
                            "registry",
                            "resolve",
                            "resource",
                            "storage",
                            "store",
                            "supervision",
                            "text",
                            "vertx")),
            Map.entry(
                    "desired",
                    Set.of(
                            "lifecycle",
                            "manifest",
                            "options",
                            "permission",
                            "registry",
                            "resolve",
                            "resource",
                            "supervision")));

    @Test
    void importsRunDownwardsOnly() {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass origin : KERNEL) {
            String from = packageOf(origin);
            Set<String> allowed = ARROWS.get(from);
            if (allowed != null) {
                origin.getDirectDependenciesFromSelf().forEach(dependency -> {
                    String to = packageOf(dependency.getTargetClass());
                    boolean inside =
                            dependency.getTargetClass().getPackageName().startsWith(ROOT);
                    if (inside && !to.equals(from) && !allowed.contains(to)) {
                        found.computeIfAbsent(from + " -> " + (to.isEmpty() ? "kernel" : to), arrow -> new TreeSet<>())
                                .add(dependency.getDescription());
                    }
                });
            }
        }
        assertEquals(Map.of(), found);
    }

    @Test
    void everyPackageHasItsArrows() {
        Set<String> packages = KERNEL.stream()
                .map(KernelArchitectureTest::packageOf)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        packages.removeAll(ARROWS.keySet());
        assertEquals(Set.of(), packages, "name them in the package-info of the kernel and here");
    }

    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(ROOT + ".")) {
            return "";
        }
        String rest = name.substring(ROOT.length() + 1);
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    @Test
    void noCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(KERNEL);
    }

    @Test
    void vertxInternalsAreUsedInOnePlaceOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".vertx..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.impl..", "io.vertx.core.internal..", "io.vertx.core.eventbus.impl..")
                .check(KERNEL);
    }

    @Test
    void theResolverIsPure() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".resolve..")
                .should()
                .dependOnClassesThat(
                        new DescribedPredicate<JavaClass>("reach Vert.x beyond JSON, the disk, the clock or a thread") {
                            @Override
                            public boolean test(JavaClass type) {
                                String name = type.getName();
                                return name.startsWith("io.vertx.") && !name.startsWith("io.vertx.core.json.")
                                        || name.startsWith("java.nio.file.")
                                        || name.startsWith("java.io.File")
                                        || name.startsWith("java.time.")
                                        || name.startsWith("java.util.concurrent.")
                                        || name.equals("java.lang.Thread");
                            }
                        })
                .check(KERNEL);
    }

    @Test
    void nobodyWritesToTheConsole() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(KERNEL);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(KERNEL);
    }

    @Test
    void failuresHaveACode() {
        noClasses()
                .should()
                .callConstructorWhere(new DescribedPredicate<>("a bare RuntimeException or Exception is made") {
                    @Override
                    public boolean test(JavaConstructorCall call) {
                        boolean bare = List.of("java.lang.RuntimeException", "java.lang.Exception", "java.lang.Error")
                                .contains(call.getTargetOwner().getName());
                        return bare && !call.getOrigin().getName().equals("<init>");
                    }
                })
                .check(KERNEL);
    }

    @Test
    void everyPackageIsNullMarked() throws ClassNotFoundException {
        Set<String> unmarked = new TreeSet<>();
        for (String name : KERNEL.stream().map(JavaClass::getPackageName).collect(Collectors.toSet())) {
            boolean marked = Arrays.stream(Class.forName(name + ".package-info").getAnnotations())
                    .anyMatch(annotation -> annotation.annotationType().equals(NullMarked.class));
            if (!marked) {
                unmarked.add(name);
            }
        }
        assertEquals(Set.of(), unmarked);
    }

    @Test
    void exceptionsBelongToOneFamily() {
        classes()
                .that()
                .areAssignableTo(RuntimeException.class)
                .and()
                .arePublic()
                .and()
                // A copy of what a plugin threw, carried as a cause
                .doNotHaveSimpleName("SafeFailure")
                .should()
                .beAssignableTo(PluginException.class)
                .check(KERNEL);
    }
}
