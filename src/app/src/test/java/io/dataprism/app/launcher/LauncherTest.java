package io.dataprism.app.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code dataprism} itself, with a shell, a JDK and Maven, on a project that builds quickly. */
class LauncherTest {
    private static final String NO_BUILD = "";
    private static final String OFFER =
            "Putting the plugin API, the test kit and the Maven plugin into your own Maven repository, where your project finds them …\n";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** What a launcher left behind writes its archive of classes still; the folder is taken away when nobody does. */
    @AfterEach
    void nobodyWritesThereAnyMore() {
        String name = folder.toString();
        await().atMost(SOON)
                .until(() -> ProcessHandle.allProcesses()
                        .noneMatch(process ->
                                process.info().commandLine().orElse("").contains(name)));
    }

    @Test
    void buildsOnFirstUseAndWhenASourceChangedAndNeverElse() throws Exception {
        TinyProject project = TinyProject.in(Files.createDirectory(folder.resolve("a project")));
        Path jdks = Files.createDirectory(folder.resolve("jdks"));
        jdk(jdks.resolve("a-jdk8"), "1.8.0_392");
        Files.createSymbolicLink(jdks.resolve("b-real"), Path.of(System.getProperty("java.home")));
        Map<String, String> environment = without(jdks);
        Files.createSymbolicLink(folder.resolve("absolute"), project.launcher());
        Path launcher = Files.createSymbolicLink(folder.resolve("relative"), Path.of("absolute"));

        Launched.End first = Launched.run(launcher, environment, "a", "b c");
        assertEquals("one a,b c\n", first.out(), first.err());
        assertEquals(0, first.exitCode());
        assertEquals("Building DataPrism (first use, about a minute) …\n", first.err());

        Launched.End second = Launched.run(launcher, environment);
        assertEquals("one \n", second.out());
        assertEquals(NO_BUILD, second.err());

        project.write("conf/kernel.yaml", "version: 1\n");
        project.write("src/app/src/test/java/tiny/MainTest.java", "package tiny;\n\nclass MainTest {}\n");
        project.write("README.md", "# Tiny\n");
        assertEquals(NO_BUILD, Launched.run(launcher, environment).err());

        project.says("two");
        Launched.End changed = Launched.run(launcher, environment);
        assertEquals("two \n", changed.out());
        assertEquals("Building what changed …\n", changed.err());
        assertEquals(1, project.builds(), "nothing runs from the first build any more");
    }

    @Test
    void aFailedBuildShowsItsCauseAndWhereTheLogIs() throws Exception {
        TinyProject project = TinyProject.in(folder);
        project.write(
                "src/app/src/main/java/tiny/Broken.java", "package tiny;\n\nclass Broken { int x = \"text\"; }\n");
        Launched.End run = Launched.run(project.launcher(), Map.of(), "version");
        assertEquals(70, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.err().contains("Broken.java:[3,24] incompatible types: "), run.err());
        assertTrue(
                run.err()
                        .endsWith("dataprism: the build failed. The whole log: "
                                + folder.toRealPath().resolve("target/build.log") + "\n"),
                run.err());
        assertFalse(run.err().contains("Re-run Maven"), run.err());
    }

    @Test
    void whatRunsKeepsItsJarsWhenSourcesAreBuiltAgain() throws Exception {
        TinyProject project = TinyProject.in(folder);
        try (Launched node = Launched.start(project.launcher(), Map.of(), "wait")) {
            await().atMost(SOON).until(() -> node.out().equals("one wait\n"));
            project.says("two");
            Launched.End other = Launched.run(project.launcher(), Map.of());
            assertEquals("two \n", other.out());
            assertEquals(
                    "Building what changed …\nProcess " + node.pid()
                            + " keeps what it was started with; start it again to have what was built now.\n",
                    other.err());
            assertEquals("one wait\nstill one\n", node.end().out());
        }
    }

    @Test
    void runsFromABuildInWhichNothingMayBeWritten() throws Exception {
        TinyProject project = TinyProject.in(folder);
        assertEquals("one \n", Launched.run(project.launcher(), Map.of()).out());
        // A folder in which no file can be made, not even by root
        Path users = project.build().resolve("users");
        Files.move(users, folder.resolve("users before"));
        Files.createSymbolicLink(users, Path.of("/proc/self/task"));
        Launched.End run = Launched.run(project.launcher(), Map.of());
        assertEquals(new Launched.End(0, "one \n", ""), run);
    }

    @Test
    void keepsWhatTheJvmWorkedOutAboutClassesBesideTheBuild() throws Exception {
        TinyProject project = TinyProject.in(folder);
        assertEquals(0, Launched.run(project.launcher(), Map.of()).exitCode());
        await().atMost(SOON).until(() -> project.archive().isPresent());
        boolean cache = Runtime.version().feature() >= 25;
        Map<String, String> insisting =
                Map.of("DATAPRISM_JAVA_OPTS", cache ? "-XX:AOTMode=on" : "-Xshare:on -Xlog:class+load");
        Launched.End run = Launched.run(project.launcher(), insisting);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("one \n"), run.out());
        assertTrue(
                cache || run.out().contains("tiny.Main source: shared objects file (top)"),
                "the class comes from the archive: " + run.out());
    }

    @Test
    void startsWithoutAnArchiveThatIsDamaged() throws Exception {
        TinyProject project = TinyProject.in(folder);
        Launched.run(project.launcher(), Map.of());
        await().atMost(SOON).until(() -> project.archive().isPresent());
        Path archive = project.archive().orElseThrow();
        Files.delete(archive);
        Files.writeString(archive, "no archive at all");
        Launched.End run = Launched.run(project.launcher(), Map.of());
        assertEquals("one \n", run.out(), run.err());
        assertEquals(0, run.exitCode());
    }

    @Test
    void aNodeIsCheckedByTheAgentUnlessToldOtherwise() throws Exception {
        TinyProject project = TinyProject.in(folder);
        project.agent();
        assertEquals(
                "module one run\n",
                Launched.run(project.launcher(), Map.of(), "run").out(),
                "a build without an agent");
        project.agentJar();
        Path kept = project.build().resolve("checks");
        assertEquals(
                "agent kept=" + kept + "\nmodule one run,--cluster\n",
                Launched.run(project.launcher(), Map.of(), "run", "--cluster").out());
        assertEquals(
                "module one run,--no-agent\n",
                Launched.run(project.launcher(), Map.of(), "run", "--no-agent").out());
        assertEquals(
                "agent kept=" + kept + "\nmodule one pipeline,run,a.yaml,--conf,c\n",
                Launched.run(project.launcher(), Map.of(), "pipeline", "run", "a.yaml", "--conf", "c")
                        .out(),
                "plugins of others, perhaps");
        assertEquals(
                "one pipeline,run,a.yaml\n",
                Launched.run(project.launcher(), Map.of(), "pipeline", "run", "a.yaml")
                        .out());
        assertEquals(
                "one demo,run\n",
                Launched.run(project.launcher(), Map.of(), "demo", "run").out());
    }

    @Test
    void aNodeInAFolderWhoseNameNoAgentMayHaveStartsWithoutAndSaysSo() throws Exception {
        TinyProject project = TinyProject.in(Files.createDirectory(folder.resolve("a=b")));
        project.agent();
        assertEquals(0, Launched.run(project.launcher(), Map.of(), "version").exitCode());
        project.agentJar();
        Launched.End end = Launched.run(project.launcher(), Map.of(), "run");
        assertEquals("module one run\n", end.out(), end.err());
        assertTrue(end.err().contains("no JVM takes an agent whose path has a '=' in it"), end.err());
    }

    /** A Maven that writes down what it is to install and does not do it, and builds everything else. */
    private Path maven(Path installs, String then) throws Exception {
        Path home = Files.createDirectories(folder.resolve("maven"));
        Path program = Files.createDirectories(home.resolve("bin")).resolve("mvn");
        Files.writeString(program, """
                #!/bin/sh
                case "$*" in
                    *' install') printf '%%s\n' "$*" >>'%s'; %s ;;
                esac
                exec mvn "$@"
                """.formatted(installs, then));
        assertTrue(program.toFile().setExecutable(true));
        return home;
    }

    @Test
    void whatAPluginBuildsWithIsOfferedBeforeTheFirstNewOneOfEachBuild() throws Exception {
        TinyProject project = TinyProject.in(Files.createDirectory(folder.resolve("project")));
        Path installs = Files.createFile(folder.resolve("installs"));
        Map<String, String> environment =
                Map.of("MAVEN_HOME", maven(installs, "exit 0").toString());
        Launched.run(project.launcher(), environment, "plugins", "list");
        assertEquals(
                NO_BUILD,
                Launched.run(project.launcher(), environment, "plugins", "new", "--help")
                        .err());
        assertEquals("", Files.readString(installs), "nothing is installed for any other command");

        Launched.End first = Launched.run(project.launcher(), environment, "plugins", "new", "greeter");
        assertEquals("one plugins,new,greeter\n", first.out(), first.err());
        assertEquals(OFFER, first.err());
        assertEquals(
                "-B -ntp -Dstyle.color=never -Pquick -pl :dataprism-plugin-api,:dataprism-testkit,:dataprism-maven-plugin -am install\n",
                Files.readString(installs));
        assertEquals(
                NO_BUILD,
                Launched.run(project.launcher(), environment, "plugins", "new", "other")
                        .err());

        project.says("two");
        assertEquals(
                "Building what changed …\n",
                Launched.run(project.launcher(), environment, "plugins", "new", "Greeter")
                        .err(),
                "nothing is put anywhere for what can be no id");
        assertEquals(
                OFFER,
                Launched.run(project.launcher(), environment, "plugins", "new", "third")
                        .err());
        assertEquals(2, Files.readAllLines(installs).size());
    }

    @Test
    void anOfferThatFailsShowsItsCauseAndIsMadeAgain() throws Exception {
        TinyProject project = TinyProject.in(Files.createDirectory(folder.resolve("project")));
        Path installs = folder.resolve("installs");
        Map<String, String> environment = Map.of(
                "MAVEN_HOME",
                maven(installs, "echo '[ERROR] no room left'; exit 1").toString());
        Launched.run(project.launcher(), environment, "version");
        for (int tries = 1; tries <= 2; tries++) {
            Launched.End run = Launched.run(project.launcher(), environment, "plugins", "new", "greeter");
            assertEquals(70, run.exitCode());
            assertEquals("", run.out(), "no project is made that could not be built");
            assertEquals(
                    OFFER + "[ERROR] no room left\ndataprism: that failed. The whole log: "
                            + folder.toRealPath().resolve("project/target/offer.log") + "\n",
                    run.err());
            assertEquals(tries, Files.readAllLines(installs).size());
        }
    }

    @Test
    void waitsForTheProcessThatBuildsAndSaysSoOnce() throws Exception {
        TinyProject project = TinyProject.in(folder);
        Process owner = new ProcessBuilder("sleep", "600").start();
        lockedBy(owner.pid() + "\n");
        try (Launched waiting = Launched.start(project.launcher(), Map.of())) {
            String told = "Waiting for process " + owner.pid() + ", which builds …\n";
            await().atMost(SOON).until(() -> waiting.err().equals(told));
            owner.destroyForcibly().waitFor();
            Launched.End end = waiting.end();
            assertEquals("one \n", end.out());
            assertTrue(end.err().startsWith(told + "Building DataPrism"), end.err());
        } finally {
            owner.destroyForcibly();
        }
    }

    @Test
    void aLockThatNamesNobodyIsStaleAfterAFewSeconds() throws Exception {
        TinyProject project = TinyProject.in(folder);
        lockedBy("");
        Launched.End run = Launched.run(project.launcher(), Map.of());
        assertEquals("one \n", run.out(), run.err());
    }

    private void lockedBy(String pid) throws Exception {
        Path lock = Files.createDirectories(folder.resolve("target/build.lock"));
        Files.writeString(lock.resolve("pid"), pid);
    }

    @Test
    void oneRunOfTheTestsTellsOfEveryModuleThatFails() throws Exception {
        TinyProject project = TinyProject.in(folder);
        project.module("other");
        for (String module : new String[] {"app", "other"}) {
            project.write(
                    "src/" + module + "/src/test/java/tiny/Broken" + module + ".java",
                    "package tiny;\n\nclass Broken" + module + " { int x = \"text\"; }\n");
        }
        Launched.End run = Launched.run(project.launcher(), Map.of(), "test");
        assertEquals(1, run.exitCode());
        assertTrue(run.out().contains("Brokenapp.java:[3,"), run.out());
        assertTrue(run.out().contains("Brokenother.java:[3,"), run.out());
    }

    @Test
    void theTestsSayAtTheirStartWhatIsMissing() throws Exception {
        TinyProject project = TinyProject.in(folder);
        Map<String, String> environment = new HashMap<>(without(Path.of(System.getProperty("java.home"))));
        Files.deleteIfExists(folder.resolve("programs/docker-compose"));
        Files.deleteIfExists(folder.resolve("programs/npm"));
        Files.deleteIfExists(folder.resolve("programs/gradle"));
        Launched.End run = Launched.run(project.launcher(), environment, "test");
        assertTrue(
                run.err().matches("(?s)Missing:.* npm docker-compose gradle\\. The tests that need them will fail.*"),
                run.err());
        assertTrue(run.err().matches("(?s).*apt-get install.* npm docker-compose gradle\\).*"), run.err());
    }

    @Test
    void benchmarksAreListedWithoutADistributionAndRunWithOne() throws Exception {
        TinyProject project = TinyProject.in(folder);
        project.bench();
        Launched.End list = Launched.run(project.launcher(), Map.of(), "bench", "--list");
        assertEquals("--list\n", list.out(), list.err());
        assertEquals("Building the benchmarks …\n", list.err());
        assertFalse(Files.exists(folder.resolve("target/builds")));
        Launched.End run = Launched.run(project.launcher(), Map.of(), "bench", "topic-1");
        assertEquals("topic-1 drawn by a plugin\n", run.out(), run.err());
        assertEquals(0, run.exitCode());
    }

    @Test
    void attacksAreBuiltAndTriedByThemselves() throws Exception {
        TinyProject project = TinyProject.in(folder);
        project.attacks();
        Launched.End run = Launched.run(project.launcher(), Map.of(), "test", "--attacks", "xml/", "scope/");
        assertEquals("xml/,scope/ at home\n", run.out(), run.err());
        assertEquals("Building the attack suite …\n", run.err());
        assertFalse(Files.exists(folder.resolve("target/builds")));
        assertEquals(0, run.exitCode());
    }

    @Test
    void faultsAreTriedOnADistributionThatIsKept() throws Exception {
        TinyProject project = TinyProject.in(folder);
        project.faults();
        Launched.End run = Launched.run(project.launcher(), Map.of(), "test", "--faults", "deadlock", "--json");
        assertEquals("deadlock,--json on a distribution\n", run.out(), run.err());
        assertTrue(run.err().endsWith("Building the fault table …\n"), run.err());
        assertEquals(0, run.exitCode());
    }

    @Test
    void withoutAJdkItSaysWhereItLooked() throws Exception {
        TinyProject project = TinyProject.in(folder);
        Path nowhere = Files.createDirectory(folder.resolve("nowhere"));
        Launched.End run = Launched.run(project.launcher(), without(nowhere), "version");
        assertEquals(69, run.exitCode());
        assertTrue(
                run.err()
                        .startsWith("dataprism: no JDK 17 or newer was found.\nLooked at: JAVA_HOME (" + nowhere
                                + "), java on the PATH (none), " + nowhere + ".\nInstall one"),
                run.err());
    }

    @Test
    void withoutMavenItSaysWhereItLookedAndWhatToDo() throws Exception {
        TinyProject project = TinyProject.in(folder);
        Map<String, String> environment = new HashMap<>(without(Path.of(System.getProperty("java.home"))));
        Files.deleteIfExists(folder.resolve("programs/mvn"));
        Path nowhere = Files.createDirectory(folder.resolve("nowhere"));
        environment.put("MAVEN_HOME", nowhere.toString());
        environment.put("DATAPRISM_MAVENS", nowhere.toString());
        Launched.End run = Launched.run(project.launcher(), environment, "version");
        assertEquals(69, run.exitCode(), run.err());
        assertEquals(
                "dataprism: Maven was not found, and it is needed to build DataPrism.\nLooked at: MAVEN_HOME ("
                        + nowhere
                        + "), mvn on the PATH (none), " + nowhere
                        + ".\nInstall it (Debian: apt-get install maven; macOS: brew install maven), or set MAVEN_HOME to the"
                        + " folder of one that is there.\n",
                run.err());
    }

    @Test
    void aMavenInAFolderOfTheUsersIsFound() throws Exception {
        TinyProject project = TinyProject.in(folder);
        Map<String, String> environment = new HashMap<>(without(Path.of(System.getProperty("java.home"))));
        Path programs = folder.resolve("programs/mvn");
        Path real = programs.toRealPath();
        Files.deleteIfExists(programs);
        Path bin = Files.createDirectories(folder.resolve("mavens/mine/bin"));
        Files.createSymbolicLink(bin.resolve("mvn"), real);
        environment.put("DATAPRISM_MAVENS", folder.resolve("mavens").toString());
        Launched.End run = Launched.run(project.launcher(), environment, "one");
        assertEquals("one one\n", run.out(), run.err());
    }

    @Test
    void aJdkThatIsTooOldIsNamed() throws Exception {
        TinyProject project = TinyProject.in(folder);
        Path nowhere = Files.createDirectory(folder.resolve("nowhere"));
        Path eight = jdk(nowhere.resolve("jdk8"), "1.8.0_392");
        Path eleven = jdk(nowhere.resolve("jdk11"), "11.0.21");
        Launched.End run = Launched.run(project.launcher(), without(nowhere), "version");
        assertEquals(69, run.exitCode());
        assertTrue(
                run.err().contains("\nToo old:\n  " + eleven + " is JDK 11\n  " + eight + " is JDK 8\nInstall one"),
                run.err());
    }

    /** A folder that looks like a JDK of that version. */
    private static Path jdk(Path folder, String version) throws Exception {
        Files.createDirectories(folder.resolve("bin"));
        for (String program : new String[] {"java", "javac"}) {
            assertTrue(Files.createFile(folder.resolve("bin").resolve(program))
                    .toFile()
                    .setExecutable(true));
        }
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return folder;
    }

    /** An environment in which a JDK is in {@code jdks} or nowhere; all other programs are on the path. */
    private Map<String, String> without(Path jdks) throws Exception {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isDirectory(Path.of(folder))) {
                try (Stream<Path> found = Files.list(Path.of(folder))) {
                    for (Path program : found.filter(Files::isExecutable).toList()) {
                        Path link = programs.resolve(program.getFileName());
                        if (!Files.exists(link)
                                && !program.getFileName().toString().startsWith("java")) {
                            Files.createSymbolicLink(link, program);
                        }
                    }
                }
            }
        }
        return Map.of("JAVA_HOME", jdks.toString(), "PATH", programs.toString(), "DATAPRISM_JDKS", jdks.toString());
    }
}
