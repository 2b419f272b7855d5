package io.dataprism.app.conf;

import io.dataprism.app.input.BadInput;
import io.dataprism.kernel.manifest.Problem;
import java.util.List;
import java.util.Optional;

/** What became of reading the configuration: a node's configuration when {@code problems} holds no error. */
public record ConfRead(Optional<NodeConf> conf, List<Problem> problems) {
    public ConfRead {
        problems = List.copyOf(problems);
    }

    /** The configuration, or a failure that lists all problems. */
    public NodeConf orThrow() {
        return conf.orElseThrow(() -> BadInput.refused(problems));
    }
}
