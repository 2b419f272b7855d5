package io.dataprism.faults.plugin;

import io.dataprism.api.Plugin;

/** Does nothing. */
public final class Resting implements Plugin {}
