package io.dataprism.kernel.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dataprism.api.MemoryAccount;
import io.dataprism.api.MemoryPressure;
import io.dataprism.api.PluginException;
import io.dataprism.api.PluginId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryAccountsTest {
    private static final long MB = 1024 * 1024;
    private final PluginId id = new PluginId("p");

    @Test
    void hasThePagesNumbersAndMessages() {
        MemoryAccounts accounts = new MemoryAccounts();
        MemoryAccount account = accounts.open(id);
        assertEquals(128 * MB, account.limit());
        assertEquals(1024 * MB, accounts.totalLimit());
        assertEquals(100 * MB, account.allocate(100 * MB));
        PluginException over = assertThrows(PluginException.class, () -> account.allocate(28 * MB + 1));
        assertEquals("DP-0601", over.code());
        assertEquals("Plugin p exceeds memory limit", over.getMessage());
        assertEquals(100 * MB, account.used());
        for (int i = 0; i < 7; i++) {
            accounts.open(new PluginId("q" + i)).allocate(128 * MB);
        }
        PluginException total = assertThrows(
                PluginException.class, () -> accounts.open(new PluginId("last")).allocate(28 * MB + 1));
        assertEquals("DP-0602", total.code());
        assertEquals("Total memory limit exceeded", total.getMessage());
        account.deallocate(MB);
        accounts.open(new PluginId("last")).allocate(29 * MB);
    }

    @Test
    void neverFallsBelowZeroNorTakesNonsense() {
        MemoryAccounts accounts = new MemoryAccounts();
        MemoryAccount account = accounts.open(id);
        account.allocate(10);
        account.deallocate(100);
        assertEquals(0, account.used());
        assertEquals(0, accounts.total());
        assertEquals(
                "DP-0603",
                assertThrows(PluginException.class, () -> account.allocate(-1)).code());
        assertEquals(
                "DP-0603",
                assertThrows(PluginException.class, () -> account.deallocate(-1))
                        .code());
        assertEquals(
                "DP-0601",
                assertThrows(PluginException.class, () -> account.allocate(Long.MAX_VALUE))
                        .code());
    }

    @Test
    void anAccountMayHaveALimitOfItsOwn() {
        MemoryAccounts accounts = new MemoryAccounts();
        MemoryAccount account = accounts.open(id, 10);
        assertEquals(
                "DP-0601",
                assertThrows(PluginException.class, () -> account.allocate(11)).code());
        accounts.open(id, 20);
        account.allocate(11);
    }

    @Test
    void aClosedAccountGivesEverythingBackAndTakesNothingMore() {
        MemoryAccounts accounts = new MemoryAccounts();
        MemoryAccount account = accounts.open(id);
        account.allocate(10);
        assertEquals(10, accounts.close(id));
        assertEquals(0, accounts.close(id));
        assertEquals(0, accounts.total());
        assertEquals(
                "DP-0604",
                assertThrows(PluginException.class, () -> account.allocate(1)).code());
        account.deallocate(5);
        assertEquals(0, accounts.total());
    }

    @Test
    void noLimitIsPassedHoweverManyThreadsCharge() throws Exception {
        MemoryAccounts accounts = new MemoryAccounts(600, 1_000);
        AtomicLong charged = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            MemoryAccount account = accounts.open(new PluginId("p" + i % 2));
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 1_000; n++) {
                    try {
                        charged.addAndGet(account.allocate(1));
                    } catch (PluginException full) {
                        return;
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(1_000, accounts.total());
        assertEquals(1_000, charged.get());
    }

    @Test
    void whoComesNearItsLimitIsAskedOnceUntilItIsWellBelow() {
        MemoryAccounts accounts = new MemoryAccounts(100, 1_000);
        MemoryAccount account = accounts.open(id);
        List<MemoryPressure> asked = new ArrayList<>();
        account.onPressure(asked::add);
        account.allocate(80);
        assertEquals(List.of(), asked);
        account.allocate(1);
        account.allocate(10);
        assertEquals(List.of(new MemoryPressure(81, 100, false)), asked);
        account.deallocate(15);
        account.allocate(10);
        assertEquals(1, asked.size(), "it was not below three quarters");
        account.deallocate(12);
        account.allocate(20);
        assertEquals(2, asked.size());
        List<MemoryPressure> late = new ArrayList<>();
        account.onPressure(late::add);
        assertEquals(List.of(new MemoryPressure(94, 100, false)), late, "one that comes late is asked at once");
        accounts.close(id);
        accounts.open(id).allocate(90);
        assertEquals(1, late.size(), "its account ended, and its handler with it");
    }

    @Test
    void allAreAskedWhenAllTogetherComeNearTheLimit() {
        MemoryAccounts accounts = new MemoryAccounts(100, 200);
        List<String> asked = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            MemoryAccount account = accounts.open(new PluginId(name));
            account.onPressure(pressure -> {
                asked.add(name + " " + pressure.used() + " " + pressure.ofAll());
                account.deallocate(30);
            });
            account.allocate(54);
        }
        asked.sort(null);
        assertEquals(List.of("a 54 true", "b 54 true", "c 54 true"), asked);
        assertEquals(72, accounts.total());
    }
}
