package io.dataprism.app.control;

import io.dataprism.api.PluginException;
import io.dataprism.app.CommandFailure;
import io.dataprism.app.ExitCode;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A connection to the node that runs on a data folder. Blocks; used by one thread. */
public final class ControlClient implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader replies;
    private long lastId;

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
        this.replies = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    /**
     * Connect.
     *
     * @throws CommandFailure {@code DP-0930} with {@link ExitCode#NO_NODE} where no node runs on that folder
     */
    public static ControlClient connect(Path dataFolder) {
        Path socket = ControlAddress.in(dataFolder).current();
        try {
            return new ControlClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.NO_NODE,
                    "DP-0930",
                    "No node runs on the data folder "
                            + dataFolder.toAbsolutePath().normalize()
                            + ". Start one with ./dataprism run, or name its folder with --data.",
                    e);
        }
    }

    /** Whether a node answers on that folder. */
    public static boolean isRunning(Path dataFolder) {
        try (ControlClient client = connect(dataFolder)) {
            return client.channel.isConnected();
        } catch (CommandFailure e) {
            return false;
        }
    }

    /**
     * Ask for one operation and wait for its answer.
     *
     * @throws PluginException with the code and message that the node answered, or {@code DP-0934} where it went away
     */
    public JsonObject invoke(String noun, String verb, JsonObject body) {
        lastId++;
        try {
            ByteBuffer request = ByteBuffer.wrap(
                    ControlLine.request(lastId, noun, verb, body).getBytes(StandardCharsets.UTF_8));
            while (request.hasRemaining()) {
                channel.write(request);
            }
            return answer(replies.readLine());
        } catch (IOException e) {
            throw gone(String.valueOf(e.getMessage()), e);
        }
    }

    private static JsonObject answer(@Nullable String line) {
        if (line == null) {
            throw gone("end of stream", null);
        }
        JsonObject reply = ControlLine.parse(line);
        if (reply.getValue("error") instanceof JsonObject error) {
            throw new PluginException(error.getString("code"), error.getString("message"));
        }
        return reply.getJsonObject("ok", new JsonObject());
    }

    private static CommandFailure gone(String cause, @Nullable Throwable e) {
        return new CommandFailure(
                ExitCode.NO_NODE,
                "DP-0934",
                "The node ended before it answered (" + cause
                        + "). Look at its log, and at plugins list once it runs again.",
                e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw gone(String.valueOf(e.getMessage()), e);
        }
    }
}
