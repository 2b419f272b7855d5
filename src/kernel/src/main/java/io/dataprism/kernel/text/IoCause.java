package io.dataprism.kernel.text;

import io.dataprism.api.PluginException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says why something could not be done with a file whose path the message names already. */
public final class IoCause {
    private IoCause() {}

    /** Half a sentence, such as {@code the folder is not empty}. */
    public static String of(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such file, or its folder is missing";
        }
        if (cause instanceof AccessDeniedException) {
            return "the system doesn't let this node";
        }
        if (cause instanceof DirectoryNotEmptyException) {
            return "the folder is not empty";
        }
        if (cause instanceof NotDirectoryException) {
            return "it is no folder";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "something else of that name is there";
        }
        return PluginException.excerpt(
                cause instanceof FileSystemException file && file.getReason() != null
                        ? file.getReason()
                        : cause.toString());
    }
}
