package io.dataprism.attacks.host;

import java.util.ListResourceBundle;

/** A resource bundle of the host, which counts who makes it. */
public final class OpenedBundle extends ListResourceBundle {
    public OpenedBundle() {
        Opened.open();
    }

    @Override
    protected Object[][] getContents() {
        return new Object[0][];
    }
}
