package io.dataprism.sandbox.guard;

import io.dataprism.sandbox.classfile.ClassFile;
import io.dataprism.sandbox.classfile.DamagedClassException;
import io.dataprism.sandbox.classfile.MemberReference;
import io.dataprism.sandbox.classfile.Method;
import io.dataprism.sandbox.poll.PollClass;
import io.dataprism.sandbox.poll.PolledMethods;
import io.dataprism.sandbox.rules.JdkTypes;
import io.dataprism.sandbox.rules.Rule;
import io.dataprism.sandbox.rules.RuleFinder;
import io.dataprism.sandbox.rules.RuleTable;
import io.dataprism.sandbox.rules.TypeFacts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;

/**
 * Puts the checks into one plugin's classes, and the polls that end its code. Without polls, a class whose constants name no method that a rule is about
 * stays as it is, to the byte. Safe to use from any thread.
 */
public final class GuardedClasses {
    static final MemberReference FINALIZE = new MemberReference("java/lang/Object", "finalize", "()V");

    private static final byte[] POLL = PollClass.bytes(SiteChecks.CALL_SITES, "poll");

    private final TypeFacts.Source own;
    private final boolean polled;
    /** What was looked up while classes were loaded; most of them are asked for hundreds of times. */
    private final Map<String, Optional<TypeFacts>> known = new HashMap<>();

    private RuleFinder finder;

    /**
     * @param own the types that the plugin's classes are linked with, beside the JDK's; asked once for each, until {@link #rest}
     * @param polled whether the classes are to poll, see {@link PollClass}
     */
    public GuardedClasses(TypeFacts.Source own, boolean polled) {
        CallCheck.makeReady();
        this.own = own;
        this.polled = polled;
        this.finder = finder();
    }

    private RuleFinder finder() {
        return new RuleFinder(RuleTable.standard(), JdkTypes.running(), type -> known.computeIfAbsent(type, own::of));
    }

    /** The file of the class through which a loader's classes poll, {@link PollClass#NAME}. */
    public static byte[] pollClass() {
        return POLL.clone();
    }

    /** Forget what was looked up. To be called when no classes were loaded for a while. */
    public synchronized void rest() {
        known.clear();
        finder = finder();
    }

    /**
     * The bytes to define instead of {@code bytes}, which are not changed.
     *
     * @param className with dots
     * @throws ClassNotFoundException where they can't be read, and so can't be guarded
     */
    public synchronized byte[] guarded(String className, byte[] bytes) throws ClassNotFoundException {
        try {
            ClassFile file = ClassFile.read(bytes);
            Unnamed.refuseIn(file.constants());
            if (file.name().equals(className.replace('.', '/'))) {
                known.computeIfAbsent(file.name(), type -> Optional.of(TypeFacts.of(file)));
            }
            GuardedConstants guarded = new GuardedConstants(
                    file.constants(),
                    method -> isPolled(method) || telling(method).isPresent());
            Set<MemberReference> lent = new LentMethods(
                            file,
                            this::facts,
                            finder::namesFor,
                            method -> telling(method).isPresent())
                    .find();
            Set<String> methods = toGuard(file, guarded);
            return methods.isEmpty() && lent.isEmpty() && !polled ? bytes : fitting(file, methods, lent, bytes);
        } catch (DamagedClassException | RuntimeException | StackOverflowError unreadable) {
            throw new ClassNotFoundException(
                    className + " cannot be guarded, and so is not loaded: " + unreadable, unreadable);
        }
    }

    /** Name and descriptor of each method that a check stands in. */
    private Set<String> toGuard(ClassFile file, GuardedConstants guarded) throws DamagedClassException {
        Set<String> methods = new HashSet<>();
        for (Method method : file.methods()) {
            boolean calls =
                    method.code().isPresent() && guarded.areUsedBy(method.code().get());
            if (calls || ofFinalizer(method.name(), method.descriptor()).isPresent()) {
                methods.add(method.name() + method.descriptor());
            }
        }
        return methods;
    }

    /** The rule that a method is checked by when it begins, since the JVM calls it on a thread of its own. */
    Optional<Rule> ofFinalizer(String name, String descriptor) {
        return FINALIZE.name().equals(name) && FINALIZE.descriptor().equals(descriptor)
                ? telling(FINALIZE)
                : Optional.empty();
    }

    /** Whether a call of {@code method} is to poll while the JDK makes it. */
    boolean isPolled(MemberReference method) {
        return polled && PolledCalls.are(method);
    }

    /** The rule that a call of {@code method} is checked by. */
    Optional<Rule> telling(MemberReference method) {
        return finder.ofCall(method).filter(Rule::tells);
    }

    private Optional<TypeFacts> facts(String type) {
        return JdkTypes.running().of(type).or(() -> known.computeIfAbsent(type, own::of));
    }

    /** With as many polls as there is room for: a method has 64 KB. */
    private byte[] fitting(ClassFile file, Set<String> methods, Set<MemberReference> lent, byte[] bytes) {
        PolledMethods polls = new PolledMethods(polled);
        while (true) {
            try {
                return rewritten(file, methods, lent, polls, bytes);
            } catch (MethodTooLargeException full) {
                if (!polls.fewerIn(full.getMethodName() + full.getDescriptor())) {
                    throw full;
                }
            }
        }
    }

    private byte[] rewritten(
            ClassFile file, Set<String> methods, Set<MemberReference> lent, PolledMethods polls, byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        // Checks and polls fork nothing, so the frames stay true as they are; polls take no place on the stack either.
        boolean pollsAlone = methods.isEmpty() && lent.isEmpty();
        ClassWriter writer = new ClassWriter(reader, pollsAlone ? 0 : ClassWriter.COMPUTE_MAXS);
        reader.accept(new ClassGuard(writer, this, file, methods, lent, polls), 0);
        return writer.toByteArray();
    }
}
