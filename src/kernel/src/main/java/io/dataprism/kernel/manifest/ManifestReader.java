package io.dataprism.kernel.manifest;

/** Reads {@code plugin.yaml}. */
@SuppressWarnings("DoNotCallSuggester")
public final class ManifestReader {

    /**
     * The manifest that {@code yaml} holds, or everything that is wrong with it. Never throws, whatever the bytes.
     *
     * @param file the name to report problems under
     */
    public Manifested read(String file, byte[] yaml) {
        throw new UnsupportedOperationException("manifest reading");
    }
}
