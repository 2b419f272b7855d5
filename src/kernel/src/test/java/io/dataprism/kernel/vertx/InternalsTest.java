package io.dataprism.kernel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.FieldAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is looked for in a Vert.x before its internals are used is what is used, and whatever is missing is found. */
class InternalsTest {
    private static final Pattern INTERNAL = Pattern.compile(
            "io\\.vertx\\.core\\.(impl|internal|eventbus\\.impl)\\..*|io\\.vertx\\.core\\.(Closeable|spi\\.cluster\\..*)");
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.dataprism.kernel.vertx");

    private static List<String> listed() throws Exception {
        try (InputStream in = Internals.class.getResourceAsStream("vertx-internals.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void eachMemberThatIsUsedIsLookedFor() throws Exception {
        Set<String> used = new TreeSet<>();
        for (JavaClass type : OURS) {
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                if (INTERNAL.matcher(access.getTargetOwner().getName()).matches()) {
                    used.add(line(access));
                }
            }
            boolean implementing = type.getAllRawInterfaces().stream()
                    .anyMatch(base -> INTERNAL.matcher(base.getName()).matches());
            if (implementing && !type.isInterface()) {
                used.add("+" + type.getName());
            }
        }
        assertEquals(String.join("\n", used), String.join("\n", listed()));
    }

    private static String line(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        if (access.getTarget() instanceof FieldAccessTarget field) {
            return owner + " " + field.getName() + " " + descriptor(field.getRawType());
        }
        CodeUnitAccessTarget called = (CodeUnitAccessTarget) access.getTarget();
        String parameters = called.getRawParameterTypes().stream()
                .map(InternalsTest::descriptor)
                .collect(Collectors.joining());
        return owner + " " + called.getName() + " (" + parameters + ")" + descriptor(called.getRawReturnType());
    }

    private static String descriptor(JavaClass type) {
        return type.reflect().descriptorString();
    }

    @Test
    void allOfItIsThereInTheVertxThatWeBuildWith() {
        assertEquals("", Internals.whyNot());
        assertTrue(Internals.work());
    }

    @Test
    void whatIsMissingOrChangedIsNamed() {
        String there =
                "io.vertx.core.impl.VertxImpl deploymentManager ()Lio/vertx/core/internal/deployment/DeploymentManager;";
        String renamed =
                "io.vertx.core.impl.VertxImpl deployments ()Lio/vertx/core/internal/deployment/DeploymentManager;";
        String changed = "io.vertx.core.impl.VertxImpl deploymentManager ()V";
        String gone = "io.vertx.core.impl.Gone here ()V";
        String elsewhere = "io.vertx.core.impl.VertxImpl deploymentManager ()Lio/vertx/core/Elsewhere;";
        assertEquals("", Internals.missing(List.of(there)));
        assertEquals(renamed, Internals.missing(List.of(there, renamed)));
        assertEquals(changed, Internals.missing(List.of(changed)));
        assertTrue(Internals.missing(List.of(gone)).startsWith(gone));
        assertTrue(Internals.missing(List.of(elsewhere)).startsWith(elsewhere));
    }

    @Test
    void aMethodThatVertxWantsFromUsAndWeDoNotHaveIsNamed() {
        String unfinished = "+" + Unfinished.class.getName();
        assertEquals(unfinished, Internals.missing(List.of(unfinished)));
    }

    /** As a class of ours would be after an interface has grown. */
    abstract static class Unfinished implements Runnable {}
}
