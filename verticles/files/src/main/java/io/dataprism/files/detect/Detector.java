package io.dataprism.files.detect;

import io.dataprism.api.CallException;
import io.dataprism.api.TableFormat;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out what a file holds and how it is written. */
public final class Detector {
    private static final int HEAD = 1 << 20;
    private static final List<String> FORMATS = List.of("csv", "json", "ndjson", "parquet");

    private Detector() {}

    /**
     * Look at {@code file}.
     *
     * @param options what is known already, by the names of {@link Detection#toJson}; it wins over what is found
     * @throws io.dataprism.api.CallException that says what is wrong with the file or an option
     */
    public static Detection detect(Path file, JsonObject options) {
        Overrides overrides = new Overrides(options);
        try {
            Source source = Source.of(file);
            byte[] head;
            try (InputStream in = source.open()) {
                head = in.readNBytes(HEAD);
            }
            Optional<TableFormat> told = overrides.word("format", FORMATS).flatMap(TableFormat::of);
            if (told.orElse(TableFormat.PARQUET) == TableFormat.PARQUET && isParquet(head)) {
                return new Detection(TableFormat.PARQUET, "binary", "none", false, new JsonObject(), List.of());
            }
            return text(source, head, told, overrides);
        } catch (IOException e) {
            throw FileProblem.UNREADABLE.failure("cannot read " + file + ": " + e + ". Check that it may be read.", e);
        }
    }

    private static boolean isParquet(byte[] head) {
        return head.length > 4 && new String(head, 0, 4, StandardCharsets.ISO_8859_1).equals("PAR1");
    }

    private static Detection text(Source source, byte[] head, Optional<TableFormat> told, Overrides overrides)
            throws IOException {
        Path file = source.file();
        Encodings.Encoding encoding = overrides
                .text("encoding")
                .map(name -> new Encodings.Encoding(charset(name), 0))
                .orElse(Encodings.of(source, head));
        String text = decoded(head, encoding);
        if (text.isBlank()) {
            throw FileProblem.EMPTY.failure(
                    file + " holds nothing but blanks. Check whether it was written to the end.");
        }
        if (text.indexOf('\0') >= 0) {
            throw FileProblem.UNKNOWN_FORMAT.failure(
                    file + " is neither Parquet nor text. CSV, JSON, NDJSON and Parquet are"
                            + " read, also packed by gzip.");
        }
        boolean whole = head.length < HEAD;
        TableFormat format = told.orElseGet(() -> JsonShape.format(text, whole));
        List<String> notes = new ArrayList<>();
        JsonObject options = format == TableFormat.CSV
                ? csv(file, whole ? text : wholeLines(text), overrides, notes)
                : json(text, format, overrides);
        boolean transcode = !encoding.isUtf8() || (encoding.mark() > 0 && format != TableFormat.CSV);
        return new Detection(format, encoding.label(), source.compression(), transcode, options, notes);
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw FileProblem.BAD_OPTION.failure(
                    "the encoding '" + name + "' is not known here. Try utf-8, utf-16le, windows-1252 or iso-8859-15.",
                    e);
        }
    }

    private static String decoded(byte[] head, Encodings.Encoding encoding) {
        String text = new String(head, encoding.mark(), head.length - encoding.mark(), encoding.charset());
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Up to the last line break: the rest is cut anywhere. */
    private static String wholeLines(String text) {
        int end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private static JsonObject csv(Path file, String text, Overrides overrides, List<String> notes) {
        JsonObject options = new CsvSniffer(String.valueOf(file), text, overrides, notes).sniff();
        overrides.word("badRows", List.of("fail", "skip", "pad")).ifPresent(word -> options.put("badRows", word));
        return options;
    }

    private static JsonObject json(String text, TableFormat format, Overrides overrides) {
        JsonObject options = new JsonObject();
        overrides
                .text("rows")
                .or(() -> format == TableFormat.JSON ? JsonShape.rows(text) : Optional.empty())
                .ifPresent(rows -> options.put("rows", rows));
        overrides.flag("flatten").ifPresent(flatten -> options.put("flatten", flatten));
        return options;
    }

    /** Write {@code file}, unpacked and as UTF-8, to {@code target}. Nothing stays there of a file that cannot be read to its end. */
    public static void transcode(Path file, Detection detection, Path target) {
        try {
            write(file, detection, target);
        } catch (IOException e) {
            CallException unreadable = FileProblem.UNREADABLE.failure(
                    "cannot read " + file + ": " + e + ". Check that it may be read.", e);
            try {
                Files.deleteIfExists(target);
            } catch (IOException left) {
                unreadable.addSuppressed(left);
            }
            throw unreadable;
        }
    }

    private static void write(Path file, Detection detection, Path target) throws IOException {
        char[] buffer = new char[1 << 16];
        try (Reader in = new InputStreamReader(
                        new Source(file, detection.compression()).open(), Charset.forName(detection.encoding()));
                Writer out = Files.newBufferedWriter(target)) {
            boolean first = true;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int mark = first && read > 0 && buffer[0] == '\uFEFF' ? 1 : 0;
                out.write(buffer, mark, read - mark);
                first = false;
            }
        }
    }
}
