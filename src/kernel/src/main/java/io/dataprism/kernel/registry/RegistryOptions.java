package io.dataprism.kernel.registry;

import java.net.URI;
import java.nio.file.Path;

/**
 * How a registry works.
 *
 * @param folder the node's data folder; the store goes into {@code artifacts/} in it
 * @param devMode whether folders may be installed, and the same id and version may come again with other bytes
 * @param mavenLocal the local Maven repository, looked at first
 * @param mavenRemote the repository that is asked when the local one has no such artifact
 */
public record RegistryOptions(Path folder, boolean devMode, Path mavenLocal, URI mavenRemote) {

    /** With the user's own local Maven repository, and Maven Central behind it. */
    public static RegistryOptions in(Path folder) {
        return new RegistryOptions(
                folder,
                false,
                Path.of(System.getProperty("user.home"), ".m2", "repository"),
                URI.create("https://repo.maven.apache.org/maven2/"));
    }

    public RegistryOptions withDevMode(boolean on) {
        return new RegistryOptions(folder, on, mavenLocal, mavenRemote);
    }

    public RegistryOptions withMaven(Path local, URI remote) {
        return new RegistryOptions(folder, devMode, local, remote);
    }
}
