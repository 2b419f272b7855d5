package io.dataprism.charts.svg;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes a PNG: 8 bits a channel, with alpha only where it is needed, and nothing in it but the picture. */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte TRUE_COLOUR = 2;
    private static final byte TRUE_COLOUR_WITH_ALPHA = 6;

    private Png() {}

    /** An image of type {@link BufferedImage#TYPE_INT_ARGB}. */
    static byte[] write(BufferedImage image) throws IOException {
        boolean alpha = hasAlpha(image);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(image.getWidth()).putInt(image.getHeight());
        header.put((byte) 8).put(alpha ? TRUE_COLOUR_WITH_ALPHA : TRUE_COLOUR);
        chunk(out, "IHDR", header.array());
        chunk(out, "IDAT", pixels(image, alpha));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static boolean hasAlpha(BufferedImage image) {
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int pixel : row) {
                if (pixel >>> 24 != 255) {
                    return true;
                }
            }
        }
        return false;
    }

    private static byte[] pixels(BufferedImage image, boolean alpha) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater, 1 << 16)) {
            int[] row = new int[image.getWidth()];
            ByteBuffer line = ByteBuffer.allocate(1 + row.length * (alpha ? 4 : 3));
            for (int y = 0; y < image.getHeight(); y++) {
                image.getRGB(0, y, row.length, 1, row, 0, row.length);
                line.clear().put((byte) 0);
                for (int pixel : row) {
                    line.put((byte) (pixel >> 16)).put((byte) (pixel >> 8)).put((byte) pixel);
                    if (alpha) {
                        line.put((byte) (pixel >>> 24));
                    }
                }
                out.write(line.array());
            }
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(content);
        out.write(ByteBuffer.allocate(4).putInt(content.length).array());
        out.write(name);
        out.write(content);
        out.write(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }
}
