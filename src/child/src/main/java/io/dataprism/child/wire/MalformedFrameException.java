package io.dataprism.child.wire;

import java.io.IOException;

/** What was read is no frame, or not what such a frame holds. Nothing more is read from whoever sent it. */
public final class MalformedFrameException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedFrameException(String what) {
        super(what);
    }
}
