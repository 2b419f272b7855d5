package io.dataprism.kernel;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.admission.AdmissionOptions;
import io.dataprism.kernel.audit.AuditOptions;
import io.dataprism.kernel.lifecycle.StepDeadlines;
import io.dataprism.kernel.permission.ConsentHandler;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * How a kernel is made. Immutable; each {@code with…} answers changed options.
 *
 * @param node the node's name, as plugins and the operator see it
 * @param addressPrefix what stands before every event-bus address of the kernel; a second kernel on one Vertx needs another
 * @param dataFolder where artifacts and state are kept, locked while the kernel lives; empty means a temporary folder that goes
 *     with the kernel
 * @param devMode whether an artifact may be replaced by another of the same id and version
 * @param carriers threads that run the plugins' slices
 * @param resources what plugins may use
 * @param steps how long the steps of a plugin's life may take
 * @param checkEvery how often the kernel checks itself
 * @param reconcileEvery how often desired and actual state are compared without a change
 * @param closeWithin how long the kernel may take to stop its plugins when the host closes its Vertx
 * @param mavenRepository where {@code maven:} artifacts come from that the user's own repository lacks; empty means the one that the
 *     system property {@code io.dataprism.maven.repository} names, if it does
 * @param consent asked, on a context of the Vertx, when a plugin requests a permission that its manifest names and that it was not
 *     granted; empty means that nobody can be asked, so that the answer is no
 * @param supportedApiOnly whether plugins run by Vert.x's supported API alone, with what {@link Kernel#promises} then says, though its
 *     internals would do
 * @param sandboxed whether each call of a plugin's that the rule table names, into files, sockets, processes, threads or reflection, is checked against
 *     its grants before it is made
 * @param audit how the audit log is kept; there is none in a temporary data folder
 * @param admission which artifacts may be installed and run, at first: {@link Kernel#admission} replaces it
 */
public record KernelOptions(
        String node,
        String addressPrefix,
        Optional<Path> dataFolder,
        boolean devMode,
        int carriers,
        ResourceOptions resources,
        StepDeadlines steps,
        Duration checkEvery,
        Duration reconcileEvery,
        Duration closeWithin,
        Optional<URI> mavenRepository,
        Optional<ConsentHandler> consent,
        boolean supportedApiOnly,
        boolean sandboxed,
        AuditOptions audit,
        AdmissionOptions admission) {
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern PREFIX = Pattern.compile("|[a-z][a-z0-9-]*[:.]");

    /** Node {@code local}, no prefix, a temporary data folder, one carrier a processor but at least two. */
    public static final KernelOptions DEFAULT = new KernelOptions(
            "local",
            "",
            Optional.empty(),
            false,
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            ResourceOptions.DEFAULT,
            StepDeadlines.DEFAULT,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            AuditOptions.DEFAULT,
            AdmissionOptions.DEFAULT);

    public KernelOptions {
        require(NODE.matcher(node).matches(), "node", node, "letters, digits, dots, hyphens, at most 63");
        require(
                PREFIX.matcher(addressPrefix).matches(),
                "addressPrefix",
                addressPrefix,
                "empty, or a lower-case word followed by ':' or '.'");
        require(carriers > 0, "carriers", carriers, "at least 1");
        require(isPositive(checkEvery), "checkEvery", checkEvery, "positive");
        require(isPositive(reconcileEvery), "reconcileEvery", reconcileEvery, "positive");
        require(isPositive(closeWithin), "closeWithin", closeWithin, "positive");
    }

    /**
     * The options that {@code json} says, defaults for what it does not; keys are the components' names.
     *
     * @throws PluginException {@code DP-0801} that lists everything that is wrong with them
     */
    public static KernelOptions fromJson(JsonObject json) {
        return KernelOptionsJson.read(json).orThrow();
    }

    public KernelOptions withNode(String name) {
        return with(draft -> draft.node = name);
    }

    public KernelOptions withAddressPrefix(String prefix) {
        return with(draft -> draft.addressPrefix = prefix);
    }

    public KernelOptions withDataFolder(Path folder) {
        return with(draft -> draft.dataFolder = Optional.of(folder));
    }

    public KernelOptions withDevMode(boolean on) {
        return with(draft -> draft.devMode = on);
    }

    public KernelOptions withCarriers(int threads) {
        return with(draft -> draft.carriers = threads);
    }

    /** With other limits of resources, and a self-check at their interval. */
    public KernelOptions withResources(ResourceOptions use) {
        return with(draft -> {
            draft.resources = use;
            draft.checkEvery = use.monitorInterval();
        });
    }

    public KernelOptions withSteps(StepDeadlines deadlines) {
        return with(draft -> draft.steps = deadlines);
    }

    /** With other intervals of the kernel's self-check and of comparing desired with actual state. */
    public KernelOptions withIntervals(Duration check, Duration reconcile) {
        return with(draft -> {
            draft.checkEvery = check;
            draft.reconcileEvery = reconcile;
        });
    }

    public KernelOptions withCloseWithin(Duration deadline) {
        return with(draft -> draft.closeWithin = deadline);
    }

    public KernelOptions withMavenRepository(URI repository) {
        return with(draft -> draft.mavenRepository = Optional.of(repository));
    }

    public KernelOptions withConsent(ConsentHandler handler) {
        return with(draft -> draft.consent = Optional.of(handler));
    }

    public KernelOptions withSupportedApiOnly(boolean only) {
        return with(draft -> draft.supportedApiOnly = only);
    }

    public KernelOptions withSandboxed(boolean on) {
        return with(draft -> draft.sandboxed = on);
    }

    public KernelOptions withAudit(AuditOptions options) {
        return with(draft -> draft.audit = options);
    }

    public KernelOptions withAdmission(AdmissionOptions policy) {
        return with(draft -> draft.admission = policy);
    }

    private KernelOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** The options while one of them is changed. */
    private static final class Draft {
        private String node;
        private String addressPrefix;
        private Optional<Path> dataFolder;
        private boolean devMode;
        private int carriers;
        private ResourceOptions resources;
        private StepDeadlines steps;
        private Duration checkEvery;
        private Duration reconcileEvery;
        private Duration closeWithin;
        private Optional<URI> mavenRepository;
        private Optional<ConsentHandler> consent;
        private boolean supportedApiOnly;
        private boolean sandboxed;
        private AuditOptions audit;
        private AdmissionOptions admission;

        Draft(KernelOptions from) {
            node = from.node;
            addressPrefix = from.addressPrefix;
            dataFolder = from.dataFolder;
            devMode = from.devMode;
            carriers = from.carriers;
            resources = from.resources;
            steps = from.steps;
            checkEvery = from.checkEvery;
            reconcileEvery = from.reconcileEvery;
            closeWithin = from.closeWithin;
            mavenRepository = from.mavenRepository;
            consent = from.consent;
            supportedApiOnly = from.supportedApiOnly;
            sandboxed = from.sandboxed;
            audit = from.audit;
            admission = from.admission;
        }

        KernelOptions options() {
            return new KernelOptions(
                    node,
                    addressPrefix,
                    dataFolder,
                    devMode,
                    carriers,
                    resources,
                    steps,
                    checkEvery,
                    reconcileEvery,
                    closeWithin,
                    mavenRepository,
                    consent,
                    supportedApiOnly,
                    sandboxed,
                    audit,
                    admission);
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean holds, String option, Object found, String expected) {
        if (!holds) {
            throw new PluginException(
                    "DP-0801",
                    "Kernel option '" + option + "' must be " + expected + ", but is '"
                            + PluginException.excerpt(found.toString()) + "'.");
        }
    }
}
