/** The one door from plugins' classes into the sandbox: {@link io.dataprism.sandbox.site.CallSites}, in a package of its own, since a module exports packages. */
@NullMarked
package io.dataprism.sandbox.site;

import org.jspecify.annotations.NullMarked;
