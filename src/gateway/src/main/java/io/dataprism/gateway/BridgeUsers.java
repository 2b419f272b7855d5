package io.dataprism.gateway;

import io.dataprism.api.PluginException;
import io.dataprism.kernel.options.OptionReader;
import io.dataprism.kernel.permission.PermissionRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who may connect, and what the configuration grants them.
 *
 * @param tokens whose token is whose
 * @param grants permissions by user, those that are denied included; more may be granted on the running node
 */
public record BridgeUsers(TokenStore tokens, Map<String, Set<PermissionRule>> grants) {
    private static final Pattern USER = Pattern.compile("[a-z0-9]([a-z0-9._@-]{0,62}[a-z0-9])?");

    public BridgeUsers {
        grants = grants.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    /** Users who are granted nothing here. */
    public static BridgeUsers of(Map<String, String> tokensByUser) {
        return new BridgeUsers(TokenStore.of(tokensByUser), Map.of());
    }

    /** The list {@code tokens}, each {@code {user, token, grants}}; a user may have several. */
    static BridgeUsers read(OptionReader reader) {
        TokenStore tokens = TokenStore.NOBODY;
        Map<String, Set<PermissionRule>> grants = new HashMap<>();
        for (OptionReader item : reader.sections("tokens")) {
            String user = user(item);
            tokens = tokens.with(user, token(item));
            grants.merge(user, Set.copyOf(permissions(item)), BridgeUsers::both);
            item.refuseUnknown();
        }
        return new BridgeUsers(tokens, grants);
    }

    private static String user(OptionReader item) {
        String user = item.text("user", "");
        if (!USER.matcher(user).matches()) {
            item.problem(
                    "user",
                    "must be lower-case letters, digits and . _ @ -, at most 64 characters, but is "
                            + PluginException.excerpt(user) + ".");
        }
        return user;
    }

    /** The message never shows what was found: it is a secret. */
    private static String token(OptionReader item) {
        Optional<String> token = item.secret("token").filter(TokenStore::isAcceptable);
        if (token.isEmpty()) {
            item.problem(
                    "token",
                    "must be at least " + TokenStore.SHORTEST
                            + " characters, or sha256: and 64 hexadecimal digits. Make one with: openssl rand -hex 24");
        }
        return token.orElse("");
    }

    private static List<PermissionRule> permissions(OptionReader item) {
        List<PermissionRule> permissions = new ArrayList<>();
        for (String text : item.texts("grants")) {
            try {
                permissions.add(PermissionRule.parse(text));
            } catch (PluginException e) {
                item.problem("grants", String.valueOf(e.getMessage()));
            }
        }
        return permissions;
    }

    private static Set<PermissionRule> both(Set<PermissionRule> some, Set<PermissionRule> others) {
        List<PermissionRule> all = new ArrayList<>(some);
        all.addAll(others);
        return Set.copyOf(all);
    }
}
