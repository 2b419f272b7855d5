package io.dataprism.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whose token is whose. Only the SHA-256 of a token is kept, and a look-up takes the same time whether and where it matches. Immutable.
 */
public final class TokenStore {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-fA-F]{64}");
    /** Lets nobody in. */
    static final TokenStore NOBODY = new TokenStore(List.of());

    /** The shortest token. */
    static final int SHORTEST = 16;

    private final List<Entry> entries;

    /** The digest in lower-case hexadecimal. */
    private record Entry(String user, String digest) {}

    private TokenStore(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** Tokens, or {@code sha256:<hex>} of tokens, by user name. */
    public static TokenStore of(Map<String, String> tokensByUser) {
        TokenStore store = NOBODY;
        for (Map.Entry<String, String> entry : tokensByUser.entrySet()) {
            store = store.with(entry.getKey(), entry.getValue());
        }
        return store;
    }

    /** Whether {@code text} may stand as a token in a configuration: long enough, or a digest. */
    static boolean isAcceptable(String text) {
        return DIGEST.matcher(text).matches() || text.length() >= SHORTEST;
    }

    /** These and one more. */
    TokenStore with(String user, String token) {
        List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(user, digestOf(token)));
        return new TokenStore(more);
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

    /** The users who have one, by name. */
    SortedSet<String> users() {
        return entries.stream().map(Entry::user).collect(Collectors.toCollection(TreeSet::new));
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
