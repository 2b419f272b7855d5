package attack;

import java.util.List;

/** Other programs. */
final class ProcessAttacks {
    private ProcessAttacks() {}

    @Attack(says = "Starts a program with ProcessBuilder.", target = "process-start", by = Proof.FILE)
    public static final class Start extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return new ProcessBuilder("touch", lab.fresh("made")).start().waitFor();
        }
    }

    @Attack(says = "Starts a program with Runtime.exec and a command line.", target = "process-start", by = Proof.FILE)
    public static final class Exec extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Runtime.getRuntime().exec("touch " + lab.fresh("made")).waitFor();
        }
    }

    @Attack(says = "Starts a program with Runtime.exec and its arguments.", target = "process-start", by = Proof.FILE)
    public static final class ExecArray extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return Runtime.getRuntime()
                    .exec(new String[] {"touch", lab.fresh("made")})
                    .waitFor();
        }
    }

    @Attack(says = "Starts programs that feed each other.", target = "process-start", by = Proof.FILE)
    public static final class StartPipeline extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var programs = ProcessBuilder.startPipeline(
                    List.of(new ProcessBuilder("echo", "made"), new ProcessBuilder("tee", lab.fresh("made"))));
            return programs.get(1).waitFor();
        }
    }

    @Attack(says = "Has a program's output written to a file.", target = "process-start", by = Proof.FILE)
    public static final class RedirectTo extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return new ProcessBuilder("echo", "made")
                    .redirectOutput(lab.file("victim"))
                    .start()
                    .waitFor();
        }
    }

    @Attack(says = "Ends a program that it did not start.", target = "process-start", by = Proof.PROCESS)
    public static final class Kill extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return ProcessHandle.of(lab.number("victimPid")).orElseThrow().destroyForcibly();
        }
    }

    @Attack(
            says = "Ends the programs that the host started, found among its children.",
            target = "process-start",
            by = Proof.PROCESS)
    public static final class KillChildren extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
            return null;
        }
    }

    @Attack(says = "Reads the command lines of other programs.", target = "process-start", by = Proof.LEAK)
    public static final class ReadCommandLines extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            StringBuilder lines = new StringBuilder();
            ProcessHandle.allProcesses()
                    .forEach(
                            program -> lines.append(program.info().commandLine().orElse("")));
            return lines.toString();
        }
    }

    @Attack(
            says = "Starts a JVM through JShell, and has it write a file.",
            target = "process-start",
            with = {"class-loading", "threads"},
            by = Proof.FILE)
    public static final class JShell extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try (var shell = jdk.jshell.JShell.create()) {
                shell.eval("java.nio.file.Files.writeString(java.nio.file.Path.of(\"" + lab.fresh("made")
                        + "\"), \"made\")");
            }
            return null;
        }
    }
}
