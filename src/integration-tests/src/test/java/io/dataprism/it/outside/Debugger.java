package io.dataprism.it.outside;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Location;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.ClassPrepareRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The debugger of an IDE, as far as a test needs one: waits for a JVM that connects, and stops it at one line. */
final class Debugger implements AutoCloseable {
    private final ListeningConnector connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(candidate -> candidate.name().equals("com.sun.jdi.SocketListen"))
            .findFirst()
            .orElseThrow();
    private final Map<String, Connector.Argument> arguments = connector.defaultArguments();
    private final String address;

    Debugger() throws IOException, IllegalConnectorArgumentsException {
        arguments.get("localAddress").setValue("127.0.0.1");
        arguments.get("port").setValue("0");
        address = connector.startListening(arguments);
    }

    /** What a JVM is to be started with in order to be debugged. */
    String agent() {
        return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address;
    }

    /**
     * Wait for the JVM, stop it where {@code line} of {@code type} is reached first, and let it run to its end.
     *
     * @return what {@code look} made of the stopped frame; empty where the line was never reached
     */
    <T> Optional<T> stopAt(String type, int line, Function<StackFrame, T> look) throws Exception {
        VirtualMachine machine = connector.accept(arguments);
        ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(type);
        prepared.enable();
        machine.resume();
        Optional<T> seen = Optional.empty();
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                for (Event event : events) {
                    if (event instanceof ClassPrepareEvent known) {
                        breakAt(machine, known.referenceType(), line);
                    } else if (event instanceof BreakpointEvent reached) {
                        seen = Optional.of(look.apply(frame(reached)));
                        machine.eventRequestManager().deleteAllBreakpoints();
                    }
                }
                events.resume();
            }
        } catch (VMDisconnectedException ended) {
            return seen;
        }
    }

    private static StackFrame frame(BreakpointEvent reached) throws IncompatibleThreadStateException {
        return reached.thread().frame(0);
    }

    private static void breakAt(VirtualMachine machine, ReferenceType type, int line)
            throws AbsentInformationException {
        List<Location> places = type.locationsOfLine(line);
        places.forEach(place ->
                machine.eventRequestManager().createBreakpointRequest(place).enable());
    }

    @Override
    public void close() throws IOException, IllegalConnectorArgumentsException {
        connector.stopListening(arguments);
    }
}
