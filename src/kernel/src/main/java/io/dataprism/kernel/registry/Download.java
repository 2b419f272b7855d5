package io.dataprism.kernel.registry;

import io.dataprism.api.PluginException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Fetches a file over HTTP, into a file, with an end in size and time. */
final class Download {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Duration longest;
    private final long largest;
    private @Nullable HttpClient client;

    Download(Duration longest, long largest) {
        this.longest = longest;
        this.largest = largest;
    }

    /**
     * A file that was fetched.
     *
     * @param published since when the server has it, as it says; empty where it does not
     */
    record Fetched(Optional<Instant> published) {}

    /** The file, which is in {@code target} then; empty where there is no such file. */
    Optional<Fetched> fetch(URI uri, Path target) {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER).build();
        try (OutputStream out = Files.newOutputStream(target)) {
            Sink sink = new Sink(out, largest);
            CompletableFuture<HttpResponse<Void>> answer = client().sendAsync(
                            request,
                            info -> info.statusCode() == OK
                                    ? BodyHandlers.ofByteArrayConsumer(sink::accept)
                                            .apply(info)
                                    : HttpResponse.BodySubscribers.replacing(null));
            HttpResponse<Void> answered = await(uri, answer, sink);
            return status(uri, answered.statusCode())
                    ? Optional.of(new Fetched(published(answered)))
                    : Optional.empty();
        } catch (IOException e) {
            throw failed(uri, "it could not be written (" + e + "). Check the data folder's disk.", e);
        }
    }

    /** Made when something is fetched: with it come a thread and the certificates that the JVM trusts, a tenth of a node's start. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
        }
        return client;
    }

    private boolean status(URI uri, int status) {
        if (status == NOT_FOUND) {
            return false;
        }
        if (status != OK) {
            throw failed(
                    uri,
                    "the server answered " + status + ", expected 200. Check the address and whether it needs a login.",
                    null);
        }
        return true;
    }

    private static Optional<Instant> published(HttpResponse<Void> answer) {
        return answer.headers().firstValue("Last-Modified").flatMap(text -> {
            try {
                return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
            } catch (DateTimeException noDate) {
                return Optional.empty();
            }
        });
    }

    private HttpResponse<Void> await(URI uri, CompletableFuture<HttpResponse<Void>> answer, Sink sink)
            throws IOException {
        try {
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw failed(
                    uri, "it took longer than " + longest.toSeconds() + " s. Try again, or copy the file by hand.", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw failed(uri, "it was interrupted.", e);
        } catch (ExecutionException e) {
            if (sink.overflown()) {
                throw new PluginException(
                        "DP-0233",
                        "Artifact " + uri + " is larger than " + (largest >> 20) + " MiB: expected less.",
                        e);
            }
            Throwable cause = Optional.ofNullable(e.getCause()).orElse(e);
            throw failed(uri, "no answer came (" + cause + "). Check the address and the network.", e);
        }
    }

    private static PluginException failed(URI uri, String why, @Nullable Throwable cause) {
        return new PluginException("DP-0230", "Artifact " + uri + " can't be fetched: " + why, cause);
    }

    /** Takes the body as it comes. */
    private static final class Sink {
        private final OutputStream out;
        private long room;

        Sink(OutputStream out, long room) {
            this.out = out;
            this.room = room;
        }

        synchronized void accept(Optional<byte[]> chunk) {
            if (chunk.isEmpty()) {
                return;
            }
            room -= chunk.get().length;
            if (room < 0) {
                throw new IllegalStateException("too large");
            }
            try {
                out.write(chunk.get());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        synchronized boolean overflown() {
            return room < 0;
        }
    }
}
