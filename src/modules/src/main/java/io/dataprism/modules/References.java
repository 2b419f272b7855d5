package io.dataprism.modules;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;

/** What the classes of a jar name: the packages, and the types that stand in a class that looks for services. Filled by one thread. */
final class References {
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w/$]+)[;<]");
    private static final String LOOKING_FOR_SERVICES = "java/util/ServiceLoader";
    private static final int CLASS = 7;
    private static final int NAME_AND_TYPE = 12;

    private final Set<String> packages = new TreeSet<>();
    private final Set<String> beside = new TreeSet<>();

    /** Take note of what a class names in its constants; what stands in a text alone is not seen. */
    void add(byte[] code) {
        ClassReader reader = new ClassReader(code);
        char[] buffer = new char[reader.getMaxStringLength()];
        Set<String> types = new TreeSet<>();
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i);
            if (offset == 0) {
                continue;
            }
            int tag = code[offset - 1];
            if (tag == CLASS) {
                add(reader.readUTF8(offset, buffer), types);
            } else if (tag == NAME_AND_TYPE) {
                addDescriptor(reader.readUTF8(offset + 2, buffer), types);
            }
        }
        types.forEach(type -> packages.add(packageOf(type)));
        if (types.contains(LOOKING_FOR_SERVICES)) {
            types.forEach(type -> beside.add(type.replace('/', '.')));
        }
    }

    private static void add(String type, Set<String> types) {
        if (type.startsWith("[")) {
            addDescriptor(type, types);
        } else {
            types.add(Type.getObjectType(type).getInternalName());
        }
    }

    private static void addDescriptor(String descriptor, Set<String> types) {
        Matcher matcher = IN_DESCRIPTOR.matcher(descriptor);
        while (matcher.find()) {
            types.add(matcher.group(1));
        }
    }

    private static String packageOf(String type) {
        int slash = type.lastIndexOf('/');
        return slash < 0 ? "" : type.substring(0, slash).replace('/', '.');
    }

    /** With dots. */
    Set<String> packages() {
        return packages;
    }

    /** The types, with dots, that a class names which looks for services: those that it looks for are among them. */
    Set<String> besideServices() {
        return beside;
    }
}
