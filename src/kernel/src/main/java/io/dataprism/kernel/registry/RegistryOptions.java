package io.dataprism.kernel.registry;

import io.dataprism.kernel.admission.AdmissionOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a registry works.
 *
 * @param folder the node's data folder; the store goes into {@code artifacts/} in it
 * @param temporary whether the folder is deleted when the node ends, and never opened again
 * @param devMode whether folders may be installed, and the same id and version may come again with other bytes
 * @param mavenLocal the local Maven repository, looked at first
 * @param mavenRemote the repository, if any, that is asked when the local one has no such artifact
 * @param admission which artifacts may be installed
 */
public record RegistryOptions(
        Path folder,
        boolean temporary,
        boolean devMode,
        Path mavenLocal,
        Optional<URI> mavenRemote,
        AdmissionOptions admission) {
    /** The system property that names the repository to ask besides the local one. */
    public static final String REMOTE = "io.dataprism.maven.repository";

    /** With the user's own local Maven repository, and behind it the one that {@link #REMOTE} names, if it does. */
    public static RegistryOptions in(Path folder) {
        return new RegistryOptions(
                folder,
                false,
                false,
                Path.of(System.getProperty("user.home"), ".m2", "repository"),
                Optional.ofNullable(System.getProperty(REMOTE)).map(URI::create),
                AdmissionOptions.DEFAULT);
    }

    /** With a folder that is deleted when the node ends. */
    public RegistryOptions withTemporary(boolean deleted) {
        return new RegistryOptions(folder, deleted, devMode, mavenLocal, mavenRemote, admission);
    }

    public RegistryOptions withDevMode(boolean on) {
        return new RegistryOptions(folder, temporary, on, mavenLocal, mavenRemote, admission);
    }

    public RegistryOptions withAdmission(AdmissionOptions policy) {
        return new RegistryOptions(folder, temporary, devMode, mavenLocal, mavenRemote, policy);
    }

    /** With another repository behind the local one. */
    public RegistryOptions withRemote(URI remote) {
        return new RegistryOptions(folder, temporary, devMode, mavenLocal, Optional.of(remote), admission);
    }

    public RegistryOptions withMaven(Path local, URI remote) {
        return new RegistryOptions(folder, temporary, devMode, local, Optional.of(remote), admission);
    }
}
