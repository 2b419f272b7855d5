/**
 * What a plugin author tests with.
 *
 * <p>{@link io.dataprism.testkit.PluginTest} on a test class starts a real kernel for each test, on the Vertx that vertx-junit5 gives
 * the test, installs the plugin of this project as it was just compiled, grants what the test says, and loads it. The test takes {@link
 * io.dataprism.testkit.PluginUnderTest} and {@link io.dataprism.testkit.TestKernel} as parameters, calls the plugin, and
 * watches it through {@link io.dataprism.testkit.EventProbe}, {@link io.dataprism.testkit.ChannelProbe} and {@link io.dataprism.testkit.CallProbe}. Further plugins are made
 * with {@link io.dataprism.testkit.PluginJar}. {@link io.dataprism.testkit.PluginContract} is a set of tests that every plugin should pass.
 *
 * <p>All of it is for the test's own thread: methods wait for what they ask for, up to {@link io.dataprism.testkit.Await#LIMIT},
 * and their failures say what was waited for and how the plugins were then. Plugin, kernel and test run in one JVM, so breakpoints work.
 */
@NullMarked
package io.dataprism.testkit;

import org.jspecify.annotations.NullMarked;
