package io.dataprism.sandbox.scan;

/**
 * Something about the artifact itself that speaks against it.
 *
 * @param refuses whether it must not be installed so; else it is worth knowing
 * @param code of the error
 * @param file the jar's entry, after {@code lib/a.jar!/} where it is in a nested one
 * @param message what was found, what was expected, what to do
 */
public record Objection(boolean refuses, String code, String file, String message) {}
