package io.dataprism.sandbox.guard;

import io.dataprism.sandbox.classfile.ClassFile;
import io.dataprism.sandbox.classfile.MemberReference;
import io.dataprism.sandbox.classfile.Method;
import io.dataprism.sandbox.poll.PolledMethods;
import io.dataprism.sandbox.rules.Rule;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes one class anew, with its checks. What would reach a guarded method without a call, as a method reference does, is led to a method of the class's
 * own that makes the call.
 */
final class ClassGuard extends ClassVisitor {
    /** Since then a class can hold itself as a constant. */
    private static final int OLDEST = Opcodes.V1_5;

    private final GuardedClasses guards;
    private final ClassFile file;
    private final Set<String> methods;
    private final Set<MemberReference> lent;
    private final PolledMethods polls;
    private final Map<Handle, Handle> bridges = new HashMap<>();
    /** How many local variables a method uses, by its name and descriptor. A class may have tens of thousands of methods. */
    private final Map<String, Integer> locals = new HashMap<>();

    private int version;
    private boolean isInterface;

    /**
     * @param methods those that need checks, name and descriptor in one; the others are copied as they are
     * @param lent methods of its superclass that it must answer for itself, see {@link LentMethods}
     * @param polls which methods poll
     */
    ClassGuard(
            ClassVisitor to,
            GuardedClasses guards,
            ClassFile file,
            Set<String> methods,
            Set<MemberReference> lent,
            PolledMethods polls) {
        super(Opcodes.ASM9, to);
        this.guards = guards;
        this.file = file;
        this.methods = methods;
        this.lent = lent;
        this.polls = polls;
        for (Method method : file.methods()) {
            method.code().ifPresent(code -> locals.put(method.name() + method.descriptor(), code.locals()));
        }
    }

    /** Whether a check can be linked where it stands. */
    boolean links() {
        return (version & 0xFFFF) >= Opcodes.V1_7;
    }

    String className() {
        return file.name();
    }

    Optional<Rule> rule(MemberReference method) {
        return guards.telling(method);
    }

    boolean isPolled(MemberReference method) {
        return guards.isPolled(method);
    }

    @Override
    public void visit(int given, int access, String name, String signature, String superName, String[] interfaces) {
        version = (given & 0xFFFF) < OLDEST ? OLDEST : given;
        isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodVisitor to =
                polls.polling(name + descriptor, super.visitMethod(access, name, descriptor, signature, exceptions));
        if (!methods.contains(name + descriptor)) {
            return to;
        }
        Optional<Rule> calledByJvm = guards.ofFinalizer(name, descriptor);
        return new MethodGuard(to, this, locals.getOrDefault(name + descriptor, 0), calledByJvm);
    }

    /** Where the JDK's method is final, the JVM refuses the class. */
    @Override
    public void visitEnd() {
        for (MemberReference method : lent) {
            Type[] parameters = Type.getArgumentTypes(method.descriptor());
            MethodVisitor code = visitOwn(
                    Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC, method.name(), method.descriptor(), 1, parameters);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            load(code, 1, parameters);
            code.visitMethodInsn(Opcodes.INVOKESPECIAL, method.owner(), method.name(), method.descriptor(), false);
            end(code, Type.getReturnType(method.descriptor()));
        }
        super.visitEnd();
    }

    /** {@code constant}, or what stands for it where it would reach a guarded method. */
    Object guarded(Object constant) {
        if (constant instanceof Handle handle) {
            return guarded(handle);
        }
        if (constant instanceof ConstantDynamic dynamic) {
            Object[] arguments = new Object[dynamic.getBootstrapMethodArgumentCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = guarded(dynamic.getBootstrapMethodArgument(i));
            }
            return new ConstantDynamic(
                    dynamic.getName(), dynamic.getDescriptor(), bootstrap(dynamic.getBootstrapMethod()), arguments);
        }
        return constant;
    }

    /** @throws IllegalArgumentException where it reads a standard stream: no compiler writes that */
    private Handle guarded(Handle handle) {
        if (StandardStreams.are(handle.getOwner(), handle.getName()) && handle.getTag() < Opcodes.H_INVOKEVIRTUAL) {
            throw new IllegalArgumentException(
                    "it has a constant handle of System." + handle.getName() + ", which no compiler writes");
        }
        return rule(handle).isPresent() || isPolled(handle) ? bridges.computeIfAbsent(handle, this::bridge) : handle;
    }

    private Optional<Rule> rule(Handle handle) {
        return handle.getTag() < Opcodes.H_INVOKEVIRTUAL ? Optional.empty() : rule(method(handle));
    }

    private boolean isPolled(Handle handle) {
        return handle.getTag() >= Opcodes.H_INVOKEVIRTUAL && isPolled(method(handle));
    }

    private static MemberReference method(Handle handle) {
        return new MemberReference(handle.getOwner(), handle.getName(), handle.getDesc());
    }

    /**
     * A bootstrap method, which the JVM calls by itself.
     *
     * @throws IllegalArgumentException where it is one that a rule is about: no compiler writes that
     */
    Handle bootstrap(Handle handle) {
        if (rule(handle).isPresent()) {
            throw new IllegalArgumentException("it has " + handle.getOwner() + "." + handle.getName()
                    + " called to link a call site, where no check can stand");
        }
        return handle;
    }

    /** A method of this class that takes what {@code handle} takes, the object first, and calls what it means. */
    private Handle bridge(Handle handle) {
        boolean makes = handle.getTag() == Opcodes.H_NEWINVOKESPECIAL;
        boolean hasReceiver = !makes && handle.getTag() != Opcodes.H_INVOKESTATIC;
        String receiver = handle.getTag() == Opcodes.H_INVOKESPECIAL ? className() : handle.getOwner();
        Type[] own = Type.getArgumentTypes(handle.getDesc());
        Type[] parameters = new Type[own.length + (hasReceiver ? 1 : 0)];
        System.arraycopy(own, 0, parameters, parameters.length - own.length, own.length);
        if (hasReceiver) {
            parameters[0] = Type.getObjectType(receiver);
        }
        Type result = makes ? Type.getObjectType(handle.getOwner()) : Type.getReturnType(handle.getDesc());
        String name = "guarded$" + bridges.size() + "$" + (makes ? "new" : handle.getName());
        String descriptor = Type.getMethodDescriptor(result, parameters);
        MethodVisitor code = visitOwn(
                Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, name, descriptor, 0, parameters);
        if (makes) {
            code.visitTypeInsn(Opcodes.NEW, handle.getOwner());
            code.visitInsn(Opcodes.DUP);
        }
        load(code, 0, parameters);
        code.visitMethodInsn(
                opcode(handle.getTag()), handle.getOwner(), handle.getName(), handle.getDesc(), handle.isInterface());
        end(code, result);
        return new Handle(Opcodes.H_INVOKESTATIC, className(), name, descriptor, isInterface);
    }

    /** Begin a method that the class did not have. */
    private MethodVisitor visitOwn(int access, String name, String descriptor, int receiver, Type[] parameters) {
        int locals = receiver;
        for (Type parameter : parameters) {
            locals += parameter.getSize();
        }
        MethodVisitor code = new MethodGuard(
                super.visitMethod(access, name, descriptor, null, null), this, locals, Optional.empty());
        code.visitCode();
        return code;
    }

    private static void load(MethodVisitor code, int first, Type[] parameters) {
        int local = first;
        for (Type parameter : parameters) {
            code.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), local);
            local += parameter.getSize();
        }
    }

    private static void end(MethodVisitor code, Type result) {
        code.visitInsn(result.getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static int opcode(int tag) {
        return switch (tag) {
            case Opcodes.H_INVOKEVIRTUAL -> Opcodes.INVOKEVIRTUAL;
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
            default -> Opcodes.INVOKESPECIAL;
        };
    }
}
