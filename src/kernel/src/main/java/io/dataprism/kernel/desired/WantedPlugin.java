package io.dataprism.kernel.desired;

import io.dataprism.api.PluginId;
import io.dataprism.kernel.options.OptionReader;
import io.dataprism.kernel.permission.PermissionRule;
import io.dataprism.kernel.resource.Allowance;
import io.dataprism.kernel.supervision.SupervisionTerms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One plugin that should be there.
 *
 * @param id its id
 * @param source where its artifact comes from: a path, a URL or {@code maven:group:artifact:version}; empty means one that is
 *     installed already
 * @param shipped whether the source is a path to a jar that comes with the program itself, so that its bytes are believed; JSON can't say so
 * @param sha256 the artifact's hash, where it must be a certain one
 * @param version the versions that are welcome, as an npm-style range; empty means any
 * @param config its configuration
 * @param grants the permissions it is given, and with a {@code !} before them those that it is denied whatever else is given
 * @param supervision what the operator says about its supervision
 * @param limits what it may use, in place of what the node lets each plugin use
 * @param enabled whether it should run, or merely be installed
 */
public record WantedPlugin(
        PluginId id,
        Optional<String> source,
        boolean shipped,
        Optional<String> sha256,
        Optional<String> version,
        JsonObject config,
        List<String> grants,
        SupervisionTerms supervision,
        Allowance limits,
        boolean enabled) {

    public WantedPlugin {
        config = config.copy();
        grants = List.copyOf(grants);
    }

    /** Any installed version of {@code id}, running, without configuration or grants. */
    public static WantedPlugin of(PluginId id) {
        return new WantedPlugin(
                id,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                new JsonObject(),
                List.of(),
                SupervisionTerms.NONE,
                Allowance.NONE,
                true);
    }

    /** What a section says, its keys being the components' names; what is wrong with it is noted, keys that it does not know included. */
    static WantedPlugin read(PluginId id, OptionReader reader) {
        WantedPlugin read = new WantedPlugin(
                id,
                reader.optionalText("source"),
                false,
                reader.optionalText("sha256"),
                reader.optionalText("version"),
                reader.object("config"),
                reader.texts("grants"),
                SupervisionSection.read(reader.section("supervision")),
                Allowance.read(reader.section("limits")),
                reader.flag("enabled", true));
        reader.refuseUnknown();
        return read;
    }

    /** What it is denied before what it is granted, so that there is no moment in which it may too much. */
    List<String> denialsFirst() {
        return Stream.concat(
                        grants.stream().filter(PermissionRule::isDenial),
                        grants.stream().filter(text -> !PermissionRule.isDenial(text)))
                .toList();
    }

    /** The other way round, for taking them back. */
    static List<String> grantsFirst(List<String> rules) {
        return Stream.concat(
                        rules.stream().filter(text -> !PermissionRule.isDenial(text)),
                        rules.stream().filter(PermissionRule::isDenial))
                .toList();
    }

    WantedPlugin withGrants(List<String> other) {
        return new WantedPlugin(id, source, shipped, sha256, version, config, other, supervision, limits, enabled);
    }

    /** The same in a version that nobody can want. */
    WantedPlugin inNoVersion() {
        return new WantedPlugin(
                id, source, shipped, sha256, Optional.of(""), config, grants, supervision, limits, enabled);
    }

    /** The same, from a source that comes with the program. */
    WantedPlugin asShipped() {
        return new WantedPlugin(id, source, true, sha256, version, config, grants, supervision, limits, enabled);
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        source.ifPresent(value -> json.put("source", value));
        sha256.ifPresent(value -> json.put("sha256", value));
        version.ifPresent(value -> json.put("version", value));
        if (!supervision.equals(SupervisionTerms.NONE)) {
            json.put("supervision", SupervisionSection.toJson(supervision));
        }
        return json.put("config", config.copy())
                .put("grants", new JsonArray(List.copyOf(grants)))
                .put("limits", limits.toJson())
                .put("enabled", enabled);
    }
}
