package io.dataprism.app.command;

import io.dataprism.app.ExitCode;
import io.dataprism.app.Screen;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** {@code dataprism version}. */
@Command(name = "version", description = "Print the versions of DataPrism, Java and Vert.x.")
final class VersionCommand extends ScreenCommand {
    @Mixin
    private final JsonOption json = new JsonOption();

    VersionCommand(Screen screen) {
        super(screen);
    }

    @Override
    public Integer call() {
        Versions versions = Versions.current();
        screen.out().println(json.wanted() ? versions.toJson().encode() : versions.toText());
        return ExitCode.OK;
    }

    /** Of DataPrism, Java, Vert.x and the system. */
    static JsonObject versions() {
        return Versions.current().toJson();
    }

    /** The answer to {@code --version}. */
    static final class Text implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Versions.current().toText()};
        }
    }

    private record Versions(String dataprism, String vertx, String java, String vendor, String os) {
        static Versions current() {
            return new Versions(
                    Product.version(),
                    Product.versionOfVertx(),
                    System.getProperty("java.version"),
                    System.getProperty("java.vendor"),
                    System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        }

        String toText() {
            return "DataPrism Kernel " + dataprism + " (Vert.x " + vertx + ", Java " + java + " of " + vendor + ", "
                    + os + ")";
        }

        JsonObject toJson() {
            return new JsonObject()
                    .put("dataprism", dataprism)
                    .put("vertx", vertx)
                    .put("java", java)
                    .put("vendor", vendor)
                    .put("os", os);
        }
    }
}
