/**
 * The kernel beside its peers.
 *
 * <p>{@code Bench} reads the command, picks rows from {@code Rows} and lets {@code row.Rounds} measure each: in every round each peer has
 * one fork, in an order that rotates, so that ratios are formed within a round. {@code stats} turns rounds into medians with bounds, {@code report}
 * writes them. What a fork runs is a lane of {@code lane} or a
 * program of {@code program}.
 */
@NullMarked
package io.dataprism.bench;

import org.jspecify.annotations.NullMarked;
