package library.roaringbitmap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import library.LibraryPlugin;
import org.roaringbitmap.RoaringBitmap;

/** Sets of many numbers in little room, written and read. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() throws Exception {
        RoaringBitmap even = new RoaringBitmap();
        for (int i = 0; i < 100_000; i += 2) {
            even.add(i);
        }
        RoaringBitmap few = RoaringBitmap.and(even, RoaringBitmap.bitmapOfRange(10, 20));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        few.serialize(new DataOutputStream(bytes));
        RoaringBitmap back = new RoaringBitmap();
        back.deserialize(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return back + " " + even.getCardinality();
    }
}
