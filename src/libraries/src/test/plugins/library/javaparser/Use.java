package library.javaparser;

import com.github.javaparser.StaticJavaParser;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.body.MethodDeclaration;
import library.LibraryPlugin;

/** Reads Java, finds methods, changes and writes it. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() {
        CompilationUnit unit = StaticJavaParser.parse("class A { int one() { return 1; } void two(String x) {} }");
        unit.findAll(MethodDeclaration.class).forEach(method -> method.setFinal(true));
        return unit.findAll(MethodDeclaration.class).stream()
                .map(MethodDeclaration::getDeclarationAsString)
                .toList()
                .toString();
    }
}
