package io.dataprism.sandbox.classfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A class file. Not safe for several threads at a time. */
public final class ClassFile {
    private static final int MAGIC = 0xCAFEBABE;

    private final ConstantPool constants;
    private final String name;
    private final @Nullable String superclass;
    private final List<String> interfaces;
    private final List<Method> methods;
    private final List<List<Integer>> bootstraps;
    private final @Nullable ModuleFacts module;

    private ClassFile(Bytes bytes) throws DamagedClassException {
        if (bytes.left() < 4 || bytes.s4() != MAGIC) {
            throw new DamagedClassException("it does not begin as a class file does");
        }
        bytes.skip(4);
        constants = ConstantPool.read(bytes);
        bytes.skip(2);
        name = constants.className(bytes.u2());
        int above = bytes.u2();
        superclass = above == 0 ? null : constants.className(above);
        interfaces = new ArrayList<>();
        for (int i = bytes.u2(); i > 0; i--) {
            interfaces.add(constants.className(bytes.u2()));
        }
        fields(bytes);
        methods = methods(bytes);
        bootstraps = new ArrayList<>();
        ModuleFacts facts = null;
        for (int i = bytes.u2(); i > 0; i--) {
            String attribute = constants.utf8(bytes.u2());
            Bytes content = bytes.part(bytes.u4());
            if (attribute.equals("BootstrapMethods")) {
                bootstraps.addAll(bootstraps(content));
            } else if (attribute.equals("Module")) {
                facts = module(content);
            }
        }
        if (bytes.left() > 0) {
            throw new DamagedClassException(bytes.left() + " bytes stand behind its end");
        }
        module = facts;
    }

    /**
     * Read {@code bytes}, which are kept and must not change.
     *
     * @throws DamagedClassException where they are no well-formed class file
     */
    public static ClassFile read(byte[] bytes) throws DamagedClassException {
        return new ClassFile(new Bytes(bytes));
    }

    public ConstantPool constants() {
        return constants;
    }

    /** With slashes. */
    public String name() {
        return name;
    }

    /** With slashes; empty for {@code java.lang.Object} and modules. */
    public Optional<String> superclass() {
        return Optional.ofNullable(superclass);
    }

    /** With slashes. */
    public List<String> interfaces() {
        return List.copyOf(interfaces);
    }

    public List<Method> methods() {
        return methods;
    }

    /** What {@code module-info.class} says. */
    public Optional<ModuleFacts> module() {
        return Optional.ofNullable(module);
    }

    /** The constants that a bootstrap method is called with, itself first. */
    public List<Integer> bootstrap(int number) throws DamagedClassException {
        if (number < 0 || number >= bootstraps.size()) {
            throw new DamagedClassException("there is no bootstrap method " + number);
        }
        return bootstraps.get(number);
    }

    /** What an invokedynamic instruction takes from the stack and leaves there. */
    public String dynamicDescriptor(int constant) throws DamagedClassException {
        return constants.dynamicDescriptor(constant);
    }

    private static void fields(Bytes bytes) throws DamagedClassException {
        for (int i = bytes.u2(); i > 0; i--) {
            bytes.skip(6);
            for (int j = bytes.u2(); j > 0; j--) {
                bytes.skip(2);
                bytes.skip(bytes.u4());
            }
        }
    }

    private List<Method> methods(Bytes bytes) throws DamagedClassException {
        List<Method> all = new ArrayList<>();
        for (int i = bytes.u2(); i > 0; i--) {
            int access = bytes.u2();
            String method = constants.utf8(bytes.u2());
            String descriptor = constants.utf8(bytes.u2());
            Code code = null;
            for (int j = bytes.u2(); j > 0; j--) {
                boolean isCode = constants.utf8(bytes.u2()).equals("Code");
                Bytes content = bytes.part(bytes.u4());
                if (isCode && code != null) {
                    throw new DamagedClassException("method '" + method + "' has two codes");
                }
                code = isCode ? code(content) : code;
            }
            all.add(new Method(access, method, descriptor, Optional.ofNullable(code)));
        }
        return List.copyOf(all);
    }

    private Code code(Bytes bytes) throws DamagedClassException {
        bytes.skip(2);
        int locals = bytes.u2();
        Bytes instructions = bytes.part(bytes.u4());
        int[] handlers = new int[bytes.u2()];
        for (int i = 0; i < handlers.length; i++) {
            bytes.skip(4);
            handlers[i] = bytes.u2();
            bytes.skip(2);
        }
        Bytes lines = bytes.part(0);
        for (int i = bytes.u2(); i > 0; i--) {
            boolean isLines = constants.utf8(bytes.u2()).equals("LineNumberTable");
            Bytes content = bytes.part(bytes.u4());
            if (isLines && lines.left() == 0) {
                lines = lines(content);
            }
        }
        return new Code(instructions, locals, handlers, lines);
    }

    private static Bytes lines(Bytes bytes) throws DamagedClassException {
        int count = bytes.u2();
        if (bytes.left() != 4 * count) {
            throw new DamagedClassException("a table of lines has another length than it says");
        }
        return bytes;
    }

    private static List<List<Integer>> bootstraps(Bytes bytes) throws DamagedClassException {
        List<List<Integer>> all = new ArrayList<>();
        for (int i = bytes.u2(); i > 0; i--) {
            List<Integer> one = new ArrayList<>();
            one.add(bytes.u2());
            for (int j = bytes.u2(); j > 0; j--) {
                one.add(bytes.u2());
            }
            all.add(List.copyOf(one));
        }
        return all;
    }

    private ModuleFacts module(Bytes bytes) throws DamagedClassException {
        String named = constants.moduleName(bytes.u2());
        bytes.skip(4);
        bytes.skip(6L * bytes.u2());
        List<String> opened = new ArrayList<>();
        for (int kind = 0; kind < 2; kind++) {
            for (int i = bytes.u2(); i > 0; i--) {
                opened.add(constants.packageName(bytes.u2()));
                bytes.skip(2);
                bytes.skip(2L * bytes.u2());
            }
        }
        bytes.skip(2L * bytes.u2());
        List<String> provided = new ArrayList<>();
        for (int i = bytes.u2(); i > 0; i--) {
            provided.add(constants.className(bytes.u2()));
            bytes.skip(2L * bytes.u2());
        }
        return new ModuleFacts(named, opened, provided);
    }
}
