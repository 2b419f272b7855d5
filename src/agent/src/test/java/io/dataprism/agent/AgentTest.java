package io.dataprism.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.testjars.CompiledJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins' jars in JVMs with the agent: what goes past a plugin's own classes is checked all the same, and useful code needs no permission. */
class AgentTest {
    /** Where the JVMs keep what they made of the JDK's classes: the first works it out, the others take it over. */
    @TempDir
    static Path kept;

    @TempDir
    Path temporary;

    private Path folder;
    private Path data;

    @BeforeEach
    void makeData() throws IOException {
        folder = temporary.toRealPath();
        data = Files.writeString(folder.resolve("data.txt"), "kept");
    }

    /** What a plugin whose code is {@code body} says, of the argument {@code it}. */
    private String says(String body, String... granted) throws Exception {
        Path jar = new CompiledJar()
                .source("package app;\n"
                        + "import java.lang.reflect.*; import java.nio.file.*; import java.util.*; import java.util.function.*;\n"
                        + "import java.util.concurrent.*; import java.util.stream.*; import java.io.*; import java.time.*;\n"
                        + "public class App implements Function<String, Object> {\n"
                        + "  public record Point(int x, String y) {}\n"
                        + "  public enum Kind { ONE, TWO }\n"
                        + "  public Object apply(String it) {\n"
                        + "    try { return go(it); } catch (RuntimeException e) { throw e; }"
                        + " catch (Exception e) { throw new IllegalStateException(e); } }\n"
                        + "  static Object go(String it) throws Exception {\n" + body + "\n  }\n}")
                .build(folder.resolve("app.jar"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + agent() + "=kept=" + kept,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Guinea.class.getName(),
                jar.toString(),
                data.toString()));
        command.addAll(List.of(granted));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), "it goes on for ever");
        // Beside it, what a thread of the plugin's was refused may stand there.
        int answer = said.lastIndexOf("checked: ");
        assertTrue(answer == 0 || (answer > 0 && said.charAt(answer - 1) == '\n'), said);
        return said.substring(answer + "checked: ".length()).strip();
    }

    /** A jar that says what the JVM starts; the class is on the class path. */
    private Path agent() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Agent.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = folder.resolve("agent.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    private void refuses(String permission, String said) {
        assertTrue(
                said.startsWith("java.lang.SecurityException: ") && said.contains("'" + permission + "'"), () -> said);
        assertTrue(said.contains("app.App"), () -> said);
    }

    @Test
    void whatReflectionReachesTakesThePermissionOfWhatIsReached() throws Exception {
        String body = "return Files.class.getMethod(\"readString\", Path.class).invoke(null, Path.of(it));";
        refuses("file-access:read:" + data, says(body, "reflection"));
        assertEquals("kept", says(body, "reflection", "file-access:read:" + data));
    }

    /** The node counts by it what plugins retain. */
    @Test
    void theJdksOwnWayToMemoryIsOpenToTheNodeAlone() throws Exception {
        String said = says(
                "Object memory = Class.forName(\"jdk.internal.misc.Unsafe\").getMethod(\"getUnsafe\").invoke(null);"
                        + " return memory.getClass().getMethod(\"pageSize\").invoke(memory);",
                "reflection",
                "class-loading",
                "native-access");
        assertTrue(said.contains("IllegalAccessException"), () -> said);
    }

    @Test
    void soDoesAHandleOfAMethod() throws Exception {
        refuses(
                "file-access:write:" + data,
                says(
                        "try { return java.lang.invoke.MethodHandles.lookup().findVirtual(File.class, \"delete\","
                                + " java.lang.invoke.MethodType.methodType(boolean.class))"
                                + ".invokeWithArguments(new File(it)); }"
                                + " catch (RuntimeException e) { throw e; } catch (Throwable e) { throw new Exception(e); }",
                        "reflection"));
        assertTrue(Files.exists(data));
    }

    @Test
    void aThreadIsThePluginsThatStartedIt() throws Exception {
        says(
                "Runnable task = java.lang.invoke.MethodHandleProxies.asInterfaceInstance(Runnable.class,"
                        + " java.lang.invoke.MethodHandles.lookup().findVirtual(File.class, \"delete\","
                        + " java.lang.invoke.MethodType.methodType(boolean.class))"
                        + ".bindTo(new File(it)).asType(java.lang.invoke.MethodType.methodType(void.class)));\n"
                        + "Thread thread = new Thread(task); thread.start(); thread.join(); return \"done\";",
                "reflection",
                "threads");
        assertTrue(Files.exists(data));
    }

    @Test
    void aLoaderIsThePluginsThatMadeIt() throws Exception {
        Path other = new CompiledJar()
                .source("package other; public class Other { public static boolean go(String it) {"
                        + " return new java.io.File(it).delete(); } }")
                .build(folder.resolve("other.jar"));
        String body = "var loader = new java.net.URLClassLoader(new java.net.URL[] {new File(\"" + other
                + "\").toURI().toURL()}, null);\n"
                + "return loader.loadClass(\"other.Other\").getMethod(\"go\", String.class).invoke(null, it);";
        String said = says(body, "reflection", "class-loading", "file-access:read:" + other);
        assertTrue(said.contains("'file-access:write:" + data + "'"), said);
        assertTrue(said.contains("other.Other"), said);
        assertTrue(Files.exists(data));
    }

    @Test
    void theNodesOwnClassesAreOutOfReach() throws Exception {
        String said = says(
                "return Class.forName(\"io.dataprism.agent.Guinea\", true, Thread.currentThread().getContextClassLoader());",
                "reflection",
                "class-loading");
        assertTrue(said.contains("it reaches for a class, a class loader or a module that is not the plugin's"), said);
    }

    /** What the JDK's methods call is public, as they could not call it otherwise. */
    @Test
    void theHookIsNotForPlugins() throws Exception {
        String call = "Class.forName(\"java.lang.DataPrismHook\").getMethod(\"called\", Object[].class, int.class)"
                + ".invoke(null, new Object[] {Thread.currentThread().getContextClassLoader()}, -1);\n";
        refuses("reflection:java.lang.DataPrismHook", says(call + "return \"called\";"));
        // Who may call anything may call it, and gains nothing.
        String said = says(
                call
                        + "return Class.forName(\"io.dataprism.agent.Guinea\", true, Thread.currentThread().getContextClassLoader());",
                "reflection",
                "class-loading");
        assertTrue(said.contains("it reaches for a class, a class loader or a module that is not the plugin's"), said);
        assertTrue(said.contains("java.lang.Class.forName"), said);
    }

    @Test
    void howToTouchRawMemoryIsNotFoundByReflection() throws Exception {
        refuses(
                "native-access",
                says(
                        "Field field = Class.forName(\"sun.misc.Unsafe\").getDeclaredField(\"theUnsafe\");"
                                + " field.setAccessible(true); return field.get(null);",
                        "reflection"));
    }

    @Test
    void whatTheJdkDoesForItselfTakesNoPermission() throws Exception {
        assertEquals(
                "true",
                says("StringBuilder all = new StringBuilder();\n"
                        + "all.append(String.format(Locale.GERMANY, \"%,.2f %s\", 1234.5, new Point(1, \"a\")));\n"
                        + "all.append(ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneId.of(\"Europe/Berlin\")));\n"
                        + "all.append(java.time.format.DateTimeFormatter.ofPattern(\"EEEE\", Locale.FRANCE)"
                        + ".format(LocalDate.of(2026, 1, 1)));\n"
                        + "all.append(TimeZone.getTimeZone(\"America/New_York\").getDisplayName(Locale.JAPAN));\n"
                        + "all.append(java.text.NumberFormat.getCurrencyInstance(Locale.US).format(3));\n"
                        + "all.append(java.text.Collator.getInstance(Locale.GERMANY).compare(\"a\", \"b\"));\n"
                        + "all.append(java.text.Normalizer.normalize(\"é\", java.text.Normalizer.Form.NFD));\n"
                        + "all.append(UUID.randomUUID()).append(new Random().nextInt());\n"
                        + "all.append(new java.security.SecureRandom().nextInt());\n"
                        + "all.append(java.security.MessageDigest.getInstance(\"SHA-256\").digest(new byte[3]).length);\n"
                        + "all.append(javax.crypto.Cipher.getInstance(\"AES/GCM/NoPadding\").getBlockSize());\n"
                        + "all.append(java.security.KeyPairGenerator.getInstance(\"EC\").generateKeyPair().getPublic());\n"
                        + "all.append(java.nio.charset.Charset.forName(\"windows-1252\").encode(\"ä\"));\n"
                        + "all.append(java.util.regex.Pattern.compile(\"a+b\").matcher(\"aab\").matches());\n"
                        + "all.append(Stream.of(3, 1, 2).sorted().map(String::valueOf).collect(Collectors.joining()));\n"
                        + "all.append(Kind.valueOf(\"TWO\")).append(new EnumMap<>(Map.of(Kind.ONE, 1)));\n"
                        + "all.append(switch (Kind.ONE) { case ONE -> 1; case TWO -> 2; });\n"
                        + "all.append(new java.math.BigDecimal(\"1.5\").pow(20));\n"
                        + "all.append(java.util.logging.Logger.getLogger(\"x\").isLoggable(java.util.logging.Level.FINE));\n"
                        + "all.append(new StringReader(\"x\").read()).append(new Properties().size());\n"
                        + "var bytes = new ByteArrayOutputStream();\n"
                        + "try (var zip = new java.util.zip.GZIPOutputStream(bytes)) { zip.write(1); }\n"
                        + "var image = new java.awt.image.BufferedImage(9, 9, java.awt.image.BufferedImage.TYPE_INT_ARGB);\n"
                        + "image.createGraphics().fillOval(1, 1, 5, 5);\n"
                        + "all.append(CompletableFuture.completedFuture(1).thenApply(x -> x + 1).join());\n"
                        + "try { Objects.requireNonNull(null); } catch (NullPointerException e) {"
                        + " e.printStackTrace(new PrintWriter(new StringWriter())); }\n"
                        + "all.append(App.class.getResource(\"App.class\") != null);\n"
                        + "all.append(new ObjectOutputStream(bytes) != null);\n"
                        + "return all.length() > 100;"));
    }

    @Test
    void aDocumentIsMadeWithoutPermissionThoughTheJdkLooksForItsOwnConfiguration() throws Exception {
        assertEquals(
                "x",
                says("javax.xml.stream.XMLOutputFactory.newInstance();\n"
                        + "return javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument()"
                        + ".createElement(\"x\").getTagName();"));
    }

    @Test
    void theJdksOtherFilesAreTheNodes() throws Exception {
        Path security = Path.of(System.getProperty("java.home"), "conf", "security", "java.security");
        String said = says("return Files.readString(Path.of(\"" + security + "\"));");
        assertTrue(said.contains("'file-access:read:"), said);
    }

    @Test
    void theHookTellsNothingToWhoCallsIt() throws Exception {
        String said = says(
                "Class<?> hook = Class.forName(\"java.lang.DataPrismHook\");\n"
                        + "return Arrays.stream(hook.getFields()).count() + \" \" + hook.getDeclaredFields().length"
                        + " + Arrays.stream(hook.getDeclaredFields()).map(field -> {"
                        + " try { field.setAccessible(true); return \" open\"; } catch (RuntimeException e) { return \" closed\"; } })"
                        + ".collect(Collectors.joining());",
                "reflection");
        assertEquals("0 1 closed", said);
        assertFalse(said.contains("open"));
    }
}
