package io.dataprism.it.docs;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What a source file declares, as the compiler reads it: a call, a comment or a nested class does not count.
 *
 * @param members methods, and the components of a record
 * @param tests the methods that JUnit runs, each with the words that it is shown with: none where that is its name
 */
record JavaType(Set<String> members, Map<String, String> tests) {
    private static final Set<String> RUN = Set.of("Test", "ParameterizedTest", "TestFactory", "RepeatedTest");
    private static final String NOT_RUN = "Disabled";

    /** The type that {@code file} is named after. */
    static JavaType in(Path file) {
        String name = file.getFileName().toString().replace(".java", "");
        return parse(file)
                .flatMap(unit -> unit.getTypeDecls().stream())
                .filter(type -> type instanceof ClassTree declared
                        && declared.getSimpleName().contentEquals(name))
                .map(type -> of((ClassTree) type))
                .findFirst()
                .orElseThrow(() -> new AssertionError(Repository.shown(file) + " declares no type " + name));
    }

    private static Stream<? extends CompilationUnitTree> parse(Path file) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(file));
            Stream.Builder<CompilationUnitTree> units = Stream.builder();
            task.parse().forEach(units);
            return units.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaType of(ClassTree type) {
        Set<String> members = new TreeSet<>();
        Map<String, String> tests = new TreeMap<>();
        boolean runs = !isMarked(type.getModifiers(), Set.of(NOT_RUN));
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method) {
                members.add(method.getName().toString());
                if (runs && isRun(method.getModifiers())) {
                    tests.put(method.getName().toString(), words(method.getModifiers()));
                }
            } else if (member instanceof VariableTree component && type.getKind() == Tree.Kind.RECORD) {
                members.add(component.getName().toString());
            }
        }
        return new JavaType(members, tests);
    }

    private static String words(ModifiersTree modifiers) {
        return modifiers.getAnnotations().stream()
                .filter(one -> one.getAnnotationType().toString().equals("DisplayName"))
                .map(one -> one.getArguments().toString())
                .findFirst()
                .orElse("");
    }

    private static boolean isRun(ModifiersTree modifiers) {
        return isMarked(modifiers, RUN) && !isMarked(modifiers, Set.of(NOT_RUN));
    }

    private static boolean isMarked(ModifiersTree modifiers, Set<String> annotations) {
        return modifiers.getAnnotations().stream()
                .map(AnnotationTree::getAnnotationType)
                .anyMatch(type -> annotations.contains(type.toString()));
    }
}
