/**
 * What a node is configured with: {@code kernel.yaml}, the files in {@code kernel.d}, environment and system properties.
 *
 * <p>{@link io.dataprism.app.conf.ConfSources} names the sources; vertx-config reads and merges them, later ones over earlier ones, through a YAML
 * 1.2 reader of our own. {@link io.dataprism.app.conf.ConfDocuments} keeps the lines and columns. {@link
 * io.dataprism.app.conf.ConfReader} makes of both a checked {@link io.dataprism.app.conf.NodeConf}, or the list of all problems; {@link
 * io.dataprism.app.conf.ConfWatcher} does so again at each change and keeps the last good one. References to secrets stay
 * references in what is shown: {@link io.dataprism.app.conf.SecretReferences} resolves them for use, {@link
 * io.dataprism.app.conf.ReferencedFiles} sees when one of their files changes, and {@link io.dataprism.app.conf.Secrets} keeps the
 * values out of logs and answers.
 */
@NullMarked
package io.dataprism.app.conf;

import org.jspecify.annotations.NullMarked;
