package io.dataprism.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.dataprism.api.PluginException;
import io.dataprism.app.node.Signals;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows between the packages of the command line, and who may use which library. */
class AppArchitectureTest {
    private static final String ROOT = "io.dataprism.app";
    private static final JavaClasses APP = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Which packages each one may use; what the root offers to all is {@link #FOR_ALL}. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("input", Set.of()),
            Map.entry("control", Set.of()),
            Map.entry("bundle", Set.of("conf")),
            Map.entry("scaffold", Set.of()),
            Map.entry("conf", Set.of("input")),
            Map.entry("pipeline", Set.of("input")),
            Map.entry("report", Set.of("data", "input", "pipeline")),
            Map.entry("review", Set.of("input", "report")),
            Map.entry("node", Set.of("conf", "control", "input", "pipeline")),
            Map.entry("data", Set.of("input", "node")),
            Map.entry("demo", Set.of("conf", "data", "input", "node", "pipeline", "report")),
            Map.entry(
                    "command",
                    Set.of(
                            "bundle",
                            "conf",
                            "control",
                            "data",
                            "demo",
                            "input",
                            "node",
                            "pipeline",
                            "report",
                            "review",
                            "scaffold")));

    private static final Set<String> FOR_ALL =
            Set.of("CommandFailure", "ExitCode", "LogSetup", "Progress", "RecentLog", "Screen");

    @Test
    void importsRunDownwardsOnly() {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass origin : APP) {
            Set<String> allowed = ARROWS.get(packageOf(origin));
            if (allowed != null) {
                origin.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isRefused(origin, dependency.getTargetClass(), allowed))
                        .forEach(dependency -> found.computeIfAbsent(origin.getName(), name -> new TreeSet<>())
                                .add(dependency.getDescription()));
            }
        }
        assertEquals(Map.of(), found);
    }

    private static boolean isRefused(JavaClass origin, JavaClass target, Set<String> allowed) {
        if (!target.getPackageName().startsWith(ROOT)) {
            return false;
        }
        String to = packageOf(target);
        return to.isEmpty()
                ? !FOR_ALL.contains(target.getName().replaceFirst(".*[.]([^.$]+)([$].*)?$", "$1"))
                : !to.equals(packageOf(origin)) && !allowed.contains(to);
    }

    @Test
    void everyPackageHasItsArrows() {
        Set<String> packages = APP.stream()
                .map(AppArchitectureTest::packageOf)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(ARROWS.keySet()), packages);
    }

    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : "";
    }

    @Test
    void noCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(APP);
    }

    @Test
    void eachLibraryIsUsedInItsPlaceOnly() {
        only("picocli..", ROOT, ROOT + ".command");
        only("ch.qos.logback..", ROOT);
        only("me.tongfei.progressbar..", ROOT);
        only("io.vertx.config..", ROOT + ".conf");
        only("org.snakeyaml.engine..", ROOT + ".conf", ROOT + ".demo");
        only("io.dataprism.gateway..", ROOT + ".conf", ROOT + ".node");
        only("io.dataprism.cluster..", ROOT + ".conf", ROOT + ".node");
        only("io.vertx.core.net..", ROOT + ".control");
        only("com.hazelcast..");
        only("io.vertx.core.impl..");
        only("io.vertx.core.internal..");
    }

    private static void only(String library, String... packages) {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(APP);
    }

    @Test
    void onlyTheBeginningAndASecondSignalEndTheProcess() {
        noClasses()
                .that()
                .areNotAssignableTo(Main.class)
                .and()
                .haveNameNotMatching(Signals.class.getName() + ".*")
                .should()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(APP);
    }

    @Test
    void nobodySleepsOrWritesPastTheScreen() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(APP);
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(APP);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(APP);
    }

    @Test
    void exceptionsBelongToOneFamily() {
        classes()
                .that()
                .areAssignableTo(RuntimeException.class)
                .should()
                .beAssignableTo(PluginException.class)
                .check(APP);
        noClasses()
                .should()
                .callConstructor(RuntimeException.class, String.class)
                .orShould()
                .callConstructor(RuntimeException.class, Throwable.class)
                .orShould()
                .callConstructor(RuntimeException.class, String.class, Throwable.class)
                .check(APP);
    }

    @Test
    void everyPackageIsNullMarked() throws ClassNotFoundException {
        Set<String> unmarked = new TreeSet<>();
        for (String name : APP.stream().map(JavaClass::getPackageName).collect(Collectors.toSet())) {
            List<Class<?>> marks = Arrays.stream(
                            Class.forName(name + ".package-info").getAnnotations())
                    .<Class<?>>map(annotation -> annotation.annotationType())
                    .toList();
            if (!marks.contains(NullMarked.class)) {
                unmarked.add(name);
            }
        }
        assertEquals(Set.of(), unmarked);
    }
}
