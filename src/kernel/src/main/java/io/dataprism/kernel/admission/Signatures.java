package io.dataprism.kernel.admission;

import java.util.List;

/**
 * What an artifact's signatures are worth.
 *
 * @param signers who signed all of it, whether or not anybody trusts them; empty where nobody did
 * @param broken what is wrong with its signatures, so that they are worth less than none; empty where nothing is
 */
public record Signatures(List<Signer> signers, List<String> broken) {
    /** Of an artifact without any. */
    public static final Signatures NONE = new Signatures(List.of(), List.of());

    public Signatures {
        signers = List.copyOf(signers);
        broken = List.copyOf(broken);
    }

    /** The signers' certificates. */
    public List<String> fingerprints() {
        return signers.stream().map(Signer::fingerprint).toList();
    }
}
