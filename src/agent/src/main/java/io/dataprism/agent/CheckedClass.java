package io.dataprism.agent;

import io.dataprism.sandbox.rules.Rule;
import io.dataprism.sandbox.rules.RuleTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** A class of the JDK that checks: the rules of its methods, and its class file. Immutable; who gets the bytes leaves them as they are. */
final class CheckedClass {
    private final Map<String, Rule> rules;
    private final byte[] bytes;

    /** @param rules by the methods' names and descriptors */
    CheckedClass(Map<String, Rule> rules, byte[] bytes) {
        this.rules = Map.copyOf(rules);
        this.bytes = bytes;
    }

    /** By the methods' names and descriptors. */
    Map<String, Rule> rules() {
        return rules;
    }

    byte[] bytes() {
        return bytes;
    }

    /** As it is kept: how many methods ask; each with its rule's line; the class file. */
    byte[] packed() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(packed)) {
            out.writeInt(rules.size());
            for (Map.Entry<String, Rule> rule : rules.entrySet()) {
                out.writeUTF(rule.getKey());
                out.writeInt(rule.getValue().line());
            }
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** What {@link #packed} gave. */
    static CheckedClass unpacked(byte[] packed) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(packed))) {
            int count = in.readInt();
            Map<String, Rule> rules = new HashMap<>();
            for (int i = 0; i < count; i++) {
                String method = in.readUTF();
                rules.put(method, RuleTable.standard().rule(in.readInt()));
            }
            return new CheckedClass(rules, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
