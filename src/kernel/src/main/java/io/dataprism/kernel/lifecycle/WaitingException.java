package io.dataprism.kernel.lifecycle;

import io.dataprism.api.PluginException;
import org.jspecify.annotations.Nullable;

/** A plugin waits for one that it requires, which was stopped, has failed or waits itself. */
public final class WaitingException extends PluginException {
    private static final long serialVersionUID = 1L;

    private final String brief;

    /**
     * @param required what it waits for, and what is with that
     * @param why that is so; null: nothing more is known
     */
    WaitingException(PluginSlot slot, String required, @Nullable String why) {
        super("DP-0821", text(slot, why == null ? required : required + ": " + why));
        this.brief = text(slot, required);
    }

    private static String text(PluginSlot slot, String required) {
        return "Plugin '" + slot.id + "' waits: it requires " + required + (required.endsWith(".") ? "" : ".");
    }

    /** The message without why the other one does not run: for where that is told of the other one. */
    public String brief() {
        return brief;
    }
}
