/**
 * The command line, and what a node is when it is run from a folder of configuration.
 *
 * <p>{@link io.dataprism.app.Main} builds the {@link io.dataprism.app.Cli} and runs one command of {@code app.command}. A command reads
 * its input whole ({@code app.conf}, {@code app.pipeline}), answers with all problems at once, and only then starts a node
 * ({@code app.node}) or speaks to the one that runs, over the socket in its data folder ({@code app.control}). What it prints goes
 * through one {@link io.dataprism.app.Screen}; how it ended is one {@link io.dataprism.app.ExitCode}.
 */
@NullMarked
package io.dataprism.app;

import org.jspecify.annotations.NullMarked;
