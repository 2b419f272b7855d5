package io.dataprism.api;

/** Why a call failed: a closed set, the same on a node, over the bridge and over a cluster. */
public enum FailureKind {
    /** Nobody of that id is known, or it offers no such capability. */
    NO_SUCH_CAPABILITY("DP-0301"),
    /** The plugin is known but does not run, and is not started by a call. */
    NOT_RUNNING("DP-0302"),
    /** The caller may not. */
    DENIED("DP-0303"),
    /** The deadline passed. */
    LATE("DP-0304"),
    /** The handler failed; the message carries its cause. */
    FAILED("DP-0305"),
    /** The request is not what the capability takes. */
    INVALID("DP-0306"),
    /** The receiver's mailbox is full. */
    BUSY("DP-0307"),
    /** The caller cancelled, or it or the receiver was stopped meanwhile. */
    CANCELLED("DP-0308");

    private final String code;

    FailureKind(String code) {
        this.code = code;
    }

    /** The error code that goes with this kind. */
    public String code() {
        return code;
    }
}
