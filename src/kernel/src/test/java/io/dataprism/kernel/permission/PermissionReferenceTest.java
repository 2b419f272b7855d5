package io.dataprism.kernel.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/permissions.md} describes each permission in the code's own words, and no other. */
class PermissionReferenceTest {
    private static final Path REFERENCE = Path.of("..", "..", "docs", "permissions.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (.*?) \\| (.*?) \\| .*? \\| `(.*?)` \\| (.*?) \\|$");

    @Test
    void eachIsDescribedAsInTheCode() throws IOException {
        List<String> expected = Arrays.stream(PermissionName.values())
                .map(name -> String.join(
                        " | ",
                        name.label(),
                        name.lets(),
                        name.danger().label(),
                        name.held().label()))
                .toList();
        List<String> written = new ArrayList<>();
        Matcher rows = ROW.matcher(Files.readString(REFERENCE));
        while (rows.find()) {
            written.add(String.join(" | ", rows.group(1), rows.group(2), rows.group(3), rows.group(5)));
            Permission example = Permission.parse(rows.group(4));
            assertEquals(rows.group(1), example.name().label());
            assertEquals(rows.group(4), example.toString());
            assertEquals(
                    example.name().form() == PermissionName.Scope.NONE,
                    example.scope().isEmpty(),
                    "an example with a scope where it takes one: " + example);
        }
        assertEquals(expected, written);
    }

    @Test
    void thoseThatAmountToFullTrustAreKnown() {
        Set<String> trusted = Arrays.stream(PermissionName.values())
                .filter(PermissionName::isFullTrust)
                .map(PermissionName::label)
                .collect(Collectors.toSet());
        assertEquals(Set.of("native-access", "vertx-access", "process-start"), trusted);
        for (String name : trusted) {
            assertTrue(new RequestedGrants("p", List.of(), List.of(PermissionRule.parse(name)))
                    .trust()
                    .get(0)
                    .startsWith("Plugin 'p' is trusted wholly: " + name + " lets it "));
        }
        assertTrue(new RequestedGrants("p", List.of(), List.of(PermissionRule.parse("!vertx-access")))
                .trust()
                .isEmpty());
    }
}
