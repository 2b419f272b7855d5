package io.dataprism.kernel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.api.PluginException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a message carries can't be changed, by whichever method of whichever object can be reached from it. */
class FrozenPayloadsTest {

    private static JsonObject message() {
        JsonObject many = new JsonObject();
        for (int i = 0; i < 20; i++) {
            many.put("member-" + i, i);
        }
        return new JsonObject()
                .put("name", "sensor")
                .put("nothing", null)
                .put("list", new JsonArray().add(1).add(new JsonObject().put("deep", true)))
                .put("many", many)
                .put("bytes", new byte[] {1, 2, 3})
                .put("buffer", Buffer.buffer("text"));
    }

    private static JsonObject give(Object owned) {
        return (JsonObject) Payloads.give(owned);
    }

    @Test
    void noMethodOfAnythingReachableChangesIt() {
        Object owned = Payloads.take(message());
        String before = give(owned).encode();
        Tamper tamper = new Tamper();
        tamper.with(give(owned));
        assertEquals(before, give(owned).encode(), () -> "changed by one of " + tamper.called);
        assertTrue(tamper.called.size() > 300, () -> "only " + tamper.called.size() + " methods were tried");
    }

    /** Calls each public method of an object and of what those return, with whatever arguments fit. */
    private static final class Tamper {
        private final Deque<Object> found = new ArrayDeque<>();
        private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<String> called = new java.util.TreeSet<>();
        private int calls;

        void with(Object start) {
            found.add(start);
            while (!found.isEmpty() && calls < 200_000) {
                Object next = found.poll();
                if (seen.add(next) && isReach(next)) {
                    attack(next);
                }
            }
        }

        private static boolean isReach(Object value) {
            return value instanceof JsonObject
                    || value instanceof JsonArray
                    || value instanceof Buffer
                    || value instanceof Map
                    || value instanceof Map.Entry
                    || value instanceof Collection
                    || value instanceof Iterator;
        }

        private void attack(Object target) {
            if (seen.size() > 600) {
                return;
            }
            for (Class<?> type : typesOf(target)) {
                for (Method method : type.getMethods()) {
                    if (!Modifier.isStatic(method.getModifiers())
                            && !method.getName().startsWith("wait")) {
                        call(target, method);
                    }
                }
            }
        }

        /** Public types through which a plugin can call. */
        private static List<Class<?>> typesOf(Object target) {
            List<Class<?>> types = new ArrayList<>();
            Deque<Class<?>> open = new ArrayDeque<>(List.of(target.getClass()));
            while (!open.isEmpty()) {
                Class<?> type = open.poll();
                if (Modifier.isPublic(type.getModifiers())
                        && (type.getName().startsWith("java.") || type.getName().startsWith("io.vertx.core."))
                        && type.getModule().isExported(type.getPackageName())) {
                    types.add(type);
                }
                if (type.getSuperclass() != null) {
                    open.add(type.getSuperclass());
                }
                open.addAll(List.of(type.getInterfaces()));
            }
            return types;
        }

        private void call(Object target, Method method) {
            Object[] arguments = new Object[method.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = argument(method.getParameterTypes()[i], i);
            }
            calls++;
            try {
                called.add(method.getDeclaringClass().getSimpleName() + "." + method.getName());
                Object result = method.invoke(target, arguments);
                if (result != null) {
                    found.add(result);
                }
            } catch (InvocationTargetException | IllegalAccessException | IllegalArgumentException refused) {
                // Refusing is what is wanted; what counts is what the object holds afterwards.
                assertTrue(refused != null);
            }
        }

        private static Object argument(Class<?> type, int place) {
            if (type == int.class) {
                return 0;
            }
            if (type == long.class) {
                return 0L;
            }
            if (type == boolean.class) {
                return true;
            }
            if (type == byte.class) {
                return (byte) 9;
            }
            if (type == short.class) {
                return (short) 9;
            }
            if (type == double.class) {
                return 9.0;
            }
            if (type == float.class) {
                return 9f;
            }
            if (type == char.class) {
                return 'x';
            }
            if (type == Buffer.class) {
                return Buffer.buffer().appendInt(4).appendString("evil");
            }
            if (type == byte[].class) {
                return new byte[] {9, 9};
            }
            if (type == JsonObject.class) {
                return new JsonObject().put("name", "evil");
            }
            if (type == JsonArray.class) {
                return new JsonArray().add("evil");
            }
            if (type == String.class || (type == Object.class && place == 0)) {
                return "name";
            }
            if (type == Object.class) {
                return "evil";
            }
            if (type == Map.class) {
                return Map.of("name", "evil");
            }
            if (type == Collection.class || type == List.class || type == Iterable.class) {
                return List.of("name");
            }
            if (type == Predicate.class) {
                return (Predicate<Object>) any -> true;
            }
            if (type == Function.class || type == UnaryOperator.class) {
                return (UnaryOperator<Object>) any -> "evil";
            }
            if (type == BiFunction.class) {
                return (BiFunction<Object, Object, Object>) (one, two) -> "evil";
            }
            if (type == Consumer.class) {
                return (Consumer<Object>) any -> {};
            }
            if (type == BiConsumer.class) {
                return (BiConsumer<Object, Object>) (one, two) -> {};
            }
            if (type == IntFunction.class) {
                return (IntFunction<Object[]>) Object[]::new;
            }
            if (type == Comparator.class) {
                return Comparator.comparing(String::valueOf).reversed();
            }
            return null;
        }
    }

    @Test
    void iteratorsRefuseToRemoveAndSet() {
        JsonObject body = give(Payloads.take(message()));
        Iterator<Map.Entry<String, Object>> members = body.getMap().entrySet().iterator();
        Map.Entry<String, Object> member = members.next();
        assertThrows(UnsupportedOperationException.class, () -> member.setValue("evil"));
        assertThrows(UnsupportedOperationException.class, members::remove);
        ListIterator<?> items = body.getJsonArray("list").getList().listIterator();
        items.next();
        assertThrows(UnsupportedOperationException.class, items::remove);
    }

    @Test
    void whatWasFrozenIsPassedOnAsItIs() {
        Object owned = Payloads.take(message());
        assertSame(owned, Payloads.take(Payloads.give(owned)));
        JsonObject around = new JsonObject().put("inner", Payloads.give(owned));
        assertSame(owned, give(Payloads.take(around)).getMap().get("inner"));
    }

    @Test
    void aLargeBufferIsCopiedWhenItIsFrozenAndNeverAgain() {
        Buffer mine = Buffer.buffer(new byte[1 << 20]);
        Buffer one = (Buffer) Payloads.give(Payloads.take(mine));
        Buffer two = (Buffer) Payloads.give(Payloads.take(one));
        assertNotSame(one, two);
        mine.setByte(0, (byte) 7);
        assertEquals(0, two.getByte(0));
        assertSame(
                io.dataprism.kernel.vertx.SharedBuffersAccess.bytesOf(one),
                io.dataprism.kernel.vertx.SharedBuffersAccess.bytesOf(two));
        two.readFromBuffer(0, Buffer.buffer().appendInt(1).appendString("x"));
        assertEquals(1 << 20, one.length(), "one reader's buffer is not another's");
    }

    @Test
    void aCopyMayBeChangedAndKeepsTheOrderOfMembers() {
        JsonObject body = give(Payloads.take(message()));
        JsonObject copy = body.copy().put("name", "other");
        assertEquals(List.copyOf(message().fieldNames()), List.copyOf(copy.fieldNames()));
        assertEquals("sensor", body.getString("name"));
        assertEquals(message().encode(), body.copy().encode());
    }

    @Test
    void itReadsAsTheOriginalDoes() {
        JsonObject body = give(Payloads.take(message()));
        assertEquals(message().encode(), body.encode());
        assertEquals(message().getJsonObject("many"), body.getJsonObject("many"));
        assertEquals(19, body.getJsonObject("many").getInteger("member-19"));
        assertTrue(body.containsKey("nothing"));
        assertEquals("fallback", body.getString("absent", "fallback"));
        assertEquals(3, body.getBinary("bytes").length);
        assertEquals("text", body.getBuffer("buffer").toString());
        assertEquals(message().getJsonArray("list"), body.getJsonArray("list"));
    }

    @Test
    void nestingIsBoundedAlsoWhenFrozenPartsAreWrappedAgain() {
        Object deep = Payloads.take(new JsonObject());
        PluginException refused = assertThrows(PluginException.class, () -> {
            Object part = deep;
            for (int i = 0; i < 1000; i++) {
                part = Payloads.take(new JsonObject().put("in", Payloads.give(part)));
            }
        });
        assertEquals("DP-0405", refused.code());
    }

    @Test
    void theWeightGrowsWithWhatIsHeld() {
        long small = Weights.of(Payloads.take(new JsonObject().put("a", 1)));
        long large = Weights.of(Payloads.take(new JsonObject().put("a", "x".repeat(10_000))));
        assertTrue(small < 1_000, "small: " + small);
        assertTrue(large >= 20_000 && large < 22_000, "large: " + large);
        assertTrue(Weights.of(Payloads.take(Buffer.buffer(new byte[5_000]))) >= 5_000);
    }
}
