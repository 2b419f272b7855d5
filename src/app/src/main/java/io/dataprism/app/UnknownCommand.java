package io.dataprism.app;

import io.dataprism.kernel.text.NearNames;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/**
 * The first word of a command line that is no command. It is looked for before anything else is: else what stands behind a misspelt one might be
 * taken for a command of its own.
 */
final class UnknownCommand {
    private UnknownCommand() {}

    /** What to say of it, where there is one. */
    static Optional<String> in(CommandLine root, String... args) {
        CommandLine command = root;
        for (String word : args) {
            Map<String, CommandLine> known = command.getSubcommands();
            if (known.isEmpty() || word.startsWith("-")) {
                return Optional.empty();
            }
            CommandLine next = known.get(word);
            if (next == null) {
                return Optional.of(message(command, word, known.keySet()));
            }
            command = next;
        }
        return Optional.empty();
    }

    private static String message(CommandLine command, String word, Set<String> known) {
        String path = command.getCommandSpec().qualifiedName();
        String near = NearNames.nearest(word, known)
                .map(name -> " Did you mean '" + name + "'?")
                .orElse("");
        return "Unknown command '" + word + "' of " + path + "." + near + " There are " + String.join(", ", known)
                + "; see " + path + " --help.";
    }
}
