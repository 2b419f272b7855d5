package io.dataprism.kernel.context;

import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import io.vertx.core.http.HttpClientResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * What was sent as gzip, as it was before: a piece after the other and no more than there may be. The HTTP client is not asked to do this: it would make all of
 * what has come, a thousand times as large, before anybody could count it.
 */
final class Unzipped {
    /** Of a reply that was unzipped they would say something else than what it holds. */
    static final Set<String> HEADERS = Set.of("content-encoding", "content-length");

    private static final int PIECE = 64 * 1024;

    private Unzipped() {}

    static boolean isZipped(HttpClientResponse response) {
        String encoding = response.getHeader("content-encoding");
        return encoding != null && (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip"));
    }

    static byte[] of(PluginId plugin, byte[] zipped, int most) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped), PIECE)) {
            byte[] whole = in.readNBytes(most + 1);
            if (whole.length > most) {
                throw tooLarge(plugin, most);
            }
            return whole;
        } catch (IOException e) {
            throw new PluginException(
                    "DP-0899",
                    "Plugin '" + plugin + "' was sent what calls itself gzip and is not: " + e.getMessage()
                            + ". Ask the server's operator.",
                    e);
        }
    }

    /** The same of a file. Blocks. */
    static void copy(PluginId plugin, InputStream zipped, OutputStream to, long most) throws IOException {
        try (InputStream in = new GZIPInputStream(zipped, PIECE)) {
            byte[] piece = new byte[PIECE];
            long sum = 0;
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                sum += read;
                if (sum > most) {
                    throw tooLarge(plugin, most);
                }
                to.write(piece, 0, read);
            }
        }
    }

    private static PluginException tooLarge(PluginId plugin, long most) {
        return new PluginException(
                "DP-0197",
                "Plugin '" + plugin + "' was sent a zipped answer that holds more than " + most
                        + " bytes, which is the most. Ask for a part of it.");
    }
}
