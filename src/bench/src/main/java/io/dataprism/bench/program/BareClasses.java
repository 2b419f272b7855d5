package io.dataprism.bench.program;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What classes cost by themselves: many loaders that define the same ones and make one object each, and do nothing else. */
final class BareClasses {
    private BareClasses() {}

    /** Heap bytes that each of {@code count} such loaders takes, the class {@code main} first, then those that it needs. */
    static double heap(int count, Class<?> main, Class<?>... others) throws IOException, ReflectiveOperationException {
        Footprint before = Footprint.now();
        List<Object> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Bare loader = new Bare();
            for (Class<?> other : others) {
                loader.define(other);
            }
            made.add(loader.define(main).getConstructor().newInstance());
        }
        double each = (double) (Footprint.now().heap() - before.heap()) / count;
        if (made.size() != count) {
            throw new IllegalStateException("Only " + made.size() + " of " + count + " were made.");
        }
        return each;
    }

    private static final class Bare extends ClassLoader {
        Bare() {
            super(Bare.class.getClassLoader());
        }

        Class<?> define(Class<?> type) throws IOException {
            byte[] bytes = ClassFile.bytes(type);
            return defineClass(type.getName(), bytes, 0, bytes.length);
        }
    }
}
