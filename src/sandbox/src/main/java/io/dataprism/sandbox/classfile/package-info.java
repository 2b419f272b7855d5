/**
 * Class files, read without loading them. {@link io.dataprism.sandbox.classfile.ClassFile} holds the constant pool, the type's names, its
 * methods with their code and lines. Everything takes time and memory in proportion to the file's size whatever its bytes are, and what is
 * not well-formed is refused with a {@link io.dataprism.sandbox.classfile.DamagedClassException}.
 */
@NullMarked
package io.dataprism.sandbox.classfile;

import org.jspecify.annotations.NullMarked;
