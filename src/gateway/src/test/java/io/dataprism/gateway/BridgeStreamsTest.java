package io.dataprism.gateway;

import static io.dataprism.gateway.BridgeClient.frame;
import static io.dataprism.gateway.BridgedKernel.ADA;
import static io.dataprism.gateway.BridgedKernel.EVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.StreamReply;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client reads a stream, item by item, as far as it said that it will. */
final class BridgeStreamsTest {
    private static final String HERE = "stream:numbers";

    private final BridgedKernel kernel = new BridgedKernel();
    private final BridgeClient ada = kernel.client(ADA);

    @AfterEach
    void close() {
        kernel.close();
    }

    private static JsonObject asking(int end, Object credit) {
        return frame("send", "plugin:echo:count")
                .put("body", end)
                .put("headers", new JsonObject().put("stream", HERE).put("credit", credit))
                .put("replyAddress", "opened");
    }

    private void isItem(int number) throws Exception {
        JsonObject item = ada.next();
        assertEquals(HERE, item.getString("address"), item::encode);
        assertEquals("rec", item.getString("type"), item::encode);
        assertEquals(number, item.getInteger("body"));
        assertEquals(number, item.getJsonObject("headers").getInteger("number"));
    }

    private JsonObject fails(BridgeClient client, String address, int code) throws Exception {
        JsonObject error = client.next();
        assertEquals("err", error.getString("type"), error::encode);
        assertEquals(address, error.getString("address"), error::encode);
        assertEquals(code, error.getInteger("failureCode"), error::encode);
        return error;
    }

    private void sourceIsClosed() throws Exception {
        assertTrue(kernel.uncounted.await(20, TimeUnit.SECONDS), "the source was not closed");
    }

    @Test
    void itemsComeAsFarAsThereIsCreditAndThenTheEnd() throws Exception {
        ada.send(frame("register", HERE)).send(asking(5, 2));
        JsonObject head = ada.next();
        assertEquals("opened", head.getString("address"), head::encode);
        assertEquals("numbers", head.getString("body"));
        isItem(0);
        isItem(1);
        ada.settle();
        assertEquals(0, ada.waiting(), "no more than there is credit for");
        ada.send(frame("send", HERE).put("body", 10));
        isItem(2);
        isItem(3);
        isItem(4);
        JsonObject end = ada.next();
        assertEquals(HERE, end.getString("address"));
        assertTrue(end.getJsonObject("headers").getBoolean("end"));
        assertNull(end.getValue("body"));
        sourceIsClosed();
    }

    /** What is ahead of the client's credit is bounded, too. */
    @Test
    void theSourceIsAskedForNoMoreThanTheBridgeHolds() throws Exception {
        ada.send(frame("register", HERE)).send(asking(Integer.MAX_VALUE, 1));
        ada.next();
        isItem(0);
        ada.settle();
        assertTrue(kernel.counted.get() <= 1 + 16 + 16, () -> kernel.counted + " asked for");
    }

    @Test
    void anAddressMayBeUsedAgainAfterTheEnd() throws Exception {
        ada.send(frame("register", HERE)).send(asking(0, 1));
        ada.next();
        assertTrue(ada.next().getJsonObject("headers").getBoolean("end"));
        ada.send(asking(0, 1));
        assertEquals("opened", ada.next().getString("address"));
        assertTrue(ada.next().getJsonObject("headers").getBoolean("end"));
    }

    @Test
    void unregisteringEndsTheStream() throws Exception {
        ada.send(frame("register", HERE)).send(asking(Integer.MAX_VALUE, 1));
        ada.next();
        isItem(0);
        ada.send(frame("unregister", HERE));
        sourceIsClosed();
    }

    private static JsonObject askingLate(String callback) {
        return frame("send", "plugin:echo:late")
                .put("headers", new JsonObject().put("stream", HERE).put("credit", 5))
                .put("replyAddress", callback);
    }

    private Promise<Object> owed() throws Exception {
        Promise<Object> answer = kernel.late.poll(20, TimeUnit.SECONDS);
        assertNotNull(answer, "the call came");
        return answer;
    }

    /** The first was asked for before the address was given up and taken again. */
    @Test
    void aStreamThatComesLateIsNotTakenForTheNextOneAtItsAddress() throws Exception {
        ada.send(frame("register", HERE)).send(askingLate("first"));
        Promise<Object> first = owed();
        ada.send(frame("unregister", HERE)).send(frame("register", HERE)).send(askingLate("second"));
        Promise<Object> second = owed();
        first.complete(StreamReply.ofAll(List.of("of the first")));
        assertEquals("first", ada.next().getString("address"));
        second.complete(StreamReply.ofAll(List.of("of the second")));
        assertEquals("second", ada.next().getString("address"));
        JsonObject item = ada.next();
        assertEquals(HERE, item.getString("address"), item::encode);
        assertEquals("of the second", item.getString("body"));
        assertTrue(ada.next().getJsonObject("headers").getBoolean("end"));
    }

    @Test
    void aSocketThatClosesEndsTheStream() throws Exception {
        ada.send(frame("register", HERE)).send(asking(Integer.MAX_VALUE, 1));
        ada.next();
        isItem(0);
        ada.close();
        sourceIsClosed();
    }

    @Test
    void aGrantThatIsRevokedEndsTheStream() throws Exception {
        ada.send(frame("register", HERE)).send(asking(Integer.MAX_VALUE, 1));
        ada.next();
        isItem(0);
        kernel.revoke("call:echo");
        ada.send(frame("send", HERE).put("body", 200));
        JsonObject frame = ada.next();
        while (frame.getString("type").equals("rec")) {
            frame = ada.next();
        }
        assertEquals("DENIED", frame.getString("failureType"), frame::encode);
        assertEquals(HERE, frame.getString("address"), frame::encode);
        sourceIsClosed();
    }

    @Test
    void whatIsWrongIsTold() throws Exception {
        ada.send(asking(1, 1));
        fails(ada, "opened", 1018);
        ada.send(frame("register", HERE));
        for (Object credit : new Object[] {0, 257, -1, "many"}) {
            ada.send(asking(1, credit));
            fails(ada, "opened", 1010);
        }
        ada.send(frame("send", HERE).put("body", 1).put("replyAddress", "more"));
        fails(ada, "more", 1020);
        ada.send(asking(Integer.MAX_VALUE, 1));
        ada.next();
        isItem(0);
        ada.send(asking(1, 1));
        fails(ada, "opened", 1019);
    }

    @Test
    void whoMayNotCallGetsNoStream() throws Exception {
        BridgeClient eve = kernel.client(EVE);
        eve.send(frame("register", HERE)).send(asking(1, 1));
        assertEquals("DENIED", fails(eve, "opened", 303).getString("failureType"));
        assertEquals(0, kernel.counted.get());
    }
}
