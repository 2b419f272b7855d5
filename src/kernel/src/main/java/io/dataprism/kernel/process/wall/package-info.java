/**
 * What stands around a plugin's process of its own.
 *
 * <p>{@link io.dataprism.kernel.process.wall.Enclosure} of a kernel finds the best {@link io.dataprism.kernel.process.wall.Wall} of this machine by trying: a real child tries to get
 * through ({@link io.dataprism.kernel.process.wall.WallTrial}), and what it could not do is the level. It then starts children behind that wall, within limits of the
 * system ({@link io.dataprism.kernel.process.wall.Limits}, {@link io.dataprism.kernel.process.wall.ControlGroups}), holds them to their share of the processor
 * ({@link io.dataprism.kernel.process.wall.ShareKeeper}), and has them ended with the kernel, however that ends ({@link io.dataprism.kernel.process.wall.Guardian}).
 */
@NullMarked
package io.dataprism.kernel.process.wall;

import org.jspecify.annotations.NullMarked;
