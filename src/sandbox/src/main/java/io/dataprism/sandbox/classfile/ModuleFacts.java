package io.dataprism.sandbox.classfile;

import java.util.List;

/**
 * What a {@code module-info.class} says.
 *
 * @param opened packages that it exports or opens, with slashes
 * @param provided services that it provides, with slashes
 */
public record ModuleFacts(String name, List<String> opened, List<String> provided) {
    public ModuleFacts {
        opened = List.copyOf(opened);
        provided = List.copyOf(provided);
    }
}
