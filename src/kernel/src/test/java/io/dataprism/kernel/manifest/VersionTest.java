package io.dataprism.kernel.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.semver4j.Semver;

/** What is taken for a version is what the library takes that knows ranges; the order is the specification's. */
class VersionTest {
    private static final List<String> WORDS =
            List.of("0", "1", "2", "9", "10", "01", "123456789", "a", "b", "rc", "alpha", "-", "1a", "a1", "A", "");

    private static String random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            text.append(i == 0 ? "" : ".").append(WORDS.get(random.nextInt(random.nextInt(4) == 0 ? 7 : 5)));
        }
        for (String sign : List.of("-", "+")) {
            for (int n = random.nextInt(4), i = 0; i < n; i++) {
                text.append(i == 0 ? sign : ".").append(WORDS.get(random.nextInt(WORDS.size())));
            }
        }
        return text.toString();
    }

    @Test
    void whatIsAVersionIsWhatTheLibraryTakes() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            String text = random(random);
            boolean expected = text.length() <= 64 && Semver.isValid(text);
            assertEquals(expected, Version.parse(text).isPresent(), text);
        }
    }

    @Test
    void theOrderIsThatOfTheSpecification() {
        requireOrdered(List.of(
                "0.9.9",
                "1.0.0-9",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.0.1",
                "1.0.10",
                "1.2.0",
                "1.10.0-1",
                "1.10.0",
                "2.0.0"));
    }

    private static void requireOrdered(List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            for (int j = 0; j < texts.size(); j++) {
                int order = Version.of(texts.get(i)).compareTo(Version.of(texts.get(j)));
                assertEquals(Integer.compare(i, j), Integer.signum(order), texts.get(i) + " and " + texts.get(j));
            }
        }
    }

    @Test
    void equalIsWhatDiffersInItsBuildAlone() {
        Version one = Version.of("1.0.0-rc.1+build.5");
        assertEquals(one, Version.of("1.0.0-rc.1"));
        assertEquals(one.hashCode(), Version.of("1.0.0-rc.1+other").hashCode());
        assertNotEquals(one, Version.of("1.0.0-rc.2"));
        assertEquals("1.0.0-rc.1+build.5", one.toString());
    }

    @Test
    void aNumberOfAPreReleaseMayBeLong() {
        requireOrdered(List.of(
                "1.0.0-9",
                "1.0.0-10",
                "1.0.0-99999999999",
                "1.0.0-100000000000",
                "1.0.0--",
                "1.0.0-1a",
                "1.0.0-a",
                "1.0.0"));
    }

    @Test
    void noTextThatIsNoneIsTaken() {
        for (String text : List.of(
                "",
                "1",
                "1.0",
                "v1.0.0",
                " 1.0.0",
                "1.0.0\n",
                "1.0.0-",
                "1.0.0+",
                "01.0.0",
                "1234567890.0.0",
                "1.0.0-é")) {
            assertFalse(Version.parse(text).isPresent(), text);
        }
    }
}
