package io.dataprism.child;

import io.dataprism.api.Plugin;
import io.dataprism.api.PluginId;
import io.dataprism.child.context.Identity;
import io.dataprism.child.wire.FrameReader;
import io.dataprism.child.wire.FrameSender;
import io.dataprism.child.wire.Kind;
import io.dataprism.child.wire.Op;
import io.dataprism.child.wire.WireOutput;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Does once what every child does on its way up and down, with a plugin that does nothing and a kernel that is another thread, and ends: the JVM then keeps what classes that took
 * ({@code -XX:ArchiveClassesAtExit}), and later children find them ready. Its one argument is an empty folder of a short path, in which it leaves what it made.
 */
public final class Rehearsal {
    private static final String PLUGIN = "rehearsed/Nothing";

    private Rehearsal() {}

    /** @throws IOException where the folder can't be used */
    public static void main(String[] folder) throws IOException {
        Path place = Path.of(folder[0]);
        Path jar = plugin(place.resolve("nothing.jar"));
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(place.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            SocketChannel child = SocketChannel.open(address);
            Thread running = new Thread(() -> run(child), "child");
            running.setDaemon(true);
            running.start();
            lead(server.accept(), jar);
        }
        System.exit(0);
    }

    private static void run(SocketChannel connection) {
        try {
            new Child(connection).run("rehearsal");
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    /** What a kernel says, word for word: each step once the one before was answered. */
    private static void lead(SocketChannel child, Path jar) throws IOException {
        FrameSender sender = new FrameSender(child);
        Loading loading = new Loading(
                new Identity(new PluginId("rehearsal"), "1.0.0", "rehearsal"),
                new JsonObject()
                        .put(
                                "some",
                                new JsonArray()
                                        .add(1)
                                        .add(2.5)
                                        .add("text")
                                        .add(true)
                                        .addNull()),
                "rehearsal",
                PLUGIN.replace('/', '.'),
                List.of(jar.toString()),
                true,
                1);
        List<Op> steps = List.of(Op.LOAD, Op.INITIALIZE, Op.START, Op.ALIVE, Op.STOP, Op.DESTROY);
        int[] answered = new int[1];
        WireOutput first = new WireOutput();
        loading.write(first);
        sender.send(first.as(Kind.ASK, Op.LOAD, 1));
        FrameReader reader = new FrameReader(child, (kind, op, number, content) -> {
            if (kind == Kind.ASK) {
                sender.send(new WireOutput().u8(0).as(Kind.FAILURE, Op.NONE, number));
            } else if (kind == Kind.FAILURE) {
                throw new IOException("the child failed at " + steps.get(answered[0]));
            } else if (kind == Kind.ANSWER && ++answered[0] < steps.size()) {
                sender.send(new WireOutput().as(Kind.ASK, steps.get(answered[0]), answered[0] + 1L));
            }
        });
        while (answered[0] < steps.size() && reader.read() >= 0) {
            // Frames are taken where they are read.
        }
        if (answered[0] < steps.size()) {
            throw new IOException("the child ended after " + answered[0] + " steps");
        }
    }

    /** A plugin without anything of its own. */
    private static Path plugin(Path jar) throws IOException {
        ClassWriter type = new ClassWriter(0);
        type.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, PLUGIN, null, "java/lang/Object", new String[] {
            Plugin.class.getName().replace('.', '/')
        });
        MethodVisitor make = type.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        make.visitCode();
        make.visitVarInsn(Opcodes.ALOAD, 0);
        make.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        make.visitInsn(Opcodes.RETURN);
        make.visitMaxs(1, 1);
        make.visitEnd();
        type.visitEnd();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(PLUGIN + ".class"));
            out.write(type.toByteArray());
            out.closeEntry();
        }
        return jar;
    }
}
