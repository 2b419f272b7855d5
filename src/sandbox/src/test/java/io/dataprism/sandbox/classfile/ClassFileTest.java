package io.dataprism.sandbox.classfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What is read of class files, held against what ASM reads of them, and what becomes of damaged ones. */
class ClassFileTest {

    private static List<byte[]> classesOf(String module) throws IOException {
        Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", module);
        List<byte[]> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file :
                    walk.filter(path -> path.toString().endsWith(".class")).toList()) {
                all.add(Files.readAllBytes(file));
            }
        }
        return all;
    }

    @Test
    void readsAllOfTheJdksBaseAsAsmDoes() throws IOException {
        int calls = 0;
        for (byte[] bytes : classesOf("java.base")) {
            List<String> expected = callsByAsm(bytes);
            ClassFile file = ClassFile.read(bytes);
            assertEquals(expected, calls(file), file.name());
            calls += expected.size();
        }
        assertTrue(calls > 100_000, "calls seen: " + calls);
    }

    /** Each method's calls with their lines, in order. */
    private static List<String> calls(ClassFile file) throws DamagedClassException {
        List<String> found = new ArrayList<>();
        for (Method method : file.methods()) {
            if (method.code().isEmpty()) {
                continue;
            }
            Code code = method.code().get();
            code.entered();
            code.walk((pc, opcode, operand, second) -> {
                if (opcode >= 182 && opcode <= 185) {
                    MemberReference called = file.constants().member(operand);
                    found.add(method.name() + ":" + code.line(pc) + " " + called.owner() + "." + called.name()
                            + called.descriptor());
                } else if (opcode == 186) {
                    found.add(method.name() + ":" + code.line(pc) + " dynamic " + file.dynamicDescriptor(operand));
                } else if (opcode == 18 || opcode == 19) {
                    file.constants().constant(operand).ifPresent(text -> found.add("constant " + text));
                }
            });
        }
        return found;
    }

    private static List<String> callsByAsm(byte[] bytes) {
        List<String> found = new ArrayList<>();
        new ClassReader(bytes).accept(new Calls(found), ClassReader.SKIP_FRAMES);
        return found;
    }

    /** The same, by ASM. */
    private static final class Calls extends ClassVisitor {
        private final List<String> found;

        Calls(List<String> found) {
            super(Opcodes.ASM9);
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(int access, String method, String type, String signature, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9) {
                private int line;

                @Override
                public void visitLineNumber(int number, Label start) {
                    line = number;
                }

                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String name, String descriptor, boolean isInterface) {
                    found.add(method + ":" + line + " " + owner + "." + name + descriptor);
                }

                @Override
                public void visitInvokeDynamicInsn(
                        String name, String descriptor, Handle bootstrap, Object... arguments) {
                    found.add(method + ":" + line + " dynamic " + descriptor);
                }

                @Override
                public void visitLdcInsn(Object value) {
                    if (value instanceof String || value instanceof Integer) {
                        found.add("constant " + value);
                    } else if (value instanceof org.objectweb.asm.Type constant
                            && constant.getSort() != org.objectweb.asm.Type.METHOD) {
                        found.add("constant " + constant.getInternalName().replace('/', '.'));
                    }
                }
            };
        }
    }

    @Test
    void damageIsRefusedOrReadButNeverGoesWrong() throws IOException {
        Random random = new Random(20261130);
        byte[] sound = bytesOf(ClassFileTest.class);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = sound.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(8) == 0) {
                damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            try {
                calls(ClassFile.read(damaged));
            } catch (DamagedClassException e) {
                refused++;
            }
        }
        assertTrue(refused > 1000 && refused < 20_000, "refused: " + refused);
    }

    @Test
    void noBytesMakeItTakeLong() throws IOException {
        byte[] noise = new byte[1 << 20];
        new Random(7).nextBytes(noise);
        noise[0] = (byte) 0xCA;
        noise[1] = (byte) 0xFE;
        noise[2] = (byte) 0xBA;
        noise[3] = (byte) 0xBE;
        assertThrows(DamagedClassException.class, () -> ClassFile.read(noise));
        assertThrows(DamagedClassException.class, () -> ClassFile.read(new byte[0]));
        assertThrows(DamagedClassException.class, () -> ClassFile.read(Arrays.copyOf(bytesOf(String.class), 5000)));
    }

    @Test
    void writesParametersAsRulesDo() {
        assertEquals(
                "Path[],String,int,long[][],Builder",
                Descriptors.simple("([Ljava/nio/file/Path;Ljava/lang/String;I[[JLjava/net/http/HttpClient$Builder;)V"));
        assertEquals("", Descriptors.simple("()V"));
        assertEquals("Odd", Descriptors.simple("(LOdd;)V"));
        Descriptors.simple("(Lunfinished");
        Descriptors.simple("([[");
        Descriptors.simple("");
    }

    private static byte[] bytesOf(Class<?> type) throws IOException {
        try (InputStream stream = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return stream.readAllBytes();
        }
    }
}
