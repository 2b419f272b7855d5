package io.dataprism.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {
    @ParameterizedTest
    @CsvSource({
        "-agentlib:jdwp=transport=dt_socket|server=y, true",
        "-Xrunjdwp:transport=dt_socket, true",
        "-agentlib:hprof, false",
        "-Xmx64m, false"
    })
    void knowsWhetherADebuggerMayStopTheTest(String argument, boolean debugged) {
        assertEquals(debugged, Patience.isDebugged(List.of("-ea", argument)));
    }
}
