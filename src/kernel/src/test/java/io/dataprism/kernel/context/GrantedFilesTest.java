package io.dataprism.kernel.context;

import static io.dataprism.kernel.context.ContextFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.ByteReader;
import io.dataprism.api.ByteWriter;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginFiles;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantedFilesTest {
    @TempDir
    Path root;

    private Path work;
    private Path data;
    private ContextFixture node;
    private PluginFiles files;

    @BeforeEach
    void open() throws Exception {
        data = Files.createDirectory(root.toRealPath().resolve("data"));
        node = new ContextFixture(root.toRealPath());
        work = node.workFolder;
        files = node.context.files();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private void assertRefused(String code, Future<?> use) {
        assertEquals(code, assertThrows(PluginException.class, () -> await(use)).code());
    }

    private void assertDenied(Future<?> use, String permission) {
        assertEquals(
                permission,
                assertThrows(PermissionDeniedException.class, () -> await(use)).permission());
    }

    private static List<String> names(Path folder) throws Exception {
        try (var all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theWorkFolderNeedsNoPermission() throws Exception {
        await(files.createFolder("a/b"));
        await(files.write("a/b/x.txt", Buffer.buffer("hello")));
        assertEquals("hello", await(files.read("a/b/x.txt")).toString());
        assertEquals("hello", Files.readString(work.resolve("a/b/x.txt")));
        PluginFiles.Entry found = await(files.find("a/b/x.txt")).orElseThrow();
        assertEquals(5, found.size());
        assertFalse(found.folder());
        assertEquals(Optional.empty(), await(files.find("none")));
        assertEquals("b", await(files.list("a")).get(0).name());
        assertRefused("DP-0610", files.delete("a"));
        assertTrue(await(files.delete("a/b/x.txt")));
        assertFalse(await(files.delete("a/b/x.txt")));
        boolean inSlice = node.run(
                () -> files.list("").map(done -> node.deployment.mailbox().inSlice()));
        assertTrue(inSlice);
    }

    @Test
    void anyOtherPlaceNeedsItsPermission() throws Exception {
        Path file = Files.writeString(data.resolve("a.csv"), "x");
        String path = file.toString();
        assertDenied(files.read(path), "file-access:read:" + path);
        assertDenied(files.find(path), "file-access:read:" + path);
        assertDenied(files.list(data.toString()), "file-access:read:" + data);
        assertDenied(files.write(path, Buffer.buffer()), "file-access:write:" + path);
        assertDenied(files.delete(path), "file-access:write:" + path);
        assertDenied(files.read("../data/a.csv"), "file-access:read:" + path);
        node.may("file-access:read:" + data + "/**");
        assertEquals("x", await(files.read(path)).toString());
        assertEquals("x", await(files.read("../data/a.csv")).toString());
        assertDenied(files.write(path, Buffer.buffer("y")), "file-access:write:" + path);
        node.may("file-access:write:" + data + "/*.csv");
        await(files.write(path, Buffer.buffer("y")));
        assertEquals("y", Files.readString(file));
        assertEquals(List.of("a.csv"), names(data));
    }

    @Test
    void aLinkIsJudgedByWhereItLeads() throws Exception {
        Path secret = Files.writeString(data.resolve("secret"), "s");
        Files.createSymbolicLink(work.resolve("link"), secret);
        Files.createSymbolicLink(work.resolve("folder"), data);
        assertDenied(files.read("link"), "file-access:read:" + secret);
        assertDenied(files.write("folder/new", Buffer.buffer()), "file-access:write:" + data + "/new");
        assertDenied(files.delete("folder/secret"), "file-access:write:" + secret);
        assertEquals(
                List.of("folder", "link"),
                await(files.list("")).stream().map(PluginFiles.Entry::name).toList());
        assertTrue(await(files.delete("link")));
        assertEquals("s", Files.readString(secret));
    }

    @Test
    void readsAndWritesStreamsWhollyOrNotAtAll() throws Exception {
        ByteWriter writer = await(files.create("big"));
        byte[] part = new byte[100_000];
        part[99_999] = 7;
        await(writer.write(Buffer.buffer(part)));
        await(writer.write(Buffer.buffer(part)));
        assertEquals(Optional.empty(), await(files.find("big")));
        await(writer.commit());
        ByteReader reader = await(files.open("big"));
        List<Integer> sizes = new ArrayList<>();
        Optional<Buffer> next = await(reader.next());
        while (next.isPresent()) {
            sizes.add(next.get().length());
            next = await(reader.next());
        }
        assertEquals(List.of(65_536, 65_536, 65_536, 3_392), sizes);
        assertEquals(Optional.empty(), await(reader.next()));
        ByteWriter dropped = await(files.create("big"));
        await(dropped.write(Buffer.buffer("new")));
        await(dropped.discard());
        assertRefused("DP-0610", dropped.write(Buffer.buffer("more")));
        assertEquals(200_000, Files.size(work.resolve("big")));
        assertEquals(List.of("big"), names(work));
    }

    @Test
    void whatCannotBeDoneSaysWhy() throws Exception {
        Files.createDirectory(work.resolve("folder"));
        assertRefused("DP-0610", files.read("none"));
        assertRefused("DP-0610", files.read("folder"));
        assertRefused("DP-0610", files.write("folder", Buffer.buffer()));
        assertRefused("DP-0610", files.write("none/x", Buffer.buffer()));
        assertRefused("DP-0610", files.list("none"));
        assertRefused("DP-0610", files.delete(""));
        assertRefused("DP-0610", files.read("nul\0"));
        try (RandomAccessFile large = new RandomAccessFile(work.resolve("large").toFile(), "rw")) {
            large.setLength(16 * 1024 * 1024 + 1);
        }
        assertRefused("DP-0611", files.read("large"));
        assertEquals(
                "Plugin 'p' can't use 'none': there is no such file, or its folder is missing.",
                assertThrows(PluginException.class, () -> await(files.read("none")))
                        .getMessage());
    }

    @Test
    void whatItWritesIsBoundedAndWhatItDeletesMakesRoom() throws Exception {
        node.may("file-access:*:" + data + "/**");
        Buffer half = Buffer.buffer(new byte[(int) ContextFixture.MOST_WRITTEN / 2]);
        await(files.write("one", half));
        await(files.write(data + "/two", half));
        PluginException refused =
                assertThrows(PluginException.class, () -> await(files.write("three", Buffer.buffer("x"))));
        assertEquals("DP-0960", refused.code());
        assertEquals(
                "Plugin 'p' can't write 1 bytes more: what it wrote since it started takes 1048576 of the 1048576 bytes that"
                        + " it may. Delete what is not needed, or raise max-written-per-plugin.",
                refused.getMessage());
        assertEquals(List.of("one"), names(work), "nothing is left of it");
        await(files.delete(data + "/two"));
        await(files.write("one", half));
        await(files.delete("one"));
        ByteWriter dropped = await(files.create(data + "/two"));
        await(dropped.write(half));
        await(dropped.write(half));
        assertRefused("DP-0960", dropped.write(Buffer.buffer("x")));
        await(dropped.discard());
        await(files.write("all", half));
    }

    /** Who removes what others wrote has no more room than at its start. */
    @Test
    void whatOthersWroteMakesNoRoom() throws Exception {
        node.may("file-access:*:" + data + "/**");
        Files.write(data.resolve("foreign"), new byte[1_000_000]);
        await(files.delete(data + "/foreign"));
        Buffer half = Buffer.buffer(new byte[(int) ContextFixture.MOST_WRITTEN / 2]);
        await(files.write("one", half));
        await(files.write("two", half));
        assertRefused("DP-0960", files.write("three", Buffer.buffer("x")));
    }

    @Test
    void openFilesAreBoundedAndEndWithThePlugin() throws Exception {
        Files.writeString(work.resolve("x"), "x");
        List<ByteReader> readers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            readers.add(await(files.open("x")));
        }
        assertRefused("DP-0612", files.open("x"));
        await(readers.get(0).close());
        ByteReader last = await(files.open("x"));
        node.context.close();
        node.context.closeFiles();
        assertEquals(Optional.empty(), await(last.next()));
        assertRefused("DP-0191", files.open("x"));
    }
}
