package io.dataprism.sandbox.classfile;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The constants of a class file, each decoded when it is first asked for. Not safe for several threads at a time. */
public final class ConstantPool {
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int FLOAT = 4;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;
    private static final int HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final int DYNAMIC = 17;
    private static final int INVOKE_DYNAMIC = 18;
    private static final int MODULE = 19;
    private static final int PACKAGE = 20;

    private final Bytes bytes;
    private final byte[] tags;
    /** Where the constant's content begins. */
    private final int[] offsets;

    private final @Nullable String[] texts;
    private final @Nullable MemberReference[] members;

    private ConstantPool(Bytes bytes, int size) {
        this.bytes = bytes;
        tags = new byte[size];
        offsets = new int[size];
        texts = new String[size];
        members = new MemberReference[size];
    }

    /** Read from where the pool begins; {@code bytes} stand behind it then. */
    static ConstantPool read(Bytes bytes) throws DamagedClassException {
        int size = bytes.u2();
        ConstantPool pool = new ConstantPool(bytes.again(), size);
        int i = 1;
        while (i < size) {
            int tag = bytes.u1();
            pool.tags[i] = (byte) tag;
            pool.offsets[i] = bytes.position();
            bytes.skip(pool.length(tag, bytes));
            i += tag == LONG || tag == DOUBLE ? 2 : 1;
        }
        return pool;
    }

    private static int lengthOfFixed(int tag) throws DamagedClassException {
        return switch (tag) {
            case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE -> 2;
            case HANDLE -> 3;
            case INTEGER, FLOAT, FIELD, METHOD, INTERFACE_METHOD, NAME_AND_TYPE, DYNAMIC, INVOKE_DYNAMIC -> 4;
            case LONG, DOUBLE -> 8;
            default -> throw new DamagedClassException("a constant is of the unknown kind " + tag);
        };
    }

    private int length(int tag, Bytes bytes) throws DamagedClassException {
        return tag == UTF8 ? bytes.again().u2() + 2 : lengthOfFixed(tag);
    }

    /** How many there are, and one more. */
    public int size() {
        return tags.length;
    }

    private boolean is(int index, int tag) {
        return index > 0 && index < tags.length && tags[index] == tag;
    }

    public boolean isMethod(int index) {
        return is(index, METHOD) || is(index, INTERFACE_METHOD);
    }

    public boolean isField(int index) {
        return is(index, FIELD);
    }

    public boolean isClass(int index) {
        return is(index, CLASS);
    }

    public boolean isHandle(int index) {
        return is(index, HANDLE);
    }

    /** The index of the method that a method handle leads to; 0 where it leads to a field. */
    public int methodOfHandle(int index) throws DamagedClassException {
        int member = memberOfHandle(index);
        return isMethod(member) ? member : 0;
    }

    /** The index of the method or field that a method handle leads to. */
    public int memberOfHandle(int index) throws DamagedClassException {
        Bytes handle = content(index, HANDLE);
        handle.skip(1);
        return handle.u2();
    }

    /** The bootstrap method's number, of an invokedynamic instruction's constant or a dynamic constant; -1 where it is neither. */
    public int bootstrap(int index) throws DamagedClassException {
        return is(index, INVOKE_DYNAMIC) || is(index, DYNAMIC) ? at(index).u2() : -1;
    }

    /** The descriptor of what an invokedynamic instruction calls. */
    String dynamicDescriptor(int index) throws DamagedClassException {
        Bytes dynamic = content(index, is(index, DYNAMIC) ? DYNAMIC : INVOKE_DYNAMIC);
        dynamic.skip(2);
        Bytes nameAndType = content(dynamic.u2(), NAME_AND_TYPE);
        nameAndType.skip(2);
        return utf8(nameAndType.u2());
    }

    /** A method or field that the class names. */
    public MemberReference member(int index) throws DamagedClassException {
        if (!is(index, FIELD) && !isMethod(index)) {
            throw new DamagedClassException("constant " + index + " names no member");
        }
        MemberReference known = members[index];
        if (known == null) {
            Bytes member = at(index);
            String owner = className(member.u2());
            Bytes nameAndType = content(member.u2(), NAME_AND_TYPE);
            known = new MemberReference(owner, utf8(nameAndType.u2()), utf8(nameAndType.u2()));
            members[index] = known;
        }
        return known;
    }

    /** A class's name, with slashes; of an array, its descriptor. */
    public String className(int index) throws DamagedClassException {
        return utf8(content(index, CLASS).u2());
    }

    String moduleName(int index) throws DamagedClassException {
        return utf8(content(index, MODULE).u2());
    }

    String packageName(int index) throws DamagedClassException {
        return utf8(content(index, PACKAGE).u2());
    }

    /** What loading this constant gives, as text: of a string, a whole number, or a class (its name with dots). */
    public Optional<String> constant(int index) throws DamagedClassException {
        if (is(index, STRING)) {
            return Optional.of(utf8(at(index).u2()));
        }
        if (is(index, INTEGER)) {
            return Optional.of(Integer.toString(at(index).s4()));
        }
        return is(index, CLASS) ? Optional.of(className(index).replace('/', '.')) : Optional.empty();
    }

    String utf8(int index) throws DamagedClassException {
        Bytes content = content(index, UTF8);
        String known = texts[index];
        if (known == null) {
            int length = content.u2();
            known = content.text(content.position(), length);
            texts[index] = known;
        }
        return known;
    }

    private Bytes content(int index, int tag) throws DamagedClassException {
        if (!is(index, tag)) {
            throw new DamagedClassException("constant " + index + " is not of the kind " + tag);
        }
        return at(index);
    }

    private Bytes at(int index) throws DamagedClassException {
        Bytes content = bytes.again();
        content.skip(offsets[index] - (long) content.position());
        return content;
    }
}
