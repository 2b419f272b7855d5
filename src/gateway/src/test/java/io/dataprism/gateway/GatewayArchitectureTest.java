package io.dataprism.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.dataprism.api.PluginException;

/** What the gateway may use: the kernel's front, not its parts; Vert.x internals in one package only. */
@AnalyzeClasses(packages = "io.dataprism.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class GatewayArchitectureTest {
    @ArchTest
    static final ArchRule usesTheKernelsFrontOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.dataprism.gateway..",
                    "io.dataprism.api",
                    "io.dataprism.kernel",
                    "io.dataprism.kernel.audit",
                    "io.dataprism.kernel.logging",
                    "io.dataprism.kernel.messaging",
                    "io.dataprism.kernel.options",
                    "io.dataprism.kernel.permission",
                    "io.vertx..",
                    "io.netty..",
                    "java..",
                    "org.jspecify.annotations",
                    "org.slf4j");

    @ArchTest
    static final ArchRule usesVertxInternalsInOnePlaceOnly = noClasses()
            .that()
            .resideOutsideOfPackage("io.dataprism.gateway.vertx")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx.core.impl..", "io.vertx.core.internal..", "io.vertx.core.*.impl..", "io.netty..");

    @ArchTest
    static final ArchRule theInternalsKnowNobody = noClasses()
            .that()
            .resideInAPackage("io.dataprism.gateway.vertx")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.dataprism.gateway", "io.dataprism.kernel..", "io.dataprism.api");

    @ArchTest
    static final ArchRule failuresAreOneFamily = classes()
            .that()
            .areAssignableTo(RuntimeException.class)
            .and()
            .arePublic()
            .should()
            .beAssignableTo(PluginException.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule writesToNoConsole = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule usesOneLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
}
