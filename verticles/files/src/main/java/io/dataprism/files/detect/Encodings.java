package io.dataprism.files.detect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.mozilla.universalchardet.UniversalDetector;

/** Finds out how a text file is encoded: by its byte order mark, else as UTF-8 if all of it is, else as its bytes look. */
final class Encodings {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private Encodings() {}

    /**
     * An encoding.
     *
     * @param mark bytes of the byte order mark
     */
    record Encoding(Charset charset, int mark) {
        String label() {
            return charset.name().toLowerCase(Locale.ROOT);
        }

        boolean isUtf8() {
            return charset.equals(StandardCharsets.UTF_8);
        }
    }

    static Encoding of(Source source, byte[] head) throws IOException {
        if (starts(head, 0xef, 0xbb, 0xbf)) {
            return new Encoding(StandardCharsets.UTF_8, 3);
        }
        if (starts(head, 0xff, 0xfe)) {
            return new Encoding(StandardCharsets.UTF_16LE, 2);
        }
        if (starts(head, 0xfe, 0xff)) {
            return new Encoding(StandardCharsets.UTF_16BE, 2);
        }
        double evenZeros = zeros(head, 0);
        double oddZeros = zeros(head, 1);
        if (oddZeros > 0.4 && evenZeros < 0.1) {
            return new Encoding(StandardCharsets.UTF_16LE, 0);
        }
        if (evenZeros > 0.4 && oddZeros < 0.1) {
            return new Encoding(StandardCharsets.UTF_16BE, 0);
        }
        return new Encoding(isUtf8(source) ? StandardCharsets.UTF_8 : guess(source), 0);
    }

    private static boolean starts(byte[] head, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (head.length <= i || (head[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** The share of zeros among the bytes at even or odd places. */
    private static double zeros(byte[] head, int first) {
        int zeros = 0;
        int all = 0;
        for (int i = first; i < head.length; i += 2) {
            all++;
            zeros += head[i] == 0 ? 1 : 0;
        }
        return all < 2 ? 0 : (double) zeros / all;
    }

    /** Whether the whole file is UTF-8: an accent may first come up in its last line. */
    private static boolean isUtf8(Source source) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        CharBuffer chars = CharBuffer.allocate(1 << 16);
        try (InputStream in = source.open()) {
            boolean end = false;
            while (!end) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                end = read < 0;
                bytes.position(bytes.position() + Math.max(read, 0)).flip();
                CoderResult result = decoder.decode(bytes, chars.clear(), end);
                if (result.isError()) {
                    return false;
                }
                bytes.compact();
            }
        }
        return true;
    }

    private static Charset guess(Source source) throws IOException {
        UniversalDetector detector = new UniversalDetector();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = source.open()) {
            for (int read = in.read(buffer), parts = 0;
                    read > 0 && !detector.isDone() && parts < 64;
                    read = in.read(buffer), parts++) {
                detector.handleData(buffer, 0, read);
            }
        }
        detector.dataEnd();
        String found = detector.getDetectedCharset();
        return found == null || !Charset.isSupported(found) || found.equals("US-ASCII") || found.equals("UTF-8")
                ? WINDOWS_1252
                : Charset.forName(found);
    }
}
