package io.dataprism.sandbox.classfile;

/**
 * A method or field as a class file names it.
 *
 * @param owner the type that it is looked for in, with slashes
 */
public record MemberReference(String owner, String name, String descriptor) {

    /** For reading: {@code java.nio.file.Files.delete}, {@code new java.io.File}. */
    public String shown() {
        String type = owner.replace('/', '.');
        return name.equals("<init>") ? "new " + type : type + "." + name;
    }
}
