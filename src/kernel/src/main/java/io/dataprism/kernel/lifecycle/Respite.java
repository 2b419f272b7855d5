package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import java.time.Instant;

/**
 * The time until a plugin that failed is started again.
 *
 * @param why it does not run now, for whoever needs it
 * @param until when it is over
 * @param cancel ends the timer
 */
record Respite(PluginException why, Instant until, Runnable cancel) {}
