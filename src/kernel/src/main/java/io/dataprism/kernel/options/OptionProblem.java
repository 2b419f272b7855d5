package io.dataprism.kernel.options;

/**
 * One thing that is wrong with a section of the configuration.
 *
 * @param path the key, from the top of the configuration: {@code gateway.port}, {@code cluster.members[2]}
 * @param code the stable code
 * @param message what was found, what is expected, what to do; never holds a secret's value
 */
public record OptionProblem(String path, String code, String message) {

    @Override
    public String toString() {
        return code + " " + path + ": " + message;
    }
}
