/**
 * The embeddable microkernel: {@link io.dataprism.kernel.Kernel} for the host application, {@link io.dataprism.kernel.KernelVerticle} for who deploys it
 * by its name, {@link io.dataprism.kernel.KernelControl} for the operator.
 *
 * <p>An artifact is fetched and kept ({@code registry}), its manifest read ({@code manifest}), held against the policy ({@code
 * admission}); which versions run together and what starts first
 * is worked out ({@code resolve}); then it is brought up ({@code lifecycle}): with a class loader of its own, on a mailbox of its own ({@code
 * vertx}), holding facades of its own ({@code context}), or with a JVM of its own ({@code process}). What it sends passes the gate ({@code permission}) and its contracts ({@code
 * contract}), and goes from mailbox to mailbox or over the bus ({@code messaging}), where it can be watched ({@code traffic}). What should run
 * is compared with what does, again and again ({@code desired}).
 *
 * <p>Imports between these packages run one way, which {@code KernelArchitectureTest} holds; this one puts their parts together. {@code logging},
 * {@code options}, {@code resource}, {@code store} and {@code text} are used by several of them and use none, as does {@code database}, which drivers of databases implement; {@code audit}, which keeps who did what, uses {@code
 * store} alone.
 */
@NullMarked
package io.dataprism.kernel;

import org.jspecify.annotations.NullMarked;
