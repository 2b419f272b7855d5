package io.dataprism.sandbox;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadAheadTest {
    private final ReadAhead ahead = new ReadAhead();

    @TempDir
    Path folder;

    private ClassPathEntry entry;

    @BeforeEach
    void openFolder() throws IOException {
        entry = ClassPathEntry.open(folder);
    }

    private OwnClasses.Found read(int size) {
        return new OwnClasses.Found(new byte[size], entry);
    }

    @Test
    void whatWasReadIsTakenOnce() {
        OwnClasses.Found found = read(10);
        ahead.keep("app.App", found);
        assertSame(found, ahead.take("app.App"));
        assertNull(ahead.take("app.App"));
    }

    @Test
    void theEldestGoFirst() {
        OwnClasses.Found young = read(ReadAhead.MOST_BYTES / 2);
        ahead.keep("app.Eldest", read(ReadAhead.MOST_BYTES / 2));
        ahead.keep("app.Elder", read(ReadAhead.MOST_BYTES / 2));
        ahead.keep("app.Young", young);
        assertNull(ahead.take("app.Eldest"));
        assertSame(young, ahead.take("app.Young"));
    }

    @Test
    void readAgainItCountsOnce() {
        OwnClasses.Found other = read(ReadAhead.MOST_BYTES / 2);
        ahead.keep("app.Other", other);
        for (int i = 0; i < 10; i++) {
            ahead.keep("app.App", read(ReadAhead.MOST_BYTES / 2));
        }
        assertSame(other, ahead.take("app.Other"));
    }

    @Test
    void whatIsLargerThanAllIsNotKept() {
        ahead.keep("app.App", read(ReadAhead.MOST_BYTES + 1));
        assertNull(ahead.take("app.App"));
    }
}
