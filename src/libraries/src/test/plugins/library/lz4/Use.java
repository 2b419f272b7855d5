package library.lz4;

import java.nio.charset.StandardCharsets;
import library.LibraryPlugin;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHashFactory;

/** Compresses and hashes in plain Java. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() {
        byte[] text = "Bern ".repeat(1000).getBytes(StandardCharsets.UTF_8);
        LZ4Factory factory = LZ4Factory.safeInstance();
        byte[] packed = factory.fastCompressor().compress(text);
        byte[] back = factory.safeDecompressor().decompress(packed, text.length);
        return (packed.length < 100) + " " + new String(back, 0, 9, StandardCharsets.UTF_8) + " "
                + Integer.toHexString(XXHashFactory.safeInstance().hash32().hash(text, 0, text.length, 7));
    }
}
