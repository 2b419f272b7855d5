package io.dataprism.bench.plugin;

import org.pf4j.Plugin;

/** A plugin of PF4J that does nothing. */
public final class RestingPf4j extends Plugin {}
