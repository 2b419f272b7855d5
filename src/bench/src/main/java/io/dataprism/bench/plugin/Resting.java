package io.dataprism.bench.plugin;

import io.dataprism.api.Plugin;

/** A plugin that does nothing. */
public final class Resting implements Plugin {}
