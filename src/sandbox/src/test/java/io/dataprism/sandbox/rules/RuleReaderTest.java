package io.dataprism.sandbox.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleReaderTest {
    private static final String HEAD = """
            # for people
            permission file-access  reads and writes files
            permission threads  makes threads
            """;

    private static RuleTable read(String rest) {
        return RuleReader.read("table.txt", HEAD + rest);
    }

    private static String problems(String rest) {
        PluginException thrown = assertThrows(PluginException.class, () -> read(rest));
        assertEquals("DP-0270", thrown.code());
        return String.valueOf(thrown.getMessage());
    }

    @Test
    void readsEachKindOfLine() {
        RuleTable table = read("""
                class java.io.File
                  <init>(String)  means {0}
                  delete  file-access:write:{this}
                  renameTo  file-access:write:{this}; file-access:write:{0}
                  getName  harmless: it is a text
                class java.lang.Thread since 19 before 30
                  <extends>  threads
                  stop before 26  invisible: it breaks locks
                class java.awt.**
                  *  blind threads
                class java.util.ResourceBundle
                  getBundle(String,Locale,ClassLoader)  reaches {this} {2}
                """);
        assertEquals(
                List.of(
                        "java.io.File <init>(String)  means {0}",
                        "java.io.File delete  file-access:write:{this}",
                        "java.io.File renameTo  file-access:write:{this}; file-access:write:{0}",
                        "java.io.File getName  harmless: it is a text",
                        "java.lang.Thread <extends>  threads",
                        "java.lang.Thread stop  invisible: it breaks locks",
                        "java.awt.** *  blind threads",
                        "java.util.ResourceBundle getBundle(String,Locale,ClassLoader)  reaches {this} {2}"),
                table.rules().stream().map(Rule::toString).toList());
        assertEquals(new Releases(19, 26), table.rules().get(5).releases());
        assertEquals(13, table.rules().get(6).line());
        assertEquals("makes threads", table.meaning("threads"));
    }

    @Test
    void tellsEverythingThatIsWrongWithFileAndLine() {
        assertEquals("""
                table.txt:4: 'clas java.io.File' is no line of a rule table: expected 'permission NAME  WORDS', 'open PERMISSION:SCOPE  WHY', \
                'class TYPE', or, behind blanks, 'MEMBER  OUTCOME' with two blanks between.
                table.txt:5: A member stands before any 'class TYPE': expected one above it.
                table.txt:7: Permission 'file-acess' is unknown: expected one of file-access, threads. Correct it, or add a line \
                'permission file-acess  WORDS' above.
                table.txt:9: A rule for 'java.io.File delete' stands in line 8 already: expected one. Remove one of them.
                table.txt:10: 'FILE' is no outcome: expected 'harmless: WHY', 'invisible: WHY', 'means TEMPLATE', or permissions such as \
                'file-access:read:{0}', joined by ';'.""".replace("\n", System.lineSeparator()), problems("""
                        clas java.io.File
                          delete  threads
                        class java.io.File
                          list  file-acess:read
                          delete  threads
                          delete  file-access
                          length  FILE
                        """));
    }

    @Test
    void aPermissionStandsOnceAndAPackagesRuleNamesNoMember() {
        assertTrue(
                problems("permission threads  again\n").startsWith("table.txt:4: Permission 'threads' is there twice"));
        assertTrue(problems("class java.awt.*\n  beep  threads\n")
                .startsWith("table.txt:5: A package's rule names 'beep'"));
    }

    @Test
    void whatIsOpenAndWhatIsNotAlwaysTaken() {
        assertTrue(problems("open file-acess:read:a  why\n")
                .startsWith("table.txt:4: Permission 'file-acess' is unknown"));
        assertTrue(problems("open threads:a  why\nopen threads:a  again\n")
                .startsWith("table.txt:5: 'threads:a' is open twice"));
        assertTrue(problems("class java.io.File\n  list  unless own: threads\n")
                .startsWith("table.txt:5: 'unless own' can't be told"));
        assertTrue(problems("class java.io.File\n  list  unless agent {0}: threads\n")
                .startsWith("table.txt:5: 'unless agent {0}' can't be told"));
        RuleTable table = RuleReader.read("table.txt", """
                permission threads  runs code
                open threads:a  why
                class java.io.File
                  list  unless free {0} {this}: blind threads:{0}
                """);
        assertTrue(table.isOpen("threads", "a"));
        assertFalse(table.isOpen("threads", "b"));
        Rule rule = table.rule(4);
        assertEquals("unless free {0} {this}: blind threads:{0}", rule.outcome().toString());
        assertTrue(rule.looksAt(0) && rule.looksAt(Demand.RECEIVER));
        assertFalse(rule.looksAt(1));
    }

    @Test
    void oneBlankDoesNotEndAMember() {
        assertTrue(problems("class java.io.File\n  delete threads\n")
                .startsWith("table.txt:5: 'delete threads' is no line"));
    }

    @Test
    void aScopeIsFilledWithWhatIsKnown() {
        Demand demand = Demand.parse("network-access:tcp://{0}:{1}");
        assertEquals(Optional.of("tcp://db$1:5432"), demand.fill(i -> Optional.of(i == 0 ? "db$1" : "5432")));
        assertEquals(Optional.empty(), demand.fill(i -> i == 0 ? Optional.of("db") : Optional.empty()));
        assertEquals(
                Optional.of("write:/tmp"),
                Demand.parse("file-access:write:{this}")
                        .fill(i -> i == Demand.RECEIVER ? Optional.of("/tmp") : Optional.empty()));
        assertEquals("write", Demand.parse("file-access:write:{this}").known());
        assertEquals("", demand.known());
        assertEquals("write", Demand.parse("file-access:write").known());
    }
}
