package io.dataprism.kernel;

import io.dataprism.api.Caller;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * The control operations, as the command line, the admin API and the address {@code kernel:<noun>:<verb>} offer them. This is the
 * one way in for whoever is not the embedding host, and it refuses everybody but {@link Caller#OPERATOR} and {@link Caller#HOST}.
 *
 * <table>
 * <caption>Operations; every answer is a JSON object</caption>
 * <tr><th>noun:verb</th><th>body</th><th>answer</th></tr>
 * <tr><td>node:info</td><td></td><td>node, state of the node, promises; {@code threadsLost}: to code of plugins that does not end; {@code failingChecks}: the parts of its periodic check that fail now, each with {@code name} and {@code cause}; {@code walls}: what stands around plugins in processes of their own, once one was started</td></tr>
 * <tr><td>plugins:list</td><td></td><td>{@code plugins}: an array of {@link io.dataprism.kernel.lifecycle.PluginInfo#toJson}; {@code foreigners}: what host code consumes at their addresses; {@code failingChecks}: as in node:info</td></tr>
 * <tr><td>plugins:info</td><td>{@code id}</td><td>one plugin</td></tr>
 * <tr><td>plugins:doctor</td><td>{@code id}</td><td>all that is known of one plugin, and {@code next}: what to do about it</td></tr>
 * <tr><td>plugins:install</td><td>{@code source}, {@code sha256?}</td><td>the plugin</td></tr>
 * <tr><td>plugins:review</td><td>{@code source}, {@code sha256?}</td><td>what whoever installs it should see of it; nothing is kept</td></tr>
 * <tr><td>plugins:load, start</td><td>{@code id}, {@code config?}, {@code version?}</td><td>the plugin</td></tr>
 * <tr><td>plugins:stop</td><td>{@code id}</td><td>the plugin</td></tr>
 * <tr><td>plugins:suspend, resume</td><td>{@code id}</td><td>the plugin</td></tr>
 * <tr><td>plugins:release</td><td>{@code id}</td><td>the plugin, which is quarantined no more</td></tr>
 * <tr><td>plugins:reload</td><td>{@code id}, {@code source?}, {@code sha256?}</td><td>the plugin</td></tr>
 * <tr><td>plugins:unload, remove</td><td>{@code id}; of remove {@code storage?}: what it stores goes as well</td><td>{@code id}</td></tr>
 * <tr><td>plugins:configure</td><td>{@code id}, {@code config}</td><td>the plugin</td></tr>
 * <tr><td>plugins:why</td><td>{@code id}</td><td>{@code text}: who asked for it, or why it can't run</td></tr>
 * <tr><td>plugins:call</td><td>{@code id}, {@code capability}, {@code body?}: any value, {@code withinMillis?}: 30 s</td><td>{@code answer}: what the capability
 * answered, where that is no stream</td></tr>
 * <tr><td>plugins:lag</td><td>{@code id?}: a plugin's, or {@code host}, {@code operator}, {@code user:<name>}</td><td>{@code plugins} and {@code endpoints},
 * those outside plugins: arrays of {@link io.dataprism.kernel.messaging.Lag#toJson}; {@code lost}: what each
 * had taken and not handled when it ended last</td></tr>
 * <tr><td>plugins:limit</td><td>{@code id}, {@code cpu?}, {@code memory?}</td><td>{@code id}, {@code limits}, {@code use}</td></tr>
 * <tr><td>plugins:profile</td><td>{@code id}, {@code seconds?}: 5, at most 60</td><td>what its code did meanwhile: {@code flat}, {@code collapsed}</td></tr>
 * <tr><td>resources:list</td><td>{@code id?}</td><td>what the node uses; {@code plugins}: an array of {@link io.dataprism.kernel.resource.PluginUse#toJson},
 * each with its {@code state}</td></tr>
 * <tr><td>resources:measure</td><td>{@code id?}</td><td>the same, once it was counted what plugins retain</td></tr>
 * <tr><td>resources:history</td><td>{@code id}</td><td>{@code points} of the last hour</td></tr>
 * <tr><td>grants:list</td><td>{@code id?}: a plugin's, or {@code user:<name>}</td><td>{@code grants}, denials with a {@code !}</td></tr>
 * <tr><td>grants:add, revoke</td><td>{@code id}, {@code permission} or a denial, {@code reason?}, {@code holds?}: a term as {@code 8h}</td><td>{@code grants};
 * {@code notes}: why a grant does nothing, where it does nothing, and what amounts to full trust</td></tr>
 * <tr><td>grants:requests</td><td>{@code id?}</td><td>{@code requests}: what plugins ask for and were not granted as a whole, and what grants it</td></tr>
 * <tr><td>grants:explain</td><td>{@code id}, {@code permission}</td><td>{@code allowed}, {@code text}: why; {@code rule?}: what decides; {@code request?}: of the
 * manifest</td></tr>
 * <tr><td>audit:list</td><td>{@code plugin?, who?, decision?, since?, until?, text?, after?, limit?}</td><td>{@code lines} of the audit log; {@code trouble?}: why
 * it can't be written now</td></tr>
 * <tr><td>audit:verify</td><td>{@code heads?}: a file</td><td>{@code sound}, {@code findings}, {@code notes}, and which lines there are</td></tr>
 * <tr><td>audit:head</td><td></td><td>{@code sequence}, {@code hash}, {@code at} of the newest line</td></tr>
 * <tr><td>storage:list</td><td></td><td>{@code plugins}: an array of {@code id}, {@code bytes}, {@code keys}, {@code left}: whether it was left by
 * one that was removed; or {@code problem} where it can't be read</td></tr>
 * <tr><td>storage:export</td><td>{@code id}, {@code file}</td><td>{@code id}, {@code file}, {@code bytes}, {@code keys}</td></tr>
 * <tr><td>storage:delete, keep</td><td>{@code id}</td><td>{@code id}</td></tr>
 * <tr><td>store:backup</td><td>{@code file}</td><td>{@code file}, written</td></tr>
 * <tr><td>tasks:list, cancel</td><td>{@code id?}, {@code task}</td><td>{@code tasks}</td></tr>
 * <tr><td>metrics:list</td><td>{@code id?}</td><td>{@code metrics}</td></tr>
 * <tr><td>channels:list</td><td></td><td>{@code channels} that were made on this node: an array of {@link io.dataprism.kernel.messaging.OpenChannel#toJson}</td></tr>
 * <tr><td>channels:create</td><td>{@code name}, {@code participants?}: an array</td><td>the channel, which is the operator's</td></tr>
 * <tr><td>channels:admit, expel</td><td>{@code name}, {@code participant}</td><td>the channel</td></tr>
 * <tr><td>channels:close</td><td>{@code name}</td><td>{@code name}</td></tr>
 * <tr><td>messages:watch</td><td>{@code pattern?, kinds?, from?, to?, failures?, oneOf?, body?}</td><td>{@code watch}: its id</td></tr>
 * <tr><td>messages:next</td><td>{@code watch}, {@code waitMillis?}</td><td>{@code lines}, {@code dropped}</td></tr>
 * <tr><td>messages:unwatch</td><td>{@code watch}</td><td></td></tr>
 * <tr><td>dead:list</td><td></td><td>{@code letters}, {@code counts}</td></tr>
 * <tr><td>dead:show</td><td>{@code number}</td><td>one dead letter, with its body</td></tr>
 * <tr><td>dead:replay</td><td>{@code number}</td><td>{@code became}</td></tr>
 * <tr><td>dead:drop</td><td>{@code number?}</td><td>{@code dropped}: how many; all where no number is said</td></tr>
 * <tr><td>desired:plan, apply</td><td>{@code plugins}: as in conf</td><td>{@code steps}</td></tr>
 * </table>
 */
public interface KernelControl {

    /**
     * Carry out one operation.
     *
     * @param caller on whose behalf
     * @param noun what it is about, for example {@code plugins}
     * @param verb what to do, for example {@code list}
     * @param body what the operation needs; see the table
     * @return the answer; fails with {@code DP-0501} for a caller who may not and {@code DP-0803} for an operation that there is not
     */
    Future<JsonObject> invoke(Caller caller, String noun, String verb, JsonObject body);
}
