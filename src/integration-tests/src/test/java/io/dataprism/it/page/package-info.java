/**
 * The original page's statements about manager, registry, plugin types, event bus, life cycle, channels and best practices, each with a
 * test whose display name carries its words. {@code docs/plugin-architecture.md} says which.
 */
package io.dataprism.it.page;
