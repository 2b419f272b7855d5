package io.dataprism.app.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A project of the same shape as this one, with this one's launcher, whose application only tells how it was started. Maven builds it in
 * a few seconds, with the plugins of this project's own build.
 */
final class TinyProject {
    private static final Path REAL = real();

    private final Path folder;

    private TinyProject(Path folder) {
        this.folder = folder;
    }

    private static Path real() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("CONTRIBUTING.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    static TinyProject in(Path folder) throws IOException {
        TinyProject project = new TinyProject(folder);
        Files.createDirectories(folder.resolve("conf"));
        Files.copy(REAL.resolve("dataprism"), folder.resolve("dataprism"));
        project.write("pom.xml", parent());
        project.write("src/app/pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent><groupId>tiny</groupId><artifactId>tiny</artifactId><version>1</version><relativePath>../..</relativePath></parent>
                  <artifactId>dataprism-app</artifactId>
                  <build>
                    <plugins>
                      <plugin>
                        <groupId>org.apache.maven.plugins</groupId>
                        <artifactId>maven-jar-plugin</artifactId>
                        <configuration>
                          <outputDirectory>${project.build.directory}/dist/lib</outputDirectory>
                          <finalName>dataprism</finalName>
                          <archive>
                            <manifest><mainClass>tiny.Main</mainClass></manifest>
                            <manifestEntries><Automatic-Module-Name>io.dataprism.app</Automatic-Module-Name></manifestEntries>
                          </archive>
                        </configuration>
                      </plugin>
                    </plugins>
                  </build>
                </project>
                """);
        project.says("one");
        return project;
    }

    /** The plugins' versions are those of this project, so that nothing has to be fetched for them. */
    private static String parent() throws IOException {
        StringBuilder plugins = new StringBuilder();
        for (String plugin : new String[] {"resources", "compiler", "surefire", "jar"}) {
            String artifact = "maven-" + plugin + "-plugin";
            plugins.append("<plugin><groupId>org.apache.maven.plugins</groupId><artifactId>")
                    .append(artifact)
                    .append("</artifactId><version>")
                    .append(version(artifact))
                    .append("</version></plugin>\n");
        }
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>tiny</groupId><artifactId>tiny</artifactId><version>1</version><packaging>pom</packaging>
                  <modules><module>src/app</module></modules>
                  <properties>
                    <maven.compiler.release>17</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  <profiles><profile><id>quick</id></profile></profiles>
                  <build><pluginManagement><plugins>
                %s
                  </plugins></pluginManagement></build>
                </project>
                """.formatted(plugins);
    }

    private static String version(String artifact) throws IOException {
        String pom = Files.readString(REAL.resolve("pom.xml"));
        Matcher property = Pattern.compile("<" + artifact + ".version>([^<]+)<").matcher(pom);
        Matcher direct = Pattern.compile("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<$]+)<")
                .matcher(pom);
        if (property.find()) {
            return property.group(1);
        }
        if (direct.find()) {
            return direct.group(1);
        }
        throw new IllegalStateException("pom.xml has no version of " + artifact);
    }

    /** Make the application one that says {@code word} with its arguments, and with {@code wait} waits for the end of its input. */
    void says(String word) throws IOException {
        write("src/app/src/main/java/tiny/Main.java", """
                package tiny;

                public final class Main {
                    public static void main(String[] args) throws Exception {
                        String module = Main.class.getModule().isNamed() ? "module " : "";
                        System.out.println(module + "%s " + String.join(",", args));
                        if (args.length == 1 && args[0].equals("wait")) {
                            while (System.in.read() >= 0) {}
                            System.out.println(new Late());
                        }
                    }
                }

                /** Loaded late: where its jar were gone by then, it could not be. */
                final class Late {
                    @Override
                    public String toString() {
                        return "still %s";
                    }
                }
                """.formatted(word, word));
    }

    /** One more module, with nothing in it. */
    void module(String name) throws IOException {
        Path pom = folder.resolve("pom.xml");
        Files.writeString(
                pom,
                Files.readString(pom)
                        .replace(
                                "<module>src/app</module>",
                                "<module>src/app</module><module>src/" + name + "</module>"));
        write("src/" + name + "/pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent><groupId>tiny</groupId><artifactId>tiny</artifactId><version>1</version><relativePath>../..</relativePath></parent>
                  <artifactId>%s</artifactId>
                </project>
                """.formatted(name));
    }

    /** Benchmarks that only tell how they were started. */
    void bench() throws IOException {
        module("bench");
        write("src/bench/pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent><groupId>tiny</groupId><artifactId>tiny</artifactId><version>1</version><relativePath>../..</relativePath></parent>
                  <artifactId>dataprism-bench</artifactId>
                  <build><finalName>dataprism-bench</finalName></build>
                </project>
                """);
        write("src/bench/src/main/java/io/dataprism/bench/Bench.java", """
                package io.dataprism.bench;

                public final class Bench {
                    public static void main(String[] args) {
                        String charts = System.getProperty("dataprism.charts", "");
                        System.out.println(String.join(",", args) + (charts.isEmpty() ? "" : " drawn by a plugin"));
                    }
                }
                """);
        write("src/bench/target/bench.classpath", "");
    }

    /** Attacks that only tell how they were started. */
    void attacks() throws IOException {
        module("attacks");
        write("src/attacks/pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent><groupId>tiny</groupId><artifactId>tiny</artifactId><version>1</version><relativePath>../..</relativePath></parent>
                  <artifactId>dataprism-attacks</artifactId>
                  <build><finalName>dataprism-attacks</finalName></build>
                </project>
                """);
        write("src/attacks/src/main/java/io/dataprism/attacks/Attacks.java", """
                package io.dataprism.attacks;

                public final class Attacks {
                    public static void main(String[] args) {
                        boolean home = new java.io.File(System.getProperty("dataprism.home"), "pom.xml").isFile();
                        System.out.println(String.join(",", args) + (home ? " at home" : ""));
                    }
                }
                """);
        write("src/attacks/target/attacks.classpath", "");
    }

    /** Faults that only tell how they were started. */
    void faults() throws IOException {
        module("faults");
        write("src/faults/pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent><groupId>tiny</groupId><artifactId>tiny</artifactId><version>1</version><relativePath>../..</relativePath></parent>
                  <artifactId>dataprism-faults</artifactId>
                  <build><finalName>dataprism-faults</finalName></build>
                </project>
                """);
        write("src/faults/src/main/java/io/dataprism/faults/Faults.java", """
                package io.dataprism.faults;

                public final class Faults {
                    public static void main(String[] args) {
                        java.io.File jar = new java.io.File(System.getProperty("dataprism.distribution"), "lib/dataprism.jar");
                        System.out.println(String.join(",", args) + (jar.isFile() ? " on a distribution" : ""));
                    }
                }
                """);
        write("src/faults/target/faults.classpath", "");
    }

    /** Have the application hold an agent that only tells how it was started, beside the only build. */
    void agent() throws IOException {
        write("src/app/src/main/java/tiny/Agent.java", """
                package tiny;

                public final class Agent {
                    public static void premain(String options) {
                        System.out.println("agent " + options);
                    }
                }
                """);
    }

    /** The jar that the launcher looks for in the only build: the agent of {@link #agent}, whose class is among the application's. */
    void agentJar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", "tiny.Agent");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "dataprism.jar");
        new JarOutputStream(Files.newOutputStream(build().resolve("lib/dataprism-agent-1.jar")), manifest).close();
    }

    void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    Path folder() {
        return folder;
    }

    Path launcher() {
        return folder.resolve("dataprism");
    }

    /** What the JVM keeps about the classes of the only build. */
    Optional<Path> archive() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("target/builds"), 2)) {
            return files.filter(file -> file.getFileName().toString().matches("classes\\.(jsa|aot)"))
                    .findFirst();
        }
    }

    /** The folder of the only build. */
    Path build() throws IOException {
        try (Stream<Path> builds = Files.list(folder.resolve("target/builds"))) {
            return builds.findFirst().orElseThrow();
        }
    }

    /** The folders of builds that are kept. */
    long builds() throws IOException {
        try (Stream<Path> builds = Files.list(folder.resolve("target/builds"))) {
            return builds.count();
        }
    }
}
