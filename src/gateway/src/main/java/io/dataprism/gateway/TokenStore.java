package io.dataprism.gateway;

import io.dataprism.kernel.options.OptionReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose token is whose. Only the SHA-256 of a token is kept, and a look-up takes the same time whether and where it matches. Immutable.
 */
public final class TokenStore {
    private static final Pattern USER = Pattern.compile("[a-z0-9]([a-z0-9._@-]{0,62}[a-z0-9])?");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-fA-F]{64}");
    private static final int SHORTEST = 16;

    private final List<Entry> entries;

    /** The digest in lower-case hexadecimal. */
    private record Entry(String user, String digest) {}

    private TokenStore(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** Tokens, or {@code sha256:<hex>} of tokens, by user name. */
    public static TokenStore of(Map<String, String> tokensByUser) {
        List<Entry> entries = new ArrayList<>();
        tokensByUser.forEach((user, token) -> entries.add(new Entry(user, digestOf(token))));
        return new TokenStore(entries);
    }

    /** The list {@code tokens}, each {@code {user, token}}; a user may have several. */
    static TokenStore read(OptionReader reader) {
        List<Entry> entries = new ArrayList<>();
        for (OptionReader item : reader.sections("tokens")) {
            String user = item.text("user", "");
            String token = item.text("token", "");
            item.refuseUnknown();
            if (!USER.matcher(user).matches()) {
                item.problem(
                        "user",
                        "must be lower-case letters, digits and . _ @ -, at most 64 characters, but is " + user + ".");
            }
            if (!DIGEST.matcher(token).matches() && token.length() < SHORTEST) {
                item.problem(
                        "token",
                        "must be at least " + SHORTEST
                                + " characters, or sha256: and 64 hexadecimal digits. Make one with: openssl rand -hex 24");
            }
            entries.add(new Entry(user, digestOf(token)));
        }
        return new TokenStore(entries);
    }

    /** The user whose token this is. */
    Optional<String> userOf(String token) {
        byte[] digest = ascii(sha256(token));
        Optional<String> user = Optional.empty();
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(ascii(entry.digest), digest)) {
                user = Optional.of(entry.user);
            }
        }
        return user;
    }

    private static String digestOf(String configured) {
        return DIGEST.matcher(configured).matches()
                ? configured.substring("sha256:".length()).toLowerCase(Locale.ROOT)
                : sha256(configured);
    }

    private static byte[] ascii(String hex) {
        return hex.getBytes(StandardCharsets.US_ASCII);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    /** How many tokens, never which. */
    @Override
    public String toString() {
        return "TokenStore[" + entries.size() + " tokens]";
    }
}
