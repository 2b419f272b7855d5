/**
 * HTTP: the WebSocket event bridge.
 *
 * <p>A handshake is checked ({@link io.dataprism.gateway.GatewayOptions}: host, origin, token) before it becomes a socket. Each socket is one
 * {@code BridgeSession} for one user; it decodes frames, keeps the quotas, and does everything through the kernel's {@code
 * Endpoint} for that user, so that the one gate decides. What goes out passes a bounded {@code Outbox}. Nothing here touches the raw
 * event bus.
 */
@NullMarked
package io.dataprism.gateway;

import org.jspecify.annotations.NullMarked;
