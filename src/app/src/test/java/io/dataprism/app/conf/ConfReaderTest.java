package io.dataprism.app.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.KernelOptions;
import io.dataprism.kernel.audit.AuditOptions;
import io.dataprism.kernel.desired.WantedPlugin;
import io.dataprism.kernel.manifest.Problem;
import io.dataprism.kernel.manifest.Sha256;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfReaderTest {
    private static final String KNOWN =
            "network-access, dom-access, storage-access, file-access, camera-access, microphone-access, "
                    + "screen-access, clipboard-access, printer-access, desktop-access, event-publish, event-subscribe, "
                    + "channel, call, http-serve, threads, process-start, environment, system-properties, reflection, "
                    + "class-loading, native-access, vertx-access";

    private static Vertx vertx;

    @TempDir
    Path home;

    private Path conf;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @BeforeEach
    void folder() throws Exception {
        conf = Files.createDirectories(home.resolve("conf"));
        PluginJar.write(home.resolve("greeter.jar"), GREETER);
    }

    private static final String GREETER = """
            id: greeter
            version: 1.10.0
            main: org.example.Greeter
            api: "*"
            category: utility
            permissions:
              - permission: event-publish:greeting.*
                reason: It greets.
            configSchema:
              type: object
              additionalProperties: false
              properties:
                words: {type: integer, maximum: 9}
                token: {type: string, maxLength: 4}
            """;

    private static final String GOOD = """
            version: 1
            node:
              name: alpha
              total-memory-limit: 4 GiB
              check-every: 250ms
              steps: {stop: 3s}
            plugins:
              greeter:
                source: ../greeter.jar
                version: ^1.2
                grants: [event-publish:greeting.hello]
                config:
                  words: 3
            gateway:
              port: 0
              tokens: [{user: ada, token: "${env:ADA_TOKEN}"}]
            """;

    private static final Map<String, String> ENVIRONMENT = Map.of("ADA_TOKEN", "a-token-of-some-length");

    @Test
    void readsEverySection() throws Exception {
        NodeConf node = read(GOOD, ENVIRONMENT, Map.of()).orThrow();
        KernelOptions kernel = node.kernel();
        assertEquals("alpha", kernel.node());
        assertEquals(4L << 30, kernel.resources().totalMemoryLimit());
        assertEquals(Duration.ofMillis(250), kernel.checkEvery());
        assertEquals(Optional.of(Duration.ofSeconds(3)), kernel.steps().stop());
        assertEquals(home.resolve("data"), node.data());
        WantedPlugin greeter = node.desired().plugins().get(0);
        assertEquals(home.resolve("greeter.jar").toString(), greeter.source().orElseThrow());
        assertEquals(new JsonObject().put("words", 3L), greeter.config());
        assertEquals(List.of("event-publish:greeting.hello"), greeter.grants());
    }

    @Test
    void readsHowTheAuditLogIsKept() throws Exception {
        String audit = "audit: {heads: ../heads.jsonl, heads-every: 10s, keep-days: 30, max-size: 2GiB}\n";
        NodeConf node = read(GOOD + audit, ENVIRONMENT, Map.of()).orThrow();
        assertEquals(
                new AuditOptions(
                        Optional.of(home.resolve("heads.jsonl")),
                        Duration.ofSeconds(10),
                        Duration.ofDays(30),
                        2L << 30),
                node.kernel().audit());
        assertEquals(
                AuditOptions.DEFAULT,
                read(GOOD, ENVIRONMENT, Map.of()).orThrow().kernel().audit());
        String wrong = read(GOOD + "audit: {max-size: 100B, keep-days: 0}\n", ENVIRONMENT, Map.of())
                .problems()
                .toString();
        assertTrue(wrong.contains("a size in MiB or GiB") && wrong.contains("from 1 to 100000"), wrong);
    }

    @Test
    void mavenArtifactsComeFromTheRepositoryThatIsNamed() throws Exception {
        String address = "https://repo.example.com/maven2";
        NodeConf node = read(
                        GOOD.replace("name: alpha", "name: alpha\n  maven-repository: " + address),
                        ENVIRONMENT,
                        Map.of())
                .orThrow();
        assertEquals(Optional.of(URI.create(address)), node.kernel().mavenRepository());
    }

    @Test
    void anArtifactOfOtherBytesIsToldBeforeANodeRefusesIt() throws Exception {
        String named = GOOD.replace("source: ../greeter.jar", "source: ../greeter.jar\n    sha256: '%s'");
        String expected = "0".repeat(64);
        String found = Sha256.of(home.resolve("greeter.jar"));
        assertEquals(
                List.of("kernel.yaml:10:13: DP-0209 The artifact's SHA-256 is " + found + ": expected " + expected
                        + ". Don't use it unless you know why it differs."),
                texts(read(named.formatted(expected), ENVIRONMENT, Map.of()).problems()));
        assertEquals(
                List.of(),
                texts(read(named.formatted(found.toUpperCase(Locale.ROOT)), ENVIRONMENT, Map.of())
                        .problems()));
    }

    @Test
    void aFolderIsToldWhereTheNodeTakesNone() throws Exception {
        Files.createDirectories(home.resolve("classes/org/example"));
        Files.writeString(home.resolve("classes/org/example/Greeter.class"), "not read");
        Files.writeString(home.resolve("classes/plugin.yaml"), GREETER);
        String folder = GOOD.replace("../greeter.jar", "../classes");
        assertEquals(
                List.of(
                        "kernel.yaml:9:13: DP-0229 classes is a folder, which a node takes in dev mode only: expected a jar. Name the"
                                + " jar, or set 'node.dev-mode: true'."),
                texts(read(folder, ENVIRONMENT, Map.of()).problems()));
        NodeConf node = read(folder.replace("name: alpha", "name: alpha\n  dev-mode: true"), ENVIRONMENT, Map.of())
                .orThrow();
        assertEquals(
                Optional.of(home.resolve("classes").toString()),
                node.desired().plugins().get(0).source());
    }

    @Test
    void whatComesWithTheProgramIsBelievedAndAPathToItIsNot() throws Exception {
        String charts = home.resolve("plugins/charts.jar").toString();
        String plugins = "version: 1\nplugins:\n  charts: {source: '%s'}\n";
        WantedPlugin shipped = wanted(plugins.formatted("shipped:charts"));
        assertEquals(Optional.of(charts), shipped.source());
        assertTrue(shipped.shipped());
        WantedPlugin path = wanted(plugins.formatted(charts));
        assertEquals(Optional.of(charts), path.source());
        assertFalse(path.shipped());
    }

    private WantedPlugin wanted(String yaml) throws Exception {
        return read(yaml, ENVIRONMENT, Map.of()).orThrow().desired().plugins().get(0);
    }

    @Test
    void referencesAreResolvedForUseAndStayReferencesForShowing() throws Exception {
        NodeConf node = read(GOOD, ENVIRONMENT, Map.of()).orThrow();
        String token = node.gateway()
                .orElseThrow()
                .getJsonArray("tokens")
                .getJsonObject(0)
                .getString("token");
        assertEquals("a-token-of-some-length", token);
        assertTrue(node.toString().contains("${env:ADA_TOKEN}"), node.toString());
        assertFalse(node.toString().contains("a-token-of"), node.toString());
        assertEquals("it is ${env:ADA_TOKEN}.", Secrets.mask("it is a-token-of-some-length."));
    }

    @Test
    void aReferenceMayStandWhereverATextDoes() throws Exception {
        String yaml =
                GOOD.replace("name: alpha", "name: ${env:HOST_NAME}").replace("{stop: 3s}", "{stop: '${file:stop}'}");
        Files.writeString(conf.resolve("stop"), "7s\n");
        Map<String, String> environment = Map.of("ADA_TOKEN", "a-token-of-some-length", "HOST_NAME", "node-of-seven");
        KernelOptions kernel = read(yaml, environment, Map.of()).orThrow().kernel();
        assertEquals("node-of-seven", kernel.node());
        assertEquals(Optional.of(Duration.ofSeconds(7)), kernel.steps().stop());
        assertEquals(
                List.of(
                        "kernel.yaml:3:9: DP-0911 'node.name' is '${env:HOST_NAME}': expected letters, digits, dots, hyphens and"
                                + " underscores, at most 63, starting with a letter or digit."),
                texts(read(yaml, Map.of("ADA_TOKEN", "a-token-of-some-length", "HOST_NAME", "!"), Map.of())
                        .problems()));
        assertEquals(
                List.of("kernel.yaml:3:9: DP-0915 Reference ${env:HOST_NAME} leads to nothing: the environment variable"
                        + " 'HOST_NAME' is not set. Set it where the node is started."),
                texts(read(yaml, ENVIRONMENT, Map.of()).problems()));
        ConfRead elsewhere = elsewhere(yaml);
        assertTrue(elsewhere.conf().isPresent(), elsewhere.problems().toString());
    }

    @Test
    void aFileReferenceLosesItsLastLineBreakOnly() throws Exception {
        Files.writeString(conf.resolve("token"), "from a file, at length\n");
        NodeConf node = read(GOOD.replace("env:ADA_TOKEN", "file:token"), Map.of(), Map.of())
                .orThrow();
        assertTrue(node.gateway().orElseThrow().encode().contains("\"from a file, at length\""));
    }

    @Test
    void laterSourcesWin() throws Exception {
        Files.createDirectories(conf.resolve("kernel.d"));
        Files.writeString(conf.resolve("kernel.d/10-first.yaml"), "version: 1\nnode: {name: beta, carriers: 3}\n");
        Files.writeString(conf.resolve("kernel.d/20-second.yaml"), "version: 1\nnode: {carriers: 4, dev-mode: true}\n");
        Files.writeString(conf.resolve("kernel.d/notes.txt"), "not read");
        Map<String, String> environment = new java.util.HashMap<>(ENVIRONMENT);
        environment.put("DATAPRISM_NODE__CARRIERS", "5");
        environment.put("DATAPRISM_PLUGINS__GREETER__ENABLED", "false");
        environment.put("DATAPRISM_JAVA_OPTS", "-Xmx1g");
        KernelOptions kernel = read(GOOD, environment, Map.of()).orThrow().kernel();
        assertEquals("beta", kernel.node());
        assertEquals(5, kernel.carriers());
        assertTrue(kernel.devMode());
        NodeConf node = read(GOOD, environment, Map.of("dataprism.node.carriers", "6", "dataprism.home", "/x"))
                .orThrow();
        assertEquals(6, node.kernel().carriers());
        assertFalse(node.desired().plugins().get(0).enabled());
    }

    @Test
    void yamlIsReadByTheRulesOfOneDotTwo() throws Exception {
        NodeConf node = read("version: 1\nplugins: {on: {enabled: false, version: '1.10'}}\n", Map.of(), Map.of())
                .orThrow();
        assertEquals("on", node.desired().plugins().get(0).id().value());
        assertEquals("1.10", node.desired().plugins().get(0).version().orElseThrow());
    }

    @Test
    void aPluginWithoutASourceIsAWarning() throws Exception {
        ConfRead read = read("version: 1\nplugins: {nobody: {}}\n", Map.of(), Map.of());
        assertTrue(read.conf().isPresent());
        assertEquals(1, read.problems().size());
        assertTrue(
                read.problems().get(0).toString().contains("DP-0919 Plugin 'nobody' has no source"),
                read.problems().toString());
    }

    /** In front of a merge the node's secrets are not there; what does not hang on them is checked all the same. */
    @Test
    void elsewhereAMissingSecretIsAWarningAndItsValueIsLeftUnchecked() throws Exception {
        String yaml = GOOD.replace("words: 3", "words: 3\n      token: ${env:GREETER_TOKEN}")
                .replace("user: ada", "user: Ada!");
        assertEquals(
                List.of(
                        "kernel.yaml:14:14: warning: DP-0915 Reference ${env:GREETER_TOKEN} leads to nothing: the environment"
                                + " variable 'GREETER_TOKEN' is not set. Set it where the node is started.",
                        "kernel.yaml:17:19: DP-1001 'gateway.tokens[0].user' must be lower-case letters, digits and . _ @ -, at"
                                + " most 64 characters, but is Ada!.",
                        "kernel.yaml:17:32: warning: DP-0915 Reference ${env:ADA_TOKEN} leads to nothing: the environment"
                                + " variable 'ADA_TOKEN' is not set. Set it where the node is started."),
                texts(elsewhere(yaml).problems()));
        ConfRead read = elsewhere(GOOD);
        assertTrue(read.conf().isPresent());
        assertEquals(1, read.problems().size());
        assertTrue(elsewhere(GOOD.replace("words: 3", "words: ten\n      token: ${file:none}")).problems().stream()
                .anyMatch(Problem::isError));
        assertFalse(read(GOOD, Map.of(), Map.of()).conf().isPresent(), "the node itself refuses it");
    }

    private ConfRead elsewhere(String yaml) throws Exception {
        Files.writeString(conf.resolve("kernel.yaml"), yaml);
        return ConfReader.elsewhere(vertx, ConfSources.onlyFolder(conf), Shipped.in(home.resolve("none")))
                .read()
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void aFurtherFileOfAnotherEndingIsNotReadAndThatIsTold() throws Exception {
        Files.createDirectories(conf.resolve("kernel.d"));
        Files.writeString(conf.resolve("kernel.d/more.yml"), "version: 1\nnode: {name: beta}\n");
        ConfRead read = read(GOOD, ENVIRONMENT, Map.of());
        assertEquals("alpha", read.orThrow().kernel().node());
        assertEquals(
                List.of(
                        "kernel.d/more.yml: warning: DP-0924 It is not read: files in kernel.d end in '.yaml'. Rename it."),
                texts(read.problems()));
    }

    @Test
    void ofTwoSecretsTheLongerIsMaskedFirst() throws Exception {
        read(GOOD, Map.of("ADA_TOKEN", "sesame-open-it-please"), Map.of());
        Secrets.add("sesame", "${env:SHORT}");
        Secrets.add("sesame-open-it-please-now", "${env:LONG}");
        assertEquals(
                "${env:LONG} ${env:ADA_TOKEN} ${env:SHORT}",
                Secrets.mask("sesame-open-it-please-now sesame-open-it-please sesame"));
    }

    @Test
    void aDenialIsCheckedLikeAGrantAndAnswersARequest() throws Exception {
        String grants = "[event-publish:greeting.hello]";
        ConfRead read = read(
                GOOD.replace(grants, "[event-publish:greeting.*, '!event-publish:greeting.secret']"),
                ENVIRONMENT,
                Map.of());
        assertEquals(List.of(), texts(read.problems()));
        assertTrue(read.conf().isPresent());
        assertEquals(
                List.of(),
                texts(read(GOOD.replace(grants, "['!event-publish']"), ENVIRONMENT, Map.of())
                        .problems()));
        assertEquals(
                List.of(
                        "kernel.yaml:11:40: warning: DP-0916 Plugin 'greeter' does not request event-publish:weather, so the denial"
                                + " does nothing. It requests event-publish:greeting.*."),
                texts(read(
                                GOOD.replace(grants, "[event-publish:greeting.*, '!event-publish:weather']"),
                                ENVIRONMENT,
                                Map.of())
                        .problems()));
        assertEquals(
                List.of("kernel.yaml:11:14: DP-0502 Unknown permission 'fly'. Known are " + KNOWN + "."),
                texts(read(GOOD.replace(grants, "['!fly']"), ENVIRONMENT, Map.of())
                        .problems()));
    }

    @Test
    void aGrantThatAmountsToFullTrustIsANote() throws Exception {
        ConfRead read = read(
                GOOD.replace("[event-publish:greeting.hello]", "[event-publish:greeting.hello, vertx-access]"),
                ENVIRONMENT,
                Map.of());
        assertTrue(read.conf().isPresent());
        assertEquals(
                List.of(
                        "kernel.yaml:11:44: note: DP-0927 Plugin 'greeter' is trusted wholly: vertx-access lets it use the node's Vertx"
                                + " itself: its whole event bus, its event loops, its clients and servers. With that its other permissions"
                                + " mean nothing. Remove it, unless that is meant.",
                        "kernel.yaml:11:44: warning: DP-0916 Plugin 'greeter' does not request vertx-access, so the grant does nothing."
                                + " It requests event-publish:greeting.*."),
                texts(read.problems()));
    }

    @Test
    void aRequestThatIsNotGrantedIsANote() throws Exception {
        ConfRead read = read(GOOD.replace("    grants: [event-publish:greeting.hello]\n", ""), ENVIRONMENT, Map.of());
        assertTrue(read.conf().isPresent());
        assertEquals(
                List.of(
                        "kernel.yaml:9:5: note: DP-0920 Plugin 'greeter' requests event-publish:greeting.*, which nothing"
                                + " grants here, so it will be denied that. Grant it, unless that is meant."),
                texts(read.problems()));
    }

    @Test
    void aGrantThatIsNotRequestedIsAWarning() throws Exception {
        ConfRead read =
                read(GOOD.replace("[event-publish:greeting.hello]", "[event-publish:weather]"), ENVIRONMENT, Map.of());
        assertTrue(read.conf().isPresent());
        assertEquals(
                List.of(
                        "kernel.yaml:9:5: note: DP-0920 Plugin 'greeter' requests event-publish:greeting.*, which nothing"
                                + " grants here, so it will be denied that. Grant it, unless that is meant.",
                        "kernel.yaml:11:14: warning: DP-0916 Plugin 'greeter' does not request event-publish:weather, so the grant"
                                + " does nothing. It requests event-publish:greeting.*."),
                texts(read.problems()));
    }

    @Test
    void allProblemsAreToldAtOnceAlsoWhereTheSchemaFindsSome() throws Exception {
        assertEquals(
                List.of(
                        "kernel.yaml:3:17: DP-0912 No plugin 'chart' comes with DataPrism. Did you mean 'charts'?",
                        "kernel.yaml:3:34: DP-0212 Unknown key 'sorce' in 'plugins.one'. Did you mean 'source'?",
                        "kernel.yaml:4:38: DP-0502 Unknown permission 'fly-away'. Known are " + KNOWN + ".",
                        "kernel.yaml:5:10: DP-0911 'gateway' is the number 5: expected the gateway's options.",
                        "kernel.yaml:6:17: DP-1101 'cluster.port' must be a whole number from 0 to 65535, but is 70000."),
                texts(read("""
                                version: 1
                                plugins:
                                  one: {source: 'shipped:chart', sorce: x}
                                  greeter: {enabled: false, grants: [fly-away]}
                                gateway: 5
                                cluster: {port: 70000}
                                """, ENVIRONMENT, Map.of()).problems()));
    }

    @Test
    void aProblemInAFurtherFileOrTheEnvironmentIsPlacedThere() throws Exception {
        Files.createDirectories(conf.resolve("kernel.d"));
        Files.writeString(
                conf.resolve("kernel.d/10-more.yaml"), "version: 1\nplugins:\n  greeter:\n    config: {words: 10}\n");
        assertEquals(
                List.of(
                        "kernel.d/10-more.yaml:4:13: DP-0223 Plugin 'greeter' can't take its configuration: 'words' is the number 10: expected at most 9."),
                texts(read(GOOD, ENVIRONMENT, Map.of()).problems()));
        Files.delete(conf.resolve("kernel.d/10-more.yaml"));
        assertEquals(
                List.of("DATAPRISM_NODE__CARIERS: DP-0212 Unknown key 'cariers' in 'node'. Did you mean 'carriers'?"),
                texts(read(
                                GOOD,
                                Map.of("ADA_TOKEN", "a-token-of-some-length", "DATAPRISM_NODE__CARIERS", "2"),
                                Map.of())
                        .problems()));
        assertEquals(
                List.of("dataprism.gateway.port: DP-0911 'gateway.port' is 'many': expected a whole number."),
                texts(read(GOOD, ENVIRONMENT, Map.of("dataprism.gateway.port", "many"))
                        .problems()));
    }

    @Test
    void withoutAFileItSaysWhereToPutOne() throws Exception {
        ConfReader reader = new ConfReader(vertx, ConfSources.onlyFolder(conf), Shipped.in(home.resolve("none")));
        ConfRead read = reader.read().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertEquals(
                List.of("kernel.yaml: DP-0903 There is no such file: expected the node's configuration. Write one"
                        + " (docs/configuration.md), or name its folder with --conf."),
                texts(read.problems()));
    }

    /** Two readings make a configuration: the one that is checked, and the one that is used. */
    @Test
    void whatChangesWhileItIsReadIsCheckedAsWell() throws Exception {
        Files.writeString(conf.resolve("kernel.yaml"), "version: 1\nnode: {name: one}\n");
        ConfSources sources = ConfSources.onlyFolder(conf);
        ConfDocuments before = ConfDocuments.read(sources);
        Files.writeString(conf.resolve("kernel.yaml"), "version: 1\nnode: {name: two, nams: three}\n");
        ConfRead read = new ConfReader(vertx, sources, Shipped.in(home.resolve("none")))
                .checked(before)
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        assertTrue(read.conf().isEmpty());
        assertEquals(
                List.of("kernel.yaml:2:19: DP-0212 Unknown key 'nams' in 'node'. Did you mean 'name'?"),
                texts(read.problems()));
    }

    /** Which of the two counts, the last name in the alphabet, is the same in both readings, or this would never end. */
    @Test
    void ofTwoVariablesThatCannotBothBeTheLaterCounts() throws Exception {
        String yaml = "version: 1\nplugins: {x: {enabled: false, config: {a: {c: 3}}}}\n";
        Map<String, String> environment =
                Map.of("DATAPRISM_PLUGINS__X__CONFIG__A", "1", "DATAPRISM_PLUGINS__X__CONFIG__A__B", "2");
        NodeConf node = read(yaml, environment, Map.of()).orThrow();
        assertEquals(
                new JsonObject().put("b", 2),
                node.json()
                        .getJsonObject("plugins")
                        .getJsonObject("x")
                        .getJsonObject("config")
                        .getJsonObject("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node: '${env:NONE}'",
                "node: {dev-mode: '${env:NONE}'}",
                "plugins: '${env:NONE}'",
                "plugins: {greeter: '${env:NONE}'}",
                "plugins: {greeter: {source: ../greeter.jar, enabled: '${env:NONE}'}}",
                "plugins: {greeter: {source: '${env:NONE}'}}",
                "plugins: {greeter: {source: ../greeter.jar, grants: '${env:NONE}'}}",
                "plugins: {greeter: {source: ../greeter.jar, config: '${env:NONE}'}}",
                "gateway: '${env:NONE}'",
                "gateway: {tokens: '${env:NONE}'}",
                "cluster: '${env:NONE}'"
            })
    void aReferenceThatLeadsNowhereIsToldWhereverItStands(String line) throws Exception {
        String yaml = "version: 1\n" + line + "\n";
        List<String> told = texts(read(yaml, ENVIRONMENT, Map.of()).problems());
        assertTrue(
                told.stream().anyMatch(problem -> problem.contains(": DP-0915 Reference ${env:NONE} leads to nothing")),
                told::toString);
        List<Problem> elsewhere = elsewhere(yaml).problems();
        assertFalse(elsewhere.stream().anyMatch(Problem::isError), elsewhere::toString);
    }

    @Test
    void aSecretThatWouldBeReadForEverIsRefused() throws Exception {
        assertEquals(
                List.of(
                        "kernel.yaml:16:31: DP-0915 Reference ${file:/dev/zero} leads to a pipe or a device, whose reading may never"
                                + " end. Name a file."),
                texts(read(GOOD.replace("${env:ADA_TOKEN}", "${file:/dev/zero}"), ENVIRONMENT, Map.of())
                        .problems()));
    }

    @Test
    void aSizeBeyondAllIsTheLargestOne() throws Exception {
        ConfRead read = read("version: 1\nnode: {total-memory-limit: 999999999999GiB}\n", Map.of(), Map.of());
        assertEquals(
                Long.MAX_VALUE, read.conf().orElseThrow().kernel().resources().totalMemoryLimit());
    }

    @Test
    void aVariableOfUnderscoresIsAnUnknownKey() throws Exception {
        ConfRead read = read("version: 1\n", Map.of("DATAPRISM_____", "x"), Map.of());
        assertEquals(1, read.problems().size());
        assertTrue(
                texts(read.problems()).get(0).startsWith("DATAPRISM_____: "),
                () -> texts(read.problems()).toString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void tellsWhatIsWrongAndWhere(String name, String from, String to, String... expected) throws Exception {
        assertTrue(GOOD.contains(from), "the good one has no: " + from);
        ConfRead read = read(GOOD.replace(from, to), ENVIRONMENT, Map.of());
        assertEquals(List.of(expected), texts(read.problems()));
        assertTrue(read.conf().isEmpty());
    }

    static List<Arguments> wrong() {
        return List.of(
                wrong("empty", GOOD, "", "kernel.yaml:1:1: DP-0210 The file is empty: expected keys and values."),
                wrong(
                        "no YAML",
                        "node:\n",
                        "node: [\n",
                        "kernel.yaml:4:21: DP-0210 This is not YAML: expected ',' or ']', but got :."),
                wrong(
                        "newer version",
                        "version: 1\n",
                        "version: 2\n",
                        "kernel.yaml:1:10: DP-0910 'version' is the number 2: expected 1, the format that this DataPrism reads; a newer file needs a newer DataPrism."),
                wrong(
                        "no version",
                        "version: 1\n",
                        "",
                        "kernel.yaml:1:1: DP-0213 Key 'version' is missing: expected 1, the format that this DataPrism reads; a newer file needs a newer DataPrism. Add it."),
                wrong(
                        "unknown section",
                        "gateway:",
                        "gatway:",
                        "kernel.yaml:14:1: DP-0212 Unknown key 'gatway'. Did you mean 'gateway'?"),
                wrong(
                        "unknown key",
                        "check-every",
                        "chek-every",
                        "kernel.yaml:5:3: DP-0212 Unknown key 'chek-every' in 'node'. Did you mean 'check-every'?"),
                wrong(
                        "duration",
                        "250ms",
                        "250",
                        "kernel.yaml:5:16: DP-0911 'node.check-every' is the number 250: expected a duration of at most 9999h or 999999m, such as '500ms' or '30s'."),
                wrong(
                        "duration that is too long",
                        "250ms",
                        "10000h",
                        "kernel.yaml:5:16: DP-0911 'node.check-every' is '10000h': expected a duration of at most 9999h or 999999m, such as '500ms' or '30s'."),
                wrong(
                        "size",
                        "4 GiB",
                        "4 GB",
                        "kernel.yaml:4:23: DP-0911 'node.total-memory-limit' is '4 GB': expected a size, such as '64MiB' or '1GiB'."),
                wrong(
                        "node's name",
                        "name: alpha",
                        "name: al pha",
                        "kernel.yaml:3:9: DP-0911 'node.name' is 'al pha': expected letters, digits, dots, hyphens and underscores, at most 63, starting with a letter or digit."),
                wrong(
                        "repository",
                        "name: alpha",
                        "name: alpha\n  maven-repository: ftp://x",
                        "kernel.yaml:4:21: DP-0911 'node.maven-repository' is 'ftp://x': expected the http(s) address of a Maven repository, such as 'https://repo.example.com/maven2'."),
                wrong(
                        "twice",
                        "  check-every: 250ms",
                        "  check-every: 250ms\n  name: beta",
                        "kernel.yaml:6:3: DP-0211 Key 'name' stands here a second time, after line 3: expected once. Remove one of them."),
                wrong(
                        "plugin id",
                        "  greeter:",
                        "  Greeter:",
                        "kernel.yaml:8:3: DP-0911 'plugins' is a mapping: expected plugin ids (lower-case letters, digits, single hyphens), each with its source, grants and config."),
                wrong(
                        "no artifact",
                        "../greeter.jar",
                        "../greter.jar",
                        "kernel.yaml:9:13: DP-0913 There is no artifact at greter.jar: expected a jar. Build it, or correct the path, which is relative to conf."),
                wrong(
                        "not shipped",
                        "../greeter.jar",
                        "shipped:chart",
                        "kernel.yaml:9:13: DP-0912 No plugin 'chart' comes with DataPrism. Did you mean 'charts'?"),
                wrong(
                        "source",
                        "../greeter.jar",
                        "ftp://example.org/greeter.jar",
                        "kernel.yaml:9:13: DP-0231 Artifact source 'ftp://example.org/greeter.jar' has the scheme 'ftp': expected a path, an http(s) address or maven:<group>:<artifact>:<version>. Correct the plugin's source."),
                wrong(
                        "another plugin",
                        "greeter:\n",
                        "greet:\n",
                        "kernel.yaml:9:13: DP-0914 The artifact holds plugin 'greeter': expected 'greet'. Name the section after the plugin, or correct the source."),
                wrong(
                        "range",
                        "^1.2",
                        "^one",
                        "kernel.yaml:10:14: DP-0216 Version range '^one' can't be read: expected a range as npm writes it, such as '^1.2.0' or '>=1.2 <3' or '*'."),
                wrong(
                        "outside the range",
                        "^1.2",
                        "^2.0",
                        "kernel.yaml:10:14: DP-0917 The artifact holds version 1.10.0: expected one of ^2.0. Widen the range, or name another artifact."),
                wrong(
                        "unknown permission",
                        "event-publish:greeting.hello",
                        "event-publsh:greeting.hello",
                        "kernel.yaml:11:14: DP-0502 Unknown permission 'event-publsh'. Did you mean 'event-publish'?"),
                wrong(
                        "permission's scope",
                        "event-publish:greeting.hello",
                        "event-publish:",
                        "kernel.yaml:11:14: DP-0911 'plugins.greeter.grants[0]' is a mapping: expected a permission, such as 'file-access:read:data/**'."),
                wrong(
                        "plugin's setting",
                        "words: 3",
                        "words: 10",
                        "kernel.yaml:13:7: DP-0223 Plugin 'greeter' can't take its configuration: 'words' is the number 10: expected at most 9."),
                wrong(
                        "plugin's unknown setting",
                        "words: 3",
                        "word: 3",
                        "kernel.yaml:13:7: DP-0223 Plugin 'greeter' can't take its configuration: Unknown key 'word'. Did you mean 'words'?"),
                wrong(
                        "secret in a message",
                        "words: 3",
                        "token: \"${env:ADA_TOKEN}\"",
                        "kernel.yaml:13:7: DP-0223 Plugin 'greeter' can't take its configuration: 'token' is '${env:ADA_TOKEN}': expected at most 4 characters."),
                wrong(
                        "no variable",
                        "env:ADA_TOKEN",
                        "env:ADA_TOKE",
                        "kernel.yaml:16:31: DP-0915 Reference ${env:ADA_TOKE} leads to nothing: the environment variable 'ADA_TOKE' is not set. Set it where the node is started."),
                wrong(
                        "no file",
                        "env:ADA_TOKEN",
                        "file:token",
                        "kernel.yaml:16:31: DP-0915 Reference ${file:token} leads to nothing: token cannot be read (there is no such file, or its folder is missing). Make the file, readable for the node's user only."),
                wrong(
                        "gateway's port",
                        "port: 0",
                        "port: 70000",
                        "kernel.yaml:15:9: DP-1001 'gateway.port' must be a whole number from 0 to 65535, but is 70000."),
                wrong(
                        "gateway's user",
                        "user: ada",
                        "user: Ada!",
                        "kernel.yaml:16:19: DP-1001 'gateway.tokens[0].user' must be lower-case letters, digits and . _ @ -, at most 64 characters, but is Ada!."),
                wrong(
                        "gateway's host",
                        "port: 0",
                        "host: 0.0.0.0",
                        "kernel.yaml:15:9: DP-1001 'gateway.host' must be a loopback address (127.0.0.1, ::1, localhost), but is 0.0.0.0. The gateway speaks no TLS itself: put a proxy that does in front of it and set 'allow-remote: true'."));
    }

    private static Arguments wrong(String name, String from, String to, String... expected) {
        return Arguments.of(name, from, to, expected);
    }

    private ConfRead read(String yaml, Map<String, String> environment, Map<String, String> properties)
            throws Exception {
        Files.writeString(conf.resolve("kernel.yaml"), yaml);
        ConfSources sources = new ConfSources(conf, environment, properties);
        Files.createDirectories(home.resolve("plugins"));
        PluginJar.write(home.resolve("plugins/charts.jar"), GREETER.replace("greeter", "charts"));
        return new ConfReader(vertx, sources, Shipped.in(home.resolve("plugins")))
                .read()
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    /** Without the temporary folder's name. */
    private List<String> texts(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.toString()
                        .replace(conf + "/", "")
                        .replace(conf.toString(), "conf")
                        .replace(home + "/", ""))
                .toList();
    }
}
