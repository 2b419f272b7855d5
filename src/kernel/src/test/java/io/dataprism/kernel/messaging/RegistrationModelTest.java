package io.dataprism.kernel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.testing.Orders;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Subscriptions that come and go under many orders of their threads' steps. Tries more orders with {@code -Dmodel.orders=…}. */
class RegistrationModelTest {
    private static final int ORDERS = Integer.getInteger("model.orders", 25);

    @Test
    void whoIsSubscribedThroughoutIsFoundAndNobodyIsLostOrLeftBehind() {
        Orders.run(ORDERS, () -> {
            TopicTrie<String> trie = new TopicTrie<>();
            trie.add("a.b", "always");
            trie.add("a.*", "leaves");
            Thread coming = new Thread(() -> trie.add("a.**", "comes"));
            Thread going = new Thread(() -> {
                trie.remove("a.*", "leaves");
                trie.add("a.*", "follows");
            });
            coming.start();
            going.start();
            List<String> during = trie.find("a.b");
            join(coming);
            join(going);
            assertTrue(during.contains("always"));
            assertTrue(!during.contains("leaves") || !during.contains("follows"), during.toString());
            assertEquals(Set.of("always", "comes", "follows"), new HashSet<>(trie.find("a.b")));
            assertEquals(3, trie.size());
            trie.remove("a.b", "always");
            trie.remove("a.**", "comes");
            trie.remove("a.*", "follows");
            assertTrue(trie.isBare());
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
