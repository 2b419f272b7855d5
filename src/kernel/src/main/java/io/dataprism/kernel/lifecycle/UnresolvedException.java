package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.resolve.Unresolved;
import java.util.Optional;

/** A plugin was to become another version, which does not fit what is installed: nothing about it was changed. */
public final class UnresolvedException extends PluginException {
    private static final long serialVersionUID = 1L;

    /** @param goesOn what runs on, where something runs */
    UnresolvedException(Unresolved obstacle, Optional<HostedPlugin> goesOn) {
        super(
                obstacle.code(),
                obstacle.message()
                        + goesOn.map(hosted ->
                                        " It runs on as " + hosted.record().version() + ".")
                                .orElse(""));
    }
}
