/**
 * The commands, one class each. A command checks its input, does its work through the packages beside this one, prints the result and
 * returns an {@link io.dataprism.app.ExitCode}; failures are thrown and become messages in {@link io.dataprism.app.Cli}.
 */
@NullMarked
package io.dataprism.app.command;

import org.jspecify.annotations.NullMarked;
