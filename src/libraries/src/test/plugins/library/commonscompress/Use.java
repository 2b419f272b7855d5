package library.commonscompress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import library.LibraryPlugin;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** Packs an archive, compresses it, and reads both back. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() throws Exception {
        byte[] text = "Bern ".repeat(1000).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        CompressorStreamFactory compressors = new CompressorStreamFactory();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(
                compressors.createCompressorOutputStream(CompressorStreamFactory.BZIP2, packed))) {
            TarArchiveEntry entry = new TarArchiveEntry("cities/bern.txt");
            entry.setSize(text.length);
            tar.putArchiveEntry(entry);
            tar.write(text);
            tar.closeArchiveEntry();
        }
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                compressors.createCompressorInputStream(new ByteArrayInputStream(packed.toByteArray())))) {
            String name = tar.getNextEntry().getName();
            return name + " " + tar.readAllBytes().length + " " + (packed.size() < 500);
        }
    }
}
