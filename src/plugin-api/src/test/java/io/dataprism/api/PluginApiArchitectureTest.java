package io.dataprism.api;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What a plugin compiles against stays tiny and needs no shared heap. */
@AnalyzeClasses(packages = "io.dataprism.api", importOptions = ImportOption.DoNotIncludeTests.class)
class PluginApiArchitectureTest {
    @ArchTest
    static final ArchRule usesTheJdkAndVertxFuturesAndJsonOnly = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "io.dataprism.api",
                    "java..",
                    "io.vertx.core",
                    "io.vertx.core.buffer",
                    "io.vertx.core.json",
                    "org.jspecify.annotations"));

    @ArchTest
    static final ArchRule handsOutNoVertx = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.core.Vertx")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.core.Context");

    @ArchTest
    static final ArchRule holdsNoChangeableState = fields().should()
            .bePrivate()
            .orShould()
            .beFinal()
            .orShould()
            .beStatic()
            .andShould()
            .beFinal();

    @ArchTest
    static final ArchRule isOnePackage = classes().should().resideInAPackage("io.dataprism.api");
}
