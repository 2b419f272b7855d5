package io.dataprism.attacks.host;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The folder of one attack: files with words in it, and what the attack is told of where things are. */
final class Scene {
    private final Path folder;
    private final Map<String, Object> told = new HashMap<>();

    /** Fill a new folder. */
    Scene(Path folder, Setup setup, Canaries canaries, Path unixSocket, Witness witness) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        String word = setup.word();
        Path secret = Files.writeString(folder.resolve("secret.txt"), word);
        tell("secret", secret);
        tell("victim", Files.writeString(folder.resolve("victim.txt"), "untouched"));
        tell("zip", zip(folder.resolve("secret.zip"), word));
        tell("jar", zip(folder.resolve("secret.jar"), word));
        tell("xml", Files.writeString(folder.resolve("secret.xml"), "<x>" + word + "</x>"));
        tell("sourceLike", Files.writeString(folder.resolve("Secret.java"), "class 0 " + word));
        tell("catalog", Files.writeString(folder.resolve("catalog.xml"), catalog(word)));
        tell("link", Files.createSymbolicLink(folder.resolve("link"), Path.of("listed-" + word)));
        Files.writeString(folder.resolve("listed-" + word), "");
        Path granted = Files.createDirectories(folder.resolve("granted"));
        Files.createSymbolicLink(granted.resolve("out"), secret);
        Files.writeString(granted.resolve("mine"), "mine");
        Files.createSymbolicLink(granted.resolve("down"), Files.createDirectories(folder.resolve("deep/deeper")));
        Files.writeString(folder.resolve("deep/secret.txt"), word);
        Files.writeString(folder.resolve(setup.guess()), "");
        told.put("guesses", String.join(" ", List.of("guess-1", setup.guess(), "guess-3")));
        tell("folder", folder);
        tell("granted", granted);
        tell("library", library(setup, "extnet", folder.resolve("libcanary.so")));
        tell("agentLibrary", library(setup, "instrument", folder.resolve("libagent.so")));
        told.put("libraryName", "canary");
        told.put("port", canaries.port());
        told.put("udp", canaries.datagramPort());
        told.put("frontPort", canaries.frontPort());
        told.put("web", canaries.webAddress());
        told.put("free", Canaries.freePort());
        tell("unix", unixSocket);
        told.put("exit", Host.EXIT_OF_ATTACKS);
        told.put("pid", (int) ProcessHandle.current().pid());
        told.put("otherJvm", (int) setup.suitesPid());
        told.put("witness", witness);
        told.put("vault", Vault.class.getName());
        told.put("opened", Opened.class.getName());
        told.put("bundle", OpenedBundle.class.getName());
        told.put("resource", "io/dataprism/attacks/host/words.txt");
        told.put("texts", "io.dataprism.attacks.host.texts");
        tell("payloadJar", setup.jars().payload());
        told.put("payload", Files.readAllBytes(setup.jars().payloadClass()));
        told.put("smuggled", Files.readAllBytes(setup.jars().smuggledClass()));
    }

    void tell(String name, Object value) {
        told.put(name, value instanceof Path ? value.toString() : value);
    }

    private static Path library(Setup setup, String name, Path copy) throws IOException {
        Path original = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName(name));
        Files.copy(original, copy);
        Path onPath = setup.libraries().resolve(System.mapLibraryName("canary"));
        if (Files.notExists(onPath)) {
            Files.copy(original, onPath);
        }
        return copy;
    }

    private static String catalog(String word) {
        return "<catalog xmlns='urn:oasis:names:tc:entity:xmlns:xml:catalog'><uri name='word' uri='http://" + word
                + "/'/></catalog>";
    }

    private static Path zip(Path file, String word) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("secret.txt"));
            zip.write(word.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return file;
    }

    Path folder() {
        return folder;
    }

    Path victim() {
        return folder.resolve("victim.txt");
    }

    Map<String, Object> told() {
        return told;
    }
}
