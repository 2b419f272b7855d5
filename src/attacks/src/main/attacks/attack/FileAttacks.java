package attack;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Formatter;
import java.util.Scanner;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/** Files, by the JDK's plain ways. */
final class FileAttacks {
    private FileAttacks() {}

    @Attack(says = "Reads a file with FileInputStream.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReadStream extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (FileInputStream in = new FileInputStream(lab.text("secret"))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(says = "Reads a file with Files.readString.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReadString extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Files.readString(lab.path("secret"));
        }
    }

    @Attack(says = "Reads a file with RandomAccessFile.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReadRandomAccess extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (RandomAccessFile in = new RandomAccessFile(lab.file("secret"), "r")) {
                return in.readLine();
            }
        }
    }

    @Attack(says = "Maps a file into memory through a FileChannel.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReadMapped extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (FileChannel in = FileChannel.open(lab.path("secret"))) {
                return StandardCharsets.UTF_8
                        .decode(in.map(FileChannel.MapMode.READ_ONLY, 0, in.size()))
                        .toString();
            }
        }
    }

    @Attack(says = "Reads a file through Files.newByteChannel.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReadByteChannel extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (var in = Files.newByteChannel(lab.path("secret"))) {
                ByteBuffer buffer = ByteBuffer.allocate(200);
                in.read(buffer);
                return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
            }
        }
    }

    @Attack(
            says = "Reads a file through an AsynchronousFileChannel.",
            target = "file-access:read",
            with = "threads",
            by = Proof.LEAK)
    public static final class ReadAsynchronously extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (AsynchronousFileChannel in = AsynchronousFileChannel.open(lab.path("secret"))) {
                ByteBuffer buffer = ByteBuffer.allocate(200);
                in.read(buffer, 0).get();
                return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
            }
        }
    }

    @Attack(says = "Reads a file with a Scanner.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReadScanner extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (Scanner in = new Scanner(lab.file("secret"))) {
                return in.next();
            }
        }
    }

    @Attack(says = "Reads a file with a FileReader.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReadReader extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            char[] text = new char[200];
            try (FileReader in = new FileReader(lab.text("secret"))) {
                return new String(text, 0, in.read(text));
            }
        }
    }

    @Attack(says = "Reads a file by a URL of the scheme file.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReadUrl extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (var in = new URL("file:" + lab.text("secret")).openStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(
            says = "Reads a file by a URL that a File made, with getContent.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class ReadUrlContent extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (var in =
                    (java.io.InputStream) lab.file("secret").toURI().toURL().getContent()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(says = "Reads a file in a zip by a URL of the scheme jar.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReadJarUrl extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var connection = new URL("jar:file:" + lab.text("zip") + "!/secret.txt").openConnection();
            connection.setUseCaches(false);
            try (var in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(says = "Reads a zip with ZipFile.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReadZip extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (ZipFile in = new ZipFile(lab.text("zip"))) {
                return new String(in.getInputStream(in.getEntry("secret.txt")).readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(says = "Mounts a zip as a file system and reads in it.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReadZipFileSystem extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (var zip = FileSystems.newFileSystem(lab.path("zip"))) {
                return Files.readString(zip.getPath("secret.txt"));
            }
        }
    }

    @Attack(says = "Reads a file through the file system's own provider.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReadByProvider extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Path secret = lab.path("secret");
            try (var in = secret.getFileSystem().provider().newInputStream(secret)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(says = "Copies a file into memory with Files.copy.", target = "file-access:read", by = Proof.LEAK)
    public static final class CopyOut extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Files.copy(lab.path("secret"), out);
            return out.toString(StandardCharsets.UTF_8);
        }
    }

    @Attack(says = "Lists a folder with File.list.", target = "file-access:read", by = Proof.LEAK)
    public static final class ListFolder extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return String.join(" ", lab.file("folder").list());
        }
    }

    @Attack(says = "Lists a folder with Files.walk.", target = "file-access:read", by = Proof.LEAK)
    public static final class WalkFolder extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (var all = Files.walk(lab.path("folder"))) {
                return all.map(Path::toString).collect(Collectors.joining(" "));
            }
        }
    }

    @Attack(says = "Lists a folder with a directory stream.", target = "file-access:read", by = Proof.LEAK)
    public static final class StreamFolder extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            StringBuilder names = new StringBuilder();
            try (var all = Files.newDirectoryStream(lab.path("folder"))) {
                all.forEach(path -> names.append(path).append(' '));
            }
            return names.toString();
        }
    }

    @Attack(says = "Reads where a symbolic link leads.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReadLink extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Files.readSymbolicLink(lab.path("link")).toString();
        }
    }

    @Attack(says = "Finds out a path by resolving a symbolic link.", target = "file-access:read", by = Proof.LEAK)
    public static final class Canonical extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return lab.file("link").getCanonicalPath();
        }
    }

    @Attack(says = "Writes a file with FileOutputStream.", target = "file-access:write", by = Proof.FILE)
    public static final class WriteStream extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (FileOutputStream out = new FileOutputStream(lab.text("victim"))) {
                out.write(1);
            }
            return null;
        }
    }

    @Attack(says = "Writes a file with Files.writeString.", target = "file-access:write", by = Proof.FILE)
    public static final class WriteString extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Files.writeString(Path.of(lab.fresh("made")), "made");
        }
    }

    @Attack(says = "Writes a file with RandomAccessFile.", target = "file-access:write", by = Proof.FILE)
    public static final class WriteRandomAccess extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (RandomAccessFile out = new RandomAccessFile(lab.text("victim"), "rw")) {
                out.writeInt(1);
            }
            return null;
        }
    }

    @Attack(says = "Writes a file through a FileChannel.", target = "file-access:write", by = Proof.FILE)
    public static final class WriteChannel extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (FileChannel out = FileChannel.open(lab.path("victim"), StandardOpenOption.WRITE)) {
                return out.write(ByteBuffer.allocate(3));
            }
        }
    }

    @Attack(says = "Makes a file with PrintStream.", target = "file-access:write", by = Proof.FILE)
    public static final class WritePrintStream extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (PrintStream out = new PrintStream(lab.fresh("made"))) {
                out.print("made");
            }
            return null;
        }
    }

    @Attack(says = "Makes a file with PrintWriter.", target = "file-access:write", by = Proof.FILE)
    public static final class WritePrintWriter extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (PrintWriter out = new PrintWriter(new File(lab.fresh("made")))) {
                out.print("made");
            }
            return null;
        }
    }

    @Attack(says = "Makes a file with Formatter.", target = "file-access:write", by = Proof.FILE)
    public static final class WriteFormatter extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (Formatter out = new Formatter(lab.fresh("made"))) {
                out.format("made");
            }
            return null;
        }
    }

    @Attack(says = "Makes a file with FileWriter.", target = "file-access:write", by = Proof.FILE)
    public static final class WriteWriter extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (FileWriter out = new FileWriter(lab.fresh("made"))) {
                out.write("made");
            }
            return null;
        }
    }

    @Attack(says = "Deletes a file with File.delete.", target = "file-access:write", by = Proof.FILE)
    public static final class Delete extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return lab.file("victim").delete();
        }
    }

    @Attack(says = "Deletes a file with Files.delete.", target = "file-access:write", by = Proof.FILE)
    public static final class DeletePath extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Files.delete(lab.path("victim"));
            return null;
        }
    }

    @Attack(says = "Has a file deleted when the JVM ends.", target = "file-access:write", by = Proof.AFTER_EXIT)
    public static final class DeleteOnExit extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            lab.file("victim").deleteOnExit();
            return null;
        }
    }

    @Attack(says = "Has a file deleted when its channel is closed.", target = "file-access:write", by = Proof.FILE)
    public static final class DeleteOnClose extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Files.newByteChannel(lab.path("victim"), StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE)
                    .close();
            return null;
        }
    }

    @Attack(says = "Moves a file with File.renameTo.", target = "file-access:write", by = Proof.FILE)
    public static final class Rename extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return lab.file("victim").renameTo(new File(lab.fresh("moved")));
        }
    }

    @Attack(says = "Moves a file with Files.move.", target = "file-access:write", by = Proof.FILE)
    public static final class Move extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Files.move(lab.path("victim"), Path.of(lab.fresh("moved")));
        }
    }

    @Attack(says = "Copies a file to another place.", target = "file-access:write", by = Proof.FILE)
    public static final class Copy extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Files.copy(lab.path("secret"), Path.of(lab.fresh("copied")));
        }
    }

    @Attack(says = "Makes a symbolic link.", target = "file-access:write", by = Proof.FILE)
    public static final class SymbolicLink extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Files.createSymbolicLink(Path.of(lab.fresh("linked")), lab.path("secret"));
        }
    }

    @Attack(says = "Makes a hard link.", target = "file-access:write", by = Proof.FILE)
    public static final class HardLink extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Files.createLink(Path.of(lab.fresh("linked")), lab.path("secret"));
        }
    }

    @Attack(says = "Makes folders with File.mkdirs.", target = "file-access:write", by = Proof.FILE)
    public static final class MakeFolders extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return new File(lab.fresh("one/two")).mkdirs();
        }
    }

    @Attack(says = "Makes a temporary file in a folder of its choice.", target = "file-access:write", by = Proof.FILE)
    public static final class TemporaryFile extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return File.createTempFile("made", null, lab.file("folder")).length();
        }
    }

    @Attack(says = "Changes when a file was changed.", target = "file-access:write", by = Proof.FILE)
    public static final class SetTime extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return lab.file("victim").setLastModified(86_400_000);
        }
    }

    @Attack(says = "Changes a file's time through its attribute view.", target = "file-access:write", by = Proof.FILE)
    public static final class SetTimeByView extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Files.getFileAttributeView(lab.path("victim"), BasicFileAttributeView.class)
                    .setTimes(FileTime.fromMillis(86_400_000), null, null);
            return null;
        }
    }

    @Attack(says = "Makes a file readable for everybody.", target = "file-access:write", by = Proof.FILE)
    public static final class SetRights extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Files.setPosixFilePermissions(lab.path("victim"), PosixFilePermissions.fromString("rwxrwxrwx"));
        }
    }

    @Attack(
            says = "Finds a file's name by trying names with File.exists.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class Probe extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Arrays.stream(lab.text("guesses").split(" "))
                    .filter(guess -> new File(lab.fresh(guess)).exists())
                    .collect(Collectors.joining(" "));
        }
    }

    /** A file stream whose constructor is called as a superclass's. */
    private static final class OwnStream extends FileInputStream {
        OwnStream(String path) throws java.io.IOException {
            super(path);
        }
    }

    @Attack(
            says = "Reads a file with a subclass of FileInputStream, whose constructor calls that of the JDK.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class ReadSubclass extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (OwnStream in = new OwnStream(lab.text("secret"))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    /** A file whose own class deletes it by a call to super. */
    private static final class OwnFile extends File {
        OwnFile(String path) {
            super(path);
        }

        boolean away() {
            return super.delete();
        }
    }

    @Attack(
            says = "Deletes a file by super.delete() in a subclass of File.",
            target = "file-access:write",
            by = Proof.FILE)
    public static final class DeleteSubclass extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return new OwnFile(lab.text("victim")).away();
        }
    }

    @Attack(says = "Reads a jar as a module that is never loaded.", target = "file-access:read", by = Proof.LEAK)
    public static final class ReadModule extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (var in = java.lang.module.ModuleFinder.of(lab.path("jar"))
                    .find("secret")
                    .orElseThrow()
                    .open()
                    .open("secret.txt")
                    .orElseThrow()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    @Attack(
            says = "Lists a folder with the view that file choosers have.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class ListByChooser extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Arrays.toString(
                    javax.swing.filechooser.FileSystemView.getFileSystemView().getFiles(lab.file("folder"), false));
        }
    }

    @Attack(
            says = "Makes a folder with the view that file choosers have.",
            target = "file-access:write",
            by = Proof.FILE)
    public static final class MakeByChooser extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return javax.swing.filechooser.FileSystemView.getFileSystemView()
                    .createNewFolder(lab.file("folder"))
                    .getName();
        }
    }

    @Attack(says = "Writes a file as music.", target = "file-access:write", by = Proof.FILE)
    public static final class WriteMidi extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var music = new javax.sound.midi.Sequence(javax.sound.midi.Sequence.PPQ, 1);
            music.createTrack();
            return javax.sound.midi.MidiSystem.write(music, 1, new File(lab.fresh("made.mid")));
        }
    }

    @Attack(says = "Makes a file as the cache of an image.", target = "file-access:write", by = Proof.FILE)
    public static final class ImageCache extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return new javax.imageio.stream.FileCacheImageOutputStream(new ByteArrayOutputStream(), lab.file("folder"))
                    .toString();
        }
    }

    @Attack(says = "Writes a file as an image.", target = "file-access:write", by = Proof.FILE)
    public static final class WriteImage extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var image = new java.awt.image.BufferedImage(1, 1, java.awt.image.BufferedImage.TYPE_INT_RGB);
            return javax.imageio.ImageIO.write(image, "png", new File(lab.fresh("made.png")));
        }
    }

    @Attack(says = "Writes the colour profile of a screen into a file.", target = "file-access:write", by = Proof.FILE)
    public static final class WriteProfile extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            ICC_Profile.getInstance(ColorSpace.CS_sRGB).write(lab.fresh("made"));
            return null;
        }
    }
}
