package io.dataprism.sandbox.guard;

import io.dataprism.sandbox.classfile.MemberReference;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The JDK's calls that match a regular expression with a text, and may take for ever: they get a text that polls, or are made by {@link SiteChecks}. Not
 * among them is {@code Scanner}, which goes through a buffer of its own.
 */
final class PolledCalls {
    private static final String PATTERN = "java/util/regex/Pattern";
    private static final String MATCHER = "java/util/regex/Matcher";
    private static final String STRING = "java/lang/String";
    private static final String TEXT_TYPE = "(Ljava/lang/CharSequence;Ljava/lang/Class;)Ljava/lang/CharSequence;";

    /** Those whose last argument, or the one before a number, is the text. */
    private static final Set<String> TEXT_GIVEN = Set.of(
            PATTERN + ".matcher",
            PATTERN + ".matches",
            PATTERN + ".split",
            PATTERN + ".splitAsStream",
            PATTERN + ".splitWithDelimiters",
            MATCHER + ".reset");

    /** Those that {@link SiteChecks} makes in the JDK's place, by their descriptor. */
    private static final Map<String, Set<String>> REPLACED = Map.of(
            STRING + ".matches", Set.of("(Ljava/lang/String;)Z"),
            STRING + ".replaceAll", Set.of("(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;"),
            STRING + ".replaceFirst", Set.of("(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;"),
            STRING + ".split",
                    Set.of("(Ljava/lang/String;)[Ljava/lang/String;", "(Ljava/lang/String;I)[Ljava/lang/String;"),
            PATTERN + ".asPredicate", Set.of("()Ljava/util/function/Predicate;"),
            PATTERN + ".asMatchPredicate", Set.of("()Ljava/util/function/Predicate;"));

    private PolledCalls() {}

    /** Whether a call of {@code method} is made otherwise. */
    static boolean are(MemberReference method) {
        return takesText(method) || isReplaced(method);
    }

    private static boolean takesText(MemberReference method) {
        return TEXT_GIVEN.contains(method.owner() + "." + method.name())
                && method.descriptor().contains("Ljava/lang/CharSequence;");
    }

    private static boolean isReplaced(MemberReference method) {
        return REPLACED.getOrDefault(method.owner() + "." + method.name(), Set.of())
                .contains(method.descriptor());
    }

    /**
     * Write what stands for a call of {@code method}, or goes before it.
     *
     * @param code where the arguments are on the stack
     * @param className of the class that calls, with slashes
     * @return whether the call itself is made by that, so that none is to follow
     */
    static boolean write(MemberReference method, String className, MethodVisitor code) {
        if (isReplaced(method)) {
            code.visitLdcInsn(Type.getObjectType(className));
            code.visitMethodInsn(Opcodes.INVOKESTATIC, SiteChecks.CALL_SITES, method.name(), replaced(method), false);
            return true;
        }
        boolean beforeNumber = method.descriptor().contains("I)");
        if (beforeNumber) {
            code.visitInsn(Opcodes.SWAP);
        }
        code.visitLdcInsn(Type.getObjectType(className));
        code.visitMethodInsn(Opcodes.INVOKESTATIC, SiteChecks.CALL_SITES, "text", TEXT_TYPE, false);
        if (beforeNumber) {
            code.visitInsn(Opcodes.SWAP);
        }
        return false;
    }

    private static String replaced(MemberReference method) {
        int end = method.descriptor().indexOf(')');
        return "(L" + method.owner() + ";" + method.descriptor().substring(1, end) + "Ljava/lang/Class;"
                + method.descriptor().substring(end);
    }
}
