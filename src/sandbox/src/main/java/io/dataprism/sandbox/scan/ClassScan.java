package io.dataprism.sandbox.scan;

import io.dataprism.sandbox.classfile.ClassFile;
import io.dataprism.sandbox.classfile.Code;
import io.dataprism.sandbox.classfile.ConstantPool;
import io.dataprism.sandbox.classfile.DamagedClassException;
import io.dataprism.sandbox.classfile.MemberReference;
import io.dataprism.sandbox.classfile.Method;
import io.dataprism.sandbox.guard.OwnAnswers;
import io.dataprism.sandbox.rules.Outcome;
import io.dataprism.sandbox.rules.Rule;
import io.dataprism.sandbox.rules.RuleFinder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks at one class: first at the constants, which name every method that its code can call, method references and the arguments of bootstrap
 * methods included; only where a rule applies to one of them is the code walked, for the places. What no code shows is told of the class as a whole, so that
 * nothing is left out.
 */
final class ClassScan {
    private static final int INVOKE_VIRTUAL = 182;
    private static final int INVOKE_STATIC = 184;
    private static final int INVOKE_INTERFACE = 185;
    private static final int INVOKE_DYNAMIC = 186;
    private static final MemberReference FINALIZE = new MemberReference("java/lang/Object", "finalize", "()V");

    private final String jar;
    private final ClassFile file;
    private final ConstantPool constants;
    private final RuleFinder finder;
    private final RuleSink sink;
    private final String name;
    /** By the constant that names the method. */
    private final Map<Integer, Rule> hits = new HashMap<>();
    /** Constants that a place was found for, and bootstrap methods that were looked at. */
    private final BitSet placed = new BitSet();

    private final BitSet bootstraps = new BitSet();

    ClassScan(String jar, ClassFile file, RuleFinder finder, RuleSink sink) {
        this.jar = jar;
        this.file = file;
        this.constants = file.constants();
        this.finder = finder;
        this.sink = sink;
        this.name = file.name().replace('/', '.');
    }

    /**
     * Look at it.
     *
     * @param mine the methods to look for; of others nothing is told
     */
    void calls(Predicate<MemberReference> mine) throws DamagedClassException {
        boolean telling = false;
        for (int i = 1; i < constants.size(); i++) {
            if (constants.isMethod(i) && mine.test(constants.member(i)) && !OwnAnswers.answer(constants.member(i))) {
                Optional<Rule> rule = finder.ofCall(constants.member(i));
                if (rule.isPresent()) {
                    hits.put(i, rule.get());
                    telling |= rule.get().tells();
                }
            }
        }
        if (telling) {
            walk();
        }
    }

    /** What it extends, declares and only names. */
    void declarations() throws DamagedClassException {
        List<String> supertypes = Stream.concat(file.superclass().stream(), file.interfaces().stream())
                .toList();
        for (Rule rule : finder.ofSubtype(supertypes)) {
            sink.found(rule, "extends " + rule.type(), unused -> Optional.empty(), () -> place("", 0));
        }
        for (Method method : file.methods()) {
            if (method.isNative()) {
                sink.nativeMethod(() -> place(method.name(), 0));
            } else if (method.name().equals("finalize") && method.descriptor().equals("()V")) {
                finder.ofCall(FINALIZE)
                        .ifPresent(rule -> sink.found(
                                rule,
                                "overrides " + FINALIZE.shown(),
                                unused -> Optional.empty(),
                                () -> place(method.name(), 0)));
            }
        }
        hiddenTypes();
    }

    private void hiddenTypes() throws DamagedClassException {
        for (int i = 1; i < constants.size(); i++) {
            Optional<Rule> hiding = constants.isClass(i) ? finder.hiding(constants.className(i)) : Optional.empty();
            if (hiding.isPresent()) {
                String type = constants.className(i).replace('/', '.');
                sink.found(hiding.get(), type, unused -> Optional.empty(), () -> place("", 0));
            }
        }
    }

    private Place place(String method, int line) {
        return new Place(jar, Findings.safe(name), Findings.safe(method), line);
    }

    private void walk() throws DamagedClassException {
        for (Method method : file.methods()) {
            if (method.code().isPresent()) {
                walk(method, method.code().get());
            }
        }
        for (Map.Entry<Integer, Rule> hit : hits.entrySet()) {
            if (!placed.get(hit.getKey()) && hit.getValue().tells()) {
                found(hit.getKey(), List.of(), () -> place("", 0));
            }
        }
    }

    private void walk(Method method, Code code) throws DamagedClassException {
        KnownValues values = new KnownValues(constants, code.entered(), code.locals());
        code.walk((pc, opcode, operand, second) -> {
            values.at(pc);
            if (opcode >= INVOKE_VIRTUAL && opcode <= INVOKE_INTERFACE) {
                call(values, opcode, operand, () -> place(method.name(), code.line(pc)));
            } else if (opcode == INVOKE_DYNAMIC) {
                bootstrap(constants.bootstrap(operand), () -> place(method.name(), code.line(pc)));
                values.called(new MemberReference("", "", file.dynamicDescriptor(operand)), false, Optional.empty());
            } else {
                if (opcode == 18 || opcode == 19 || opcode == 20) {
                    loaded(operand, () -> place(method.name(), code.line(pc)));
                }
                values.other(opcode, operand, second);
            }
        });
    }

    private void call(KnownValues values, int opcode, int constant, Findings.Where where) throws DamagedClassException {
        MemberReference called = constants.member(constant);
        boolean hasReceiver = opcode != INVOKE_STATIC;
        Rule rule = hits.get(constant);
        if (rule == null) {
            values.called(called, hasReceiver, Optional.empty());
            return;
        }
        List<Optional<String>> arguments = values.arguments(called, hasReceiver);
        if (rule.outcome() instanceof Outcome.Means means) {
            values.called(called, hasReceiver, Targets.meant(called, means, arguments));
        } else {
            found(constant, arguments, where);
            values.called(called, hasReceiver, Optional.empty());
        }
    }

    /** A constant was loaded: a method handle, or a constant that a bootstrap method makes. */
    private void loaded(int constant, Findings.Where where) throws DamagedClassException {
        if (constants.isHandle(constant)) {
            handle(constant, where);
        } else if (constants.bootstrap(constant) >= 0) {
            bootstrap(constants.bootstrap(constant), where);
        }
    }

    /** A bootstrap method runs: it, and what it is called with. Once for each is enough, wherever it stands. */
    private void bootstrap(int number, Findings.Where where) throws DamagedClassException {
        if (number < 0 || bootstraps.get(number)) {
            return;
        }
        bootstraps.set(number);
        for (int constant : file.bootstrap(number)) {
            if (constants.isHandle(constant)) {
                handle(constant, where);
            }
        }
    }

    private void handle(int constant, Findings.Where where) throws DamagedClassException {
        int method = constants.methodOfHandle(constant);
        if (hits.containsKey(method)) {
            found(method, List.of(), where);
        }
    }

    /** @param arguments the object first; empty where nothing is known of them */
    private void found(int constant, List<Optional<String>> arguments, Findings.Where where)
            throws DamagedClassException {
        Rule rule = hits.get(constant);
        if (rule != null && rule.tells()) {
            placed.set(constant);
            MemberReference called = constants.member(constant);
            sink.found(
                    rule,
                    called.shown(),
                    i -> i + 1 < arguments.size() ? arguments.get(i + 1) : Optional.empty(),
                    where);
        }
    }

    /** The methods that the class names and that another class of the same code may inherit from the JDK. */
    List<MemberReference> inherited(Predicate<MemberReference> maybe) throws DamagedClassException {
        List<MemberReference> found = new ArrayList<>();
        for (int i = 1; i < constants.size(); i++) {
            if (constants.isMethod(i) && maybe.test(constants.member(i))) {
                found.add(constants.member(i));
            }
        }
        return found;
    }
}
