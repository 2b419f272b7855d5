package io.dataprism.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.dataprism.api.PluginException;

/** What the cluster's module may use: of the kernel its front, its options and what messages are trusted by; no Vert.x internals at all. */
@AnalyzeClasses(packages = "io.dataprism.cluster", importOptions = ImportOption.DoNotIncludeTests.class)
class ClusterArchitectureTest {
    @ArchTest
    static final ArchRule usesTheKernelsFrontOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.dataprism.cluster",
                    "io.dataprism.api",
                    "io.dataprism.kernel",
                    "io.dataprism.kernel.messaging",
                    "io.dataprism.kernel.options",
                    "io.vertx..",
                    "com.hazelcast..",
                    "java..",
                    "org.jspecify.annotations",
                    "org.slf4j");

    @ArchTest
    static final ArchRule usesNoVertxInternals = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx.core.impl..", "io.vertx.core.internal..", "io.vertx.core.*.impl..", "io.netty..");

    @ArchTest
    static final ArchRule showsNoHazelcast = noClasses()
            .that()
            .arePublic()
            .and()
            .doNotHaveSimpleName("ClusteredNode")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster..");

    @ArchTest
    static final ArchRule failuresAreOneFamily =
            classes().that().areAssignableTo(RuntimeException.class).should().beAssignableTo(PluginException.class);

    @ArchTest
    static final ArchRule writesToNoConsole = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule usesOneLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
}
