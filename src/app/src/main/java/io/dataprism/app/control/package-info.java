/**
 * Live commands: the command line speaks to the running node over a Unix-domain socket in the node's data folder.
 *
 * <p>The {@link io.dataprism.app.control.ControlAddress} says where the socket is: in a folder that nobody but its owner may
 * enter. The {@link io.dataprism.app.control.ControlServer} answers there with what {@link io.dataprism.app.control.Operations} do;
 * the {@link io.dataprism.app.control.ControlClient} asks. A request and its reply are one line of JSON each and carry the
 * version of this protocol.
 */
@NullMarked
package io.dataprism.app.control;

import org.jspecify.annotations.NullMarked;
