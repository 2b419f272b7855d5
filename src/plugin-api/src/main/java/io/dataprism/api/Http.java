package io.dataprism.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * Requests to the outside. Each needs {@code network-access:<scheme>://<host>:<port>}, checked again at each redirect; and where the name leads to an address that
 * is not the internet's (loopback, private, link-local, clouds' own), also a grant that names that address. A request whose grant is revoked fails at once.
 *
 * <p>Redirects are followed 5 times, certificates must be trusted by the JDK and be of the host's name, no cookies are kept, and what was sent as gzip arrives
 * unzipped. A call may take 10 minutes. Failures: {@link PermissionDeniedException}; {@code DP-0195} for what is no URL, {@code DP-0196} for too many redirects, {@code DP-0197}
 * for more than there may be, {@code DP-0199} for more than 1,000 at once, {@code DP-0601} where the answer does not fit on the plugin's account, {@code DP-0898} where no address is known.
 */
public interface Http {

    /** GET {@code url} and hold the body in memory, 16 MB at most. */
    Future<Reply> get(String url);

    /**
     * GET {@code url} straight into {@code file}, which must lie in the plugin's {@link PluginContext#workFolder}.
     *
     * @return the reply without body; fails with {@code DP-0197} as soon as more than 1 GB has come; the file is there once the future has succeeded, and never in part
     */
    Future<Reply> download(String url, Path file);

    /**
     * What came back, whatever its status.
     *
     * @param headers names in lower case; several values joined by a comma
     */
    record Reply(int status, Map<String, String> headers, Buffer body) {
        public Reply {
            headers = Map.copyOf(headers);
        }
    }
}
