package io.dataprism.kernel.admission;

import io.dataprism.api.PluginException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Timestamp;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Verifies a jar's signatures as the JDK does, and more strictly: each entry must be signed, by the same signers, and none that was signed may be gone. What is
 * nested in it is signed with it; signatures within nested libraries are of no matter. Blocks; reads the whole of a signed jar, and of another its directory.
 */
public final class JarSignatures {
    private static final Pattern SIGNATURE_FILE = Pattern.compile("META-INF/[^/]+\\.SF");
    private static final Pattern SIGNING =
            Pattern.compile("META-INF/([^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]*|MANIFEST\\.MF)");
    private static final Pattern DIGEST = Pattern.compile("(?m)^([A-Za-z0-9-]+)-Digest(?:-Manifest)?:");
    /** What is told of the entries one by one. */
    private static final int MOST_TOLD = 5;

    private static final long LARGEST = 4L << 30;
    private static final int BUFFER = 1 << 16;
    private static final int LARGEST_SIGNATURE_FILE = 64 << 20;

    private final List<String> unsigned = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Signer> signers = new LinkedHashMap<>();
    private Optional<Set<String>> common = Optional.empty();
    private long read;

    private JarSignatures() {}

    /**
     * The signatures of a jar. A folder under development has none.
     *
     * @throws IOException where the file can't be read
     */
    public static Signatures of(Path artifact) throws IOException {
        if (Files.isDirectory(artifact) || signatureFiles(artifact).isEmpty()) {
            return Signatures.NONE;
        }
        Optional<String> huge = huge(artifact);
        return huge.isPresent() ? new Signatures(List.of(), List.of(huge.get())) : new JarSignatures().all(artifact);
    }

    /** The JDK reads these files whole, whatever size they say that they are. */
    private static Optional<String> huge(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (isSigning(entry.getName()) && isHuge(zip, entry)) {
                    return Optional.of(PluginException.excerpt(entry.getName()) + " is larger than "
                            + (LARGEST_SIGNATURE_FILE >> 20) + " MiB");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isHuge(ZipFile zip, ZipEntry entry) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (InputStream in = zip.getInputStream(entry)) {
            for (int more = in.read(buffer); more >= 0 && size <= LARGEST_SIGNATURE_FILE; more = in.read(buffer)) {
                size += more;
            }
        }
        return size > LARGEST_SIGNATURE_FILE;
    }

    private static boolean isSigning(String name) {
        return SIGNING.matcher(upper(name)).matches();
    }

    private static List<String> signatureFiles(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> SIGNATURE_FILE.matcher(upper(name)).matches())
                    .sorted()
                    .toList();
        }
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ENGLISH);
    }

    private Signatures all(Path artifact) throws IOException {
        try (JarFile jar = new JarFile(artifact.toFile(), true, ZipFile.OPEN_READ)) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                look(jar, entry);
            }
            gone(jar);
        } catch (SecurityException e) {
            broken.add("its signature does not fit its contents ("
                    + PluginException.excerpt(String.valueOf(e.getMessage())) + ")");
        }
        judge(artifact);
        return broken.isEmpty()
                ? new Signatures(
                        signers.values().stream()
                                .filter(signer -> common.orElse(Set.of()).contains(signer.fingerprint()))
                                .toList(),
                        List.of())
                : new Signatures(List.of(), broken);
    }

    private void look(JarFile jar, JarEntry entry) throws IOException {
        String name = entry.getName();
        names.add(name);
        if (isSigning(name) || (entry.isDirectory() && entry.getSize() <= 0)) {
            return;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            drain(in);
        } catch (IOException e) {
            broken.add(PluginException.excerpt(name) + " can't be read (" + e.getMessage() + ")");
            return;
        }
        CodeSigner[] all = entry.getCodeSigners();
        if (all == null || all.length == 0) {
            unsigned.add(PluginException.excerpt(name));
            return;
        }
        Set<String> here = new HashSet<>();
        for (CodeSigner signer : all) {
            Signer known = signer(signer);
            signers.putIfAbsent(known.fingerprint(), known);
            here.add(known.fingerprint());
        }
        common.ifPresent(here::retainAll);
        common = Optional.of(here);
    }

    private void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int more = in.read(buffer); more >= 0; more = in.read(buffer)) {
            read += more;
            if (read > LARGEST) {
                throw new IOException("unpacked, it is larger than " + (LARGEST >> 30) + " GiB");
            }
        }
    }

    /** The JDK does not miss what was signed and is not there. */
    private void gone(JarFile jar) throws IOException {
        Manifest manifest = jar.getManifest();
        if (manifest == null) {
            return;
        }
        List<String> missing = manifest.getEntries().entrySet().stream()
                .filter(entry -> entry.getValue().keySet().stream()
                        .anyMatch(key -> String.valueOf(key).endsWith("-Digest")))
                .map(Map.Entry::getKey)
                .filter(name -> !names.contains(name))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            broken.add("what was signed is not in it any more: " + some(missing));
        }
    }

    private void judge(Path artifact) throws IOException {
        if (!broken.isEmpty()) {
            return;
        }
        if (signers.isEmpty()) {
            broken.add("it has signature files, and none of them is a signature that counts (digests: "
                    + digests(artifact) + "); weak algorithms and damaged signatures do not");
        } else if (!unsigned.isEmpty()) {
            broken.add("it is signed in part only; without a signature: " + some(unsigned));
        } else if (common.orElse(Set.of()).isEmpty()) {
            broken.add("nobody signed all of it: its parts have different signers, "
                    + some(signers.values().stream().map(Signer::subject).toList()));
        }
    }

    private static String some(List<String> all) {
        String told = String.join(", ", all.subList(0, Math.min(all.size(), MOST_TOLD)));
        return all.size() > MOST_TOLD ? told + " and " + (all.size() - MOST_TOLD) + " more" : told;
    }

    private static String digests(Path artifact) throws IOException {
        Set<String> found = new TreeSet<>();
        try (ZipFile zip = new ZipFile(artifact.toFile())) {
            for (String name : signatureFiles(artifact)) {
                try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
                    String text = new String(in.readNBytes(LARGEST_SIGNATURE_FILE), StandardCharsets.UTF_8);
                    for (Matcher digest = DIGEST.matcher(text); digest.find() && found.size() < MOST_TOLD; ) {
                        found.add(digest.group(1));
                    }
                }
            }
        }
        return found.isEmpty() ? "none" : String.join(", ", found);
    }

    private static Signer signer(CodeSigner signer) throws IOException {
        X509Certificate own = certificate(signer.getSignerCertPath().getCertificates());
        Optional<Timestamp> stamp = Optional.ofNullable(signer.getTimestamp());
        String stamper = stamp.isEmpty()
                ? ""
                : fingerprint(certificate(stamp.get().getSignerCertPath().getCertificates()));
        return new Signer(
                fingerprint(own),
                PluginException.excerpt(own.getSubjectX500Principal().getName()),
                own.getNotBefore().toInstant(),
                own.getNotAfter().toInstant(),
                stamp.map(known -> known.getTimestamp().toInstant()),
                stamper);
    }

    private static X509Certificate certificate(List<? extends Certificate> path) throws IOException {
        if (path.isEmpty() || !(path.get(0) instanceof X509Certificate own)) {
            throw new IOException("a signature has no certificate");
        }
        return own;
    }

    /** The SHA-256 of a certificate, in lower-case hex, as {@code keytool} prints it with colons. */
    public static String fingerprint(Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was decoded can't be encoded", e);
        }
    }
}
