package io.dataprism.kernel.audit;

import io.dataprism.api.PluginException;
import java.io.IOException;
import java.nio.file.Path;

/** What can be wrong with an audit log. */
final class AuditFailures {
    private AuditFailures() {}

    static PluginException unwritten(Path folder, Exception cause) {
        return new PluginException(
                "DP-0850",
                "The audit log in " + folder + " can't be written: " + cause.getMessage()
                        + ". Lines wait in memory, and it is tried again every second. Make room on the disk, or let this user write there.",
                cause);
    }

    static PluginException unreadable(Path file, IOException cause) {
        return new PluginException(
                "DP-0851",
                "The audit log in " + file + " can't be read: " + cause
                        + ". Let this user read it, or move the folder away: a new log begins then.",
                cause);
    }

    static PluginException badHeads(Path file, int line, Exception cause) {
        return new PluginException(
                "DP-0853",
                "The file of heads " + file + " can't be used: line " + line + " is no head (" + cause
                        + "). Expected lines as  audit head  prints them. Name another file.",
                cause);
    }

    static PluginException unreadableHeads(Path file, IOException cause) {
        return new PluginException(
                "DP-0853",
                "The file of heads " + file + " can't be read: " + cause
                        + ". Name the file that 'audit.heads' of the node's configuration names, or a copy of it.",
                cause);
    }

    static PluginException unwrittenHeads(Path file, IOException cause) {
        return new PluginException(
                "DP-0854",
                "The head of the audit log can't be told to " + file + ": " + cause
                        + ". Until it can, that lines at the log's end are missing can't be shown. Let this user write there, or"
                        + " name another file in 'audit.heads'.",
                cause);
    }
}
