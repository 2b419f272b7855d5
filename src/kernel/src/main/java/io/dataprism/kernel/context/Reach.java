package io.dataprism.kernel.context;

import io.dataprism.api.Caller;
import io.dataprism.api.PermissionDeniedException;
import io.dataprism.api.PluginException;
import io.dataprism.kernel.permission.Permission;
import io.dataprism.kernel.permission.PermissionGate;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which machines a plugin may connect to. The name that it asks for takes a permission; so does the address to which the name leads, where that is no address of
 * the internet's: then a grant must name the address itself. The connection is made to the address that was judged. Safe to use from any thread.
 */
final class Reach {
    private final PluginRuntime runtime;
    private final PermissionGate gate;
    private final Caller caller;
    private final NameLookup names;

    Reach(PluginRuntime runtime, NameLookup names) {
        this.runtime = runtime;
        this.gate = runtime.gate();
        this.caller = Caller.plugin(runtime.id());
        this.names = names;
    }

    /**
     * Where {@code origin} is, of several addresses the first that is allowed.
     *
     * @return fails with a {@link PermissionDeniedException}, or {@code DP-0898} where it is nowhere
     */
    Future<Destination> of(Origin origin) {
        gate.require(caller, origin.permission());
        return names.addresses(origin.bareHost())
                .recover(cause -> Future.failedFuture(unknown(origin, cause)))
                .map(all -> choose(origin, all));
    }

    private PluginException unknown(Origin origin, Throwable cause) {
        if (cause instanceof PluginException known) {
            return known;
        }
        return new PluginException(
                "DP-0898",
                "Plugin '" + runtime.id() + "' can't reach '" + PluginException.excerpt(origin.host())
                        + "': no address is known for it. Check the name, and the node's network.",
                cause);
    }

    private Destination choose(Origin origin, List<InetAddress> all) {
        return all.stream()
                .map(address -> new Destination(origin, address))
                .filter(this::isAllowed)
                .findFirst()
                .orElseThrow(() -> refusal(new Destination(origin, all.get(0))));
    }

    /** Whether a connection there may be made, or stay. */
    boolean isAllowed(Destination place) {
        return gate.may(caller, place.origin().permission()) && isAddressAllowed(place);
    }

    private boolean isAddressAllowed(Destination place) {
        Permission byAddress = place.byAddress();
        if (gate.grants().denialOf(caller, byAddress).isPresent()) {
            return false;
        }
        return SpecialAddress.kind(place.address()).isEmpty()
                || gate.isNamed(caller, byAddress)
                || (place.isLocalhost() && gate.isNamed(caller, place.origin().permission()));
    }

    /** Why {@link #isAllowed} says no. */
    PermissionDeniedException refusal(Destination place) {
        if (!gate.may(caller, place.origin().permission())) {
            return gate.denial(caller, place.origin().permission());
        }
        Permission byAddress = place.byAddress();
        PermissionDeniedException denied = gate.denial(caller, byAddress);
        Optional<String> kind = SpecialAddress.kind(place.address());
        return new PermissionDeniedException(
                byAddress.toString(),
                "'" + place.origin().host() + "' leads to " + place.address().getHostAddress()
                        + kind.map(found -> ", a " + found + ", which a grant has to name itself")
                                .orElse("") + ". "
                        + denied.getMessage());
    }
}
