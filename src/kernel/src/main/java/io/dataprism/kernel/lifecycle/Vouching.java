package io.dataprism.kernel.lifecycle;

import io.dataprism.api.Caller;
import io.dataprism.kernel.admission.Untrusted;
import io.dataprism.kernel.manifest.Isolation;
import io.dataprism.kernel.permission.GrantStore;
import io.dataprism.kernel.registry.PluginRecord;
import io.dataprism.kernel.registry.PluginRegistry;
import io.dataprism.kernel.resolve.Unresolved;
import io.dataprism.sandbox.guard.JdkChecks;
import java.util.Optional;

/**
 * Who vouches for plugins, and that one for which nobody does is not started where the sandbox has one layer only: a single layer is known to have holes, which
 * only who trusts the code can take upon himself. Looked at before a start and when the policy changes, not while a plugin runs. Safe to use from any thread.
 */
public final class Vouching {
    private final PluginRegistry registry;
    private final GrantStore grants;
    private final boolean sandboxed;

    /** @param sandboxed whether there is a first layer: without one, whoever decided that trusts what is installed */
    Vouching(PluginRegistry registry, GrantStore grants, boolean sandboxed) {
        this.registry = registry;
        this.grants = grants;
        this.sandboxed = sandboxed;
    }

    /** Who vouches for {@code record}, in words; empty where nobody does. */
    public Optional<String> of(PluginRecord record) {
        return registry.voucher(record).or(() -> fullTrust(record));
    }

    /** Who grants what amounts to full trust has said all there is to say. */
    private Optional<String> fullTrust(PluginRecord record) {
        Caller plugin = Caller.plugin(record.id());
        return grants.grants(plugin).stream()
                .filter(grant -> !grant.denies() && grant.permission().name().isFullTrust())
                .filter(grant -> grants.check(plugin, grant.permission()))
                .findFirst()
                .map(grant -> "'" + grant.rule() + "' was granted, which is full trust");
    }

    /** Why {@code record} is not to be started; empty where it may be. */
    Optional<Unresolved> lacking(PluginRecord record) {
        // What stands around a process of its own is asked when that is started, see mayBeUnwalled.
        boolean here = record.manifest().isolation() != Isolation.PROCESS;
        boolean matters = here
                && sandboxed
                && !JdkChecks.areOn()
                && registry.admission().policy().untrusted() == Untrusted.REFUSE;
        return matters && of(record).isEmpty()
                ? Optional.of(new Unresolved(record.id(), "DP-0950", told(record)))
                : Optional.empty();
    }

    /** Whether {@code record} may have a process of its own that nothing keeps from the kernel: as with one layer of the sandbox, who trusts its code may say so. */
    public boolean mayBeUnwalled(PluginRecord record) {
        return !sandboxed
                || registry.admission().policy().untrusted() == Untrusted.ALLOW
                || of(record).isPresent();
    }

    private static String told(PluginRecord record) {
        String line = System.lineSeparator() + "  ";
        return "Plugin '" + record.id() + "' " + record.version()
                + " does not start: nobody vouches for it, and this node's sandbox has one of its two layers only. "
                + JdkChecks.whyNot() + " Expected one of these:"
                + line + "both layers: ./dataprism run without --no-agent, or java -javaagent:dataprism-agent.jar"
                + line + "a signature of one of 'trusted-signers' in the section 'admission'"
                + line + "its very bytes, named in its section of the configuration:  sha256: "
                + record.artifact().sha256()
                + line + "the word that such plugins run all the same:  untrusted: allow  in the section 'admission'"
                + " (embedding: AdmissionOptions.withUntrusted)";
    }
}
