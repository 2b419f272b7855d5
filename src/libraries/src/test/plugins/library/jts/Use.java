package library.jts;

import library.LibraryPlugin;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.WKTReader;

/** Cuts shapes out of shapes. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() throws Exception {
        WKTReader reader = new WKTReader();
        Geometry square = reader.read("POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))");
        Geometry other = reader.read("POLYGON ((2 2, 6 2, 6 6, 2 6, 2 2))");
        return square.intersection(other).norm() + " " + square.union(other).getArea() + " "
                + square.contains(reader.read("POINT (1 1)"));
    }
}
