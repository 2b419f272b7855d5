package io.dataprism.agent;

import io.dataprism.agent.KeptChecks.Made;
import io.dataprism.sandbox.classfile.ClassFile;
import io.dataprism.sandbox.classfile.DamagedClassException;
import io.dataprism.sandbox.classfile.MemberReference;
import io.dataprism.sandbox.classfile.Method;
import io.dataprism.sandbox.guard.JdkChecks;
import io.dataprism.sandbox.rules.Exemption;
import io.dataprism.sandbox.rules.JdkTypes;
import io.dataprism.sandbox.rules.Outcome;
import io.dataprism.sandbox.rules.Rule;
import io.dataprism.sandbox.rules.RuleFinder;
import io.dataprism.sandbox.rules.RuleTable;
import io.dataprism.sandbox.rules.TypeFacts;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes the calls of {@link Hook} into the JDK's classes: at the begin of each method that a rule is about, those that inherit the
 * rule included; when a class loader was made; before a thread starts. Safe to use from any thread, and waits for none: classes are loaded in the middle of
 * anything.
 */
final class JdkTransform implements ClassFileTransformer {
    private static final String LOADER = "java/lang/ClassLoader";
    private static final String THREAD = "java/lang/Thread";

    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();
    /** The loader of the program's classes, and of some modules of the JDK. */
    private static final ClassLoader SYSTEM = ClassLoader.getSystemClassLoader();

    private final Unchecked unchecked = Unchecked.read();
    private final CheckedMethods checked;
    private final KeptChecks kept;
    private final Queue<RuleFinder> finders = new ConcurrentLinkedQueue<>();

    /** @param checked is told which methods ask */
    JdkTransform(CheckedMethods checked, KeptChecks kept) {
        this.checked = checked;
        this.kept = kept;
    }

    /**
     * Work out what becomes of a class that is loaded already, and forget it: with that all that it takes is loaded and linked before the first class is
     * changed, and nothing of it is in the middle of being loaded itself then. To be called for all of them that are not kept, and for some in any case.
     */
    void rehearse(Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/');
        try (InputStream stream = type.getModule().getResourceAsStream(name + ".class")) {
            if (stream != null) {
                byte[] bytes = stream.readAllBytes();
                made(name, bytes);
                kept.of(name, true, bytes);
            }
        }
    }

    /** Whether it is kept what becomes of a class that is loaded already. */
    boolean isKept(Class<?> type) {
        return kept.knows(type.getName().replace('.', '/'), true);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        boolean mayBeJdk = loader == null || loader == PLATFORM || loader == SYSTEM;
        if (!mayBeJdk || className == null || !JdkTypes.running().owns(className)) {
            return null;
        }
        try {
            Made made = kept.of(className, redefined != null, bytes);
            if (made == null) {
                made = made(className, bytes);
                kept.add(className, redefined != null, bytes, made);
            }
            CheckedClass checks = made.checked();
            if (checks == null) {
                return null;
            }
            checks.rules().forEach((method, rule) -> checked.add(className.replace('/', '.'), method, rule));
            return checks.bytes();
        } catch (RuntimeException | Error e) {
            // The JVM would pass over it without a word, and load the class as it is.
            JdkChecks.failed(className, e);
            throw e;
        }
    }

    private Made made(String className, byte[] bytes) {
        RuleFinder known = finders.poll();
        RuleFinder finder = known == null
                ? new RuleFinder(RuleTable.standard(), JdkTypes.running(), name -> Optional.empty())
                : known;
        try {
            return made(className, bytes, finder);
        } catch (DamagedClassException e) {
            throw new IllegalStateException("The JDK's class " + className + " can't be read", e);
        } finally {
            finders.offer(finder);
        }
    }

    private Made made(String className, byte[] bytes, RuleFinder finder) throws DamagedClassException {
        boolean isThread = className.equals(THREAD) || className.equals("java/lang/VirtualThread");
        if (!isThread && finder.namesFor(className).equals(finder.namesFor("java/lang/Object"))) {
            return Made.NOTHING;
        }
        Map<String, Rule> rules = rules(ClassFile.read(bytes), finder);
        if (rules.isEmpty() && !isThread) {
            return Made.NOTHING;
        }
        ClassReader reader = new ClassReader(bytes);
        // The calls fork nothing, so the frames stay true as they are.
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Checking(writer, className, rules), 0);
        return new Made(new CheckedClass(rules, writer.toByteArray()));
    }

    /** Whether {@link #transform} may change a class that is loaded already; never wrong where it says no. */
    boolean mayConcern(Class<?> type) {
        return namesFor(type, new HashSet<>());
    }

    private static boolean namesFor(@Nullable Class<?> type, Set<Class<?>> seen) {
        if (type == null || type == Object.class || !seen.add(type)) {
            return false;
        }
        if (!RuleTable.standard().namesOf(type.getName()).isEmpty() || namesFor(type.getSuperclass(), seen)) {
            return true;
        }
        for (Class<?> above : type.getInterfaces()) {
            if (namesFor(above, seen)) {
                return true;
            }
        }
        return false;
    }

    /** By name and descriptor. */
    private Map<String, Rule> rules(ClassFile file, RuleFinder finder) {
        Map<String, Rule> rules = new HashMap<>();
        for (Method method : file.methods()) {
            MemberReference member = new MemberReference(file.name(), method.name(), method.descriptor());
            boolean isReachable = (method.access() & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0;
            if (method.code().isPresent() && !unchecked.contains(member)) {
                rule(member, finder, new HashSet<>())
                        .filter(rule -> !asksLater(rule))
                        .filter(rule -> isReachable || rule.member().equals(method.name()))
                        .ifPresent(rule -> rules.put(method.name() + method.descriptor(), rule));
            }
        }
        return rules;
    }

    /** Whether nothing is asked before a method, but before whatever it opens: with the agent that is known exactly. */
    private static boolean asksLater(Rule rule) {
        return rule.outcome() instanceof Outcome.Demands demands
                && demands.unless()
                        .filter(exemption -> exemption.kind() == Exemption.Kind.AGENT)
                        .isPresent();
    }

    /** The rule about a method, or about what it overrides. */
    private static Optional<Rule> rule(MemberReference method, RuleFinder finder, Set<String> seen) {
        Optional<Rule> rule = finder.ofCall(method).filter(Rule::tells);
        if (rule.isEmpty() || !isAboutHidden(rule.get())) {
            return rule;
        }
        Optional<TypeFacts> facts = JdkTypes.running().of(method.owner());
        if (facts.isEmpty() || !seen.add(method.owner())) {
            return Optional.empty();
        }
        for (String above : facts.get().supertypes()) {
            Optional<Rule> found = rule(new MemberReference(above, method.name(), method.descriptor()), finder, seen);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Whether a rule is about packages that no module exports: the JDK alone uses them, all the time, and the rule is about code that would get at them. */
    private static boolean isAboutHidden(Rule rule) {
        return rule.ofPackage()
                && !JdkTypes.running()
                        .exportsAnyBelow(rule.type().substring(0, rule.type().indexOf('*')));
    }

    /** Copies a class, with the calls. */
    private static final class Checking extends ClassVisitor {
        private final String className;
        private final Map<String, Rule> rules;

        Checking(ClassVisitor to, String className, Map<String, Rule> rules) {
            super(Opcodes.ASM9, to);
            this.className = className;
            this.rules = rules;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, @Nullable String signature, String @Nullable [] thrown) {
            MethodVisitor code = super.visitMethod(access, name, descriptor, signature, thrown);
            if (className.equals(LOADER) && name.equals("<init>")) {
                code = new MadeCall(code);
            } else if (name.equals("start")
                    && (access & Opcodes.ACC_STATIC) == 0
                    && (className.equals(THREAD) || className.equals("java/lang/VirtualThread"))) {
                code = new StartingCall(code);
            }
            Rule rule = rules.get(name + descriptor);
            return rule == null
                    ? code
                    : new EntryCheck(
                            code,
                            rule,
                            new MemberReference(className, name, descriptor).shown(),
                            access,
                            name,
                            descriptor);
        }
    }

    /** Write the call that tells of the object that a method is called on. */
    private static void tell(MethodVisitor code, int what) {
        code.visitInsn(Opcodes.ICONST_1);
        code.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        code.visitInsn(Opcodes.DUP);
        code.visitInsn(Opcodes.ICONST_0);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitInsn(Opcodes.AASTORE);
        code.visitIntInsn(Opcodes.BIPUSH, what);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, Hook.NAME, Hook.METHOD, Hook.TYPE, false);
    }

    /** Tells of a class loader at the end of its constructor. */
    private static final class MadeCall extends MethodVisitor {
        MadeCall(MethodVisitor to) {
            super(Opcodes.ASM9, to);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.RETURN) {
                tell(mv, Hook.MADE);
            }
            super.visitInsn(opcode);
        }
    }

    /** Tells of a thread before it starts. */
    private static final class StartingCall extends MethodVisitor {
        StartingCall(MethodVisitor to) {
            super(Opcodes.ASM9, to);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            tell(mv, Hook.STARTING);
        }
    }
}
