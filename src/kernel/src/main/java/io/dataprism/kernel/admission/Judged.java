package io.dataprism.kernel.admission;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.manifest.PluginKey;
import io.dataprism.sandbox.scan.ScanReport;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An artifact that was held against the policy.
 *
 * @param signatures who signed it
 * @param trusted whether somebody did whom the policy trusts, and whose certificate counts
 * @param scan what was found in it; empty where it comes with the program, whose artifacts are not scanned when they are installed
 * @param bom what it says that it is made of
 * @param vulnerabilities what is known of that
 * @param refusals why it must not be installed; empty where it may
 * @param remarks what is worth knowing of it all the same
 */
public record Judged(
        Signatures signatures,
        boolean trusted,
        Optional<ScanReport> scan,
        Bom bom,
        List<Vulnerability> vulnerabilities,
        List<Refusal> refusals,
        List<Refusal> remarks) {
    public Judged {
        vulnerabilities = List.copyOf(vulnerabilities);
        refusals = List.copyOf(refusals);
        remarks = List.copyOf(remarks);
    }

    /**
     * @param source where the artifact comes from
     * @throws PluginException with the first refusal's code, that tells all of them
     */
    public Judged orThrow(PluginKey key, String source) {
        if (refusals.isEmpty()) {
            return this;
        }
        String all = refusals.size() == 1
                ? refusals.get(0).message()
                : refusals.stream()
                        .map(refusal -> System.lineSeparator() + "  " + refusal)
                        .collect(Collectors.joining());
        throw new PluginException(
                refusals.get(0).code(),
                "Plugin '" + key.id() + "' " + key.version() + " from " + source + " is not admitted: " + all);
    }
}
