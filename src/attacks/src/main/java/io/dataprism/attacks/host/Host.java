package io.dataprism.attacks.host;

import java.io.IOException;
import java.net.Authenticator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JVM that is attacked. Run with the suite's port; reads what to do from there: {@code list} tells the attacks of a jar, {@code run} tries some of them,
 * one after the other, and tells of each that it starts and what came of it. Ends after an attack that leaves nothing to judge others by.
 */
public final class Host {
    /** The status that attacks end the JVM with. */
    public static final int EXIT_OF_ATTACKS = 77;

    private final Wire wire;

    private Host(Wire wire) {
        this.wire = wire;
    }

    public static void main(String[] arguments) throws Exception {
        Wire wire = new Wire(Integer.parseInt(arguments[0]));
        try {
            new Host(wire).serve();
        } catch (Exception e) {
            wire.write("broken\t" + Refusals.words(e) + " at " + Arrays.toString(e.getStackTrace()));
        }
        // Threads of attacks may still run
        System.exit(0);
    }

    private void serve() throws Exception {
        String[] order = wire.read().split("\t", -1);
        if (order[0].equals("list")) {
            Catalogue.read(Path.of(order[1])).forEach(attack -> wire.write(attack.line()));
            wire.write("done");
            return;
        }
        Setup setup = new Setup(
                Column.valueOf(order[1]),
                Path.of(order[2]),
                new AttackJars(Path.of(order[3])),
                System.getenv("DATAPRISM_ATTACKS_WORD"),
                order[4],
                Long.parseLong(order[5]));
        run(setup, Arrays.asList(order[6].split(" ", -1)));
    }

    private void run(Setup setup, List<String> ids) throws Exception {
        Files.createDirectories(setup.libraries());
        Authenticator.setDefault(new Passwords(setup.word()));
        Map<String, AttackFacts> all = new LinkedHashMap<>();
        Catalogue.read(setup.jars().attacks()).forEach(attack -> all.put(attack.id(), attack));
        for (String id : ids) {
            AttackFacts attack = all.get(id);
            if (attack == null) {
                throw new IOException("there is no attack " + id);
            }
            if (!goesOn(setup, attack)) {
                break;
            }
        }
        wire.write("done");
    }

    /** Try one; false where this JVM is no place for another. */
    private boolean goesOn(Setup setup, AttackFacts attack) throws Exception {
        Trial trial = new Trial(setup, attack, () -> wire.write("said\t" + attack.id()));
        wire.write("start\t" + attack.id() + "\t" + trial.victim());
        Outcome outcome = trial.run();
        wire.write("end\t" + attack.id() + "\t" + outcome.verdict() + "\t" + outcome.detail());
        boolean spoiled = attack.spoils() && outcome.succeeded();
        return !spoiled && outcome.verdict() != Verdict.HUNG && !attack.needsTheEnd();
    }
}
