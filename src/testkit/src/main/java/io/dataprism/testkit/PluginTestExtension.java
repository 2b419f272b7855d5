package io.dataprism.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts a kernel before each test, on the Vertx that vertx-junit5 gives this test, and closes it afterwards; or one for all tests of a class, on a
 * Vertx of its own. What a test's own store lacks, JUnit looks for in its class's.
 */
final class PluginTestExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(PluginTestExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        AnnotationSupport.findAnnotation(context.getRequiredTestClass(), PluginTest.class)
                .filter(PluginTest::shared)
                .ifPresent(test -> {
                    OwnedVertx vertx = new OwnedVertx();
                    context.getStore(OURS).put(OwnedVertx.class, vertx);
                    start(context, test, vertx.get());
                });
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop(context);
        OwnedVertx vertx = context.getStore(OURS).remove(OwnedVertx.class, OwnedVertx.class);
        if (vertx != null) {
            vertx.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        PluginTest test = annotation(context);
        if (!test.shared()) {
            start(context, test, vertx(context));
        }
    }

    private static void start(ExtensionContext context, PluginTest test, Vertx vertx) {
        TestKernel kernel = TestKernel.on(vertx);
        context.getStore(OURS).put(TestKernel.class, kernel);
        for (String other : test.with()) {
            kernel.load(Path.of(other));
        }
        PluginUnderTest plugin = kernel.install(artifact(context, test)).configured(config(test));
        if (!grantsAllRequested(test)) {
            plugin = plugin.granted(test.grants());
        }
        if (test.load()) {
            plugin.load();
        }
        context.getStore(OURS).put(PluginUnderTest.class, plugin);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stop(context);
    }

    /** The kernel of this test, or of this class; not that of the class a test is in. */
    private static void stop(ExtensionContext context) {
        TestKernel kernel = context.getStore(OURS).remove(TestKernel.class, TestKernel.class);
        if (kernel != null) {
            kernel.close();
        }
    }

    private static PluginTest annotation(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), PluginTest.class)
                .or(() -> AnnotationSupport.findAnnotation(context.getRequiredTestClass(), PluginTest.class))
                .orElseThrow(() -> new ExtensionConfigurationException("Neither " + context.getRequiredTestMethod()
                        + " nor its class is annotated with @PluginTest."));
    }

    private static boolean grantsAllRequested(PluginTest test) {
        return test.grants().length == 1 && test.grants()[0].equals(PluginTest.REQUESTED);
    }

    private static JsonObject config(PluginTest test) {
        try {
            return new JsonObject(test.config());
        } catch (DecodeException e) {
            throw new ExtensionConfigurationException(
                    "@PluginTest(config = …) is not a JSON object: " + test.config(), e);
        }
    }

    private static Path artifact(ExtensionContext context, PluginTest test) {
        return test.artifact().isEmpty()
                ? CompiledProject.of(context.getRequiredTestClass())
                : Path.of(test.artifact());
    }

    /** The Vertx of vertx-junit5, so that a test which takes one gets the kernel's. It is made here if the test has none yet. */
    private static Vertx vertx(ExtensionContext context) {
        ExtensionContext.Store shared = context.getStore(ExtensionContext.Namespace.GLOBAL);
        Object present = shared.get(VertxExtension.VERTX_INSTANCE_KEY);
        if (present == null) {
            OwnedVertx owned = new OwnedVertx();
            shared.put(VertxExtension.VERTX_INSTANCE_KEY, owned);
            return owned.get();
        }
        return (Vertx) (present instanceof Supplier<?> scoped ? scoped.get() : present);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestKernel.class || type == PluginUnderTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        Object value = context.getStore(OURS).get(type);
        if (value == null) {
            throw new ExtensionConfigurationException("A " + type.getSimpleName()
                    + " is there for a test and its @BeforeEach only, since each test has a kernel of its own; for @BeforeAll"
                    + " with @PluginTest(shared = true).");
        }
        return value;
    }
}
