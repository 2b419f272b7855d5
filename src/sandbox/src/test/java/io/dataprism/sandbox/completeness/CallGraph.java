package io.dataprism.sandbox.completeness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Which method calls which. A call through a type that plugins see means that type's own method, since a plugin may have made the object; a call
 * through a hidden type means those of its hidden subtypes, too, unless there are many. What is made to be run later is taken to be run by
 * whoever makes it.
 */
final class CallGraph {
    private static final int MOST_OVERRIDING = 8;
    private static final int CODES_KEPT = 300;
    /** What they are made for is to be run by the JDK. */
    private static final Set<String> ACTIONS = Set.of(
            "java/lang/Runnable",
            "java/security/PrivilegedAction",
            "java/security/PrivilegedExceptionAction",
            "java/util/concurrent/Callable");

    private final CodeBase base;
    private final Map<CodeMethod, Set<CodeMethod>> callers = new HashMap<>();
    private final Map<CodeMethod, Set<CodeMethod>> handed = new HashMap<>();
    private final Map<String, List<CodeMethod>> overriding = new HashMap<>();
    private final Map<CodeType, ClassNode> codes = new LinkedHashMap<>();

    CallGraph(CodeBase base) {
        this.base = base;
        base.methods()
                .forEach(method -> method.calls.forEach(call -> forEachTarget(
                        call,
                        target -> callers.computeIfAbsent(target, each -> new LinkedHashSet<>(2))
                                .add(method))));
    }

    static boolean isAction(CodeType type) {
        return type.interfaces.stream().anyMatch(ACTIONS::contains);
    }

    Set<CodeMethod> callers(CodeMethod method) {
        return callers.getOrDefault(method, Set.of());
    }

    /** Whether the caller's own caller has a say in what that method does: in an argument, or in whether it is called where there are none. */
    boolean handsOn(CodeMethod caller, CodeMethod method) {
        return method.hasNoArguments()
                ? method.owner == caller.owner
                : handed.computeIfAbsent(caller, this::handedOn).contains(method);
    }

    private Set<CodeMethod> handedOn(CodeMethod caller) {
        Set<CodeMethod> targets = new HashSet<>();
        for (MethodNode code : code(caller.owner).methods) {
            if (code.name.equals(caller.name) && code.desc.equals(caller.descriptor)) {
                HandedOn.of(caller.owner.name, code).forEach(call -> forEachTarget(call, targets::add));
            }
        }
        return targets;
    }

    private ClassNode code(CodeType type) {
        if (codes.size() > CODES_KEPT) {
            codes.clear();
        }
        return codes.computeIfAbsent(type, CodeType::code);
    }

    private void forEachTarget(Call call, Consumer<CodeMethod> found) {
        CodeMethod method = base.resolve(call.owner(), call.name() + call.descriptor());
        if (method == null) {
            return;
        }
        found.accept(method);
        if (call.name().equals("<init>") && !method.owner.visible && isAction(method.owner)) {
            method.owner.methods.values().stream()
                    .filter(each -> each.name.equals("run") || each.name.equals("call"))
                    .forEach(found);
        }
        if (call.virtual() && method.isVirtual() && !method.owner.visible) {
            List<CodeMethod> all = overriding.computeIfAbsent(
                    call.owner() + " " + method.signature(), each -> overriding(call.owner(), method));
            if (all.size() <= MOST_OVERRIDING) {
                all.forEach(found);
            }
        }
    }

    private List<CodeMethod> overriding(String owner, CodeMethod method) {
        List<CodeMethod> all = new ArrayList<>();
        CodeType type = base.type(owner);
        if (type != null) {
            gather(type, method.signature(), all, new HashSet<>());
        }
        return all;
    }

    private static void gather(CodeType type, String signature, List<CodeMethod> all, Set<CodeType> seen) {
        for (CodeType each : type.subtypes) {
            if (all.size() > MOST_OVERRIDING) {
                return;
            }
            if (seen.add(each)) {
                CodeMethod own = each.methods.get(signature);
                if (own != null && !own.isAbstract()) {
                    all.add(own);
                }
                gather(each, signature, all, seen);
            }
        }
    }
}
