package io.dataprism.testkit;

import io.vertx.junit5.VertxExtension;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a plugin in a real kernel, a new one for each test. On a method it takes the place of the one on the class.
 *
 * <p>Tests and their {@code @BeforeEach} may take a {@link PluginUnderTest}, a {@link TestKernel}, and what vertx-junit5 offers: the {@code Vertx} that the
 * kernel runs on, and {@code VertxTestContext}. After the test the kernel is closed and must have left nothing on that Vertx.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith({PluginTestExtension.class, VertxExtension.class})
public @interface PluginTest {
    /** Stands in {@link #grants} for all permissions that the manifest requests. */
    String REQUESTED = "<requested>";

    /**
     * The plugin: a jar, or a folder with {@code plugin.yaml} in it, relative to the project's folder. Empty stands for what the project of
     * the test class was compiled to.
     */
    String artifact() default "";

    /** The plugin's configuration as JSON. Defaults of its schema are filled in. */
    String config() default "{}";

    /** The permissions that the plugin is granted. */
    String[] grants() default {REQUESTED};

    /** Other plugins' jars or folders to load first, with all that they request granted. */
    String[] with() default {};

    /** Whether to load the plugin; otherwise it is installed only, and the test loads it. */
    boolean load() default true;

    /**
     * Whether all tests of the class use one kernel and one loaded plugin, for a plugin whose start takes long; each test then finds what the
     * others left. Counts on a class, whose {@code @BeforeAll} may take both, too. The kernel's Vertx is then {@link TestKernel#vertx()}.
     */
    boolean shared() default false;
}
