package io.dataprism.app.bundle;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.text.IoCause;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What is packed, and what of that could not be had. */
public final class Bundle {
    private static final String CODE = "DP-1031";
    private static final String LISTING = "README.txt";

    private final List<Part> parts = new ArrayList<>();
    private final List<String> lacking = new ArrayList<>();

    /**
     * One file of it.
     *
     * @param name its path in the zip
     * @param about what it is, in a few words
     */
    public record Part(String name, String about, String text) {}

    public void add(String name, String about, String text) {
        parts.add(new Part(name, about, text));
    }

    /** {@code name} is not in it, for this reason. */
    public void lacks(String name, String why) {
        lacking.add(name + ": " + why);
    }

    public List<Part> parts() {
        return List.copyOf(parts);
    }

    /** What could not be had, each in a line. */
    public List<String> lacking() {
        return List.copyOf(lacking);
    }

    /**
     * Write it into {@code file}, which there must not be yet and which is for its owner only.
     *
     * @param about what whoever opens it should read first
     * @throws PluginException {@code DP-1031} where that can't be
     */
    public void write(Path file, String about) {
        try {
            try (OutputStream out = Files.newOutputStream(create(file), StandardOpenOption.WRITE);
                    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
                entry(zip, LISTING, listing(about));
                for (Part part : parts) {
                    entry(zip, part.name(), part.text());
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new PluginException(
                    CODE, "The bundle was not written: " + file + " is there already. Name another file.");
        } catch (IOException e) {
            throw new PluginException(
                    CODE, "The bundle was not written to " + file + " (" + IoCause.of(e) + "). Name another file.", e);
        }
    }

    private static Path create(Path file) throws IOException {
        FileAttribute<?>[] owners =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        return Files.createFile(file, owners);
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private String listing(String about) {
        StringBuilder listing = new StringBuilder(about).append("\n\nWhat is in it:\n");
        parts.forEach(part -> listing.append("  ")
                .append(part.name())
                .append("  ")
                .append(part.about())
                .append('\n'));
        if (!lacking.isEmpty()) {
            listing.append("\nWhat could not be had:\n");
            lacking.forEach(line -> listing.append("  ").append(line).append('\n'));
        }
        return listing.toString();
    }
}
