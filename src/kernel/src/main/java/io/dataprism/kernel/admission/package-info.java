/**
 * Whether an artifact may be installed and started here. Behind the manifest and before the registry, {@link
 * io.dataprism.kernel.admission.Admission} looks at its hash, at who signed it ({@link io.dataprism.kernel.admission.JarSignatures}) and at what the
 * scan of its classes found ({@link io.dataprism.kernel.admission.Verdicts}), and holds that against the policy, {@link
 * io.dataprism.kernel.admission.AdmissionOptions}. Everything that speaks against it is told at once.
 */
@NullMarked
package io.dataprism.kernel.admission;

import org.jspecify.annotations.NullMarked;
