package io.dataprism.sandbox.guard;

/**
 * A call that a plugin may not make.
 *
 * @param method what was to be called, such as {@code java.nio.file.Files.delete}
 * @param permission the name of the permission that is missing; empty where none would do
 * @param scope its scope; empty for the permission without one
 * @param reason why no permission would do; empty where one would
 * @param place the class, method and line that call
 */
public record RefusedCall(String method, String permission, String scope, String reason, String place) {

    /** The permission with its scope, as a grant has it. */
    public String wanted() {
        return scope.isEmpty() ? permission : permission + ":" + scope;
    }

    @Override
    public String toString() {
        String why = permission.isEmpty() ? "no plugin may: " + reason : "it takes the permission '" + wanted() + "'";
        return method + " was not called at " + place + ": " + why + ".";
    }
}
