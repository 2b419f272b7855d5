/** Real jars from Java source, for tests: of the class loader, of the kernel, and of what plugin authors write; and a real PostgreSQL. */
@NullMarked
package io.dataprism.testjars;

import org.jspecify.annotations.NullMarked;
