package io.dataprism.sandbox.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dataprism.sandbox.classfile.MemberReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleFinderTest {
    private static final Map<String, TypeFacts> OWN = Map.of(
            "org/example/Loader", new TypeFacts(List.of("java/net/URLClassLoader"), Set.of("load()V")),
            "org/example/Below", new TypeFacts(List.of("org/example/Loader"), Set.of()),
            "org/example/Worker", new TypeFacts(List.of("java/lang/Thread"), Set.of("start()V")),
            "org/example/Circle", new TypeFacts(List.of("org/example/Circle"), Set.of()));

    private final RuleFinder finder =
            new RuleFinder(RuleTable.standard(), JdkTypes.running(), name -> Optional.ofNullable(OWN.get(name)));

    private String found(String owner, String name, String descriptor) {
        return finder.ofCall(new MemberReference(owner, name, descriptor))
                .map(rule -> rule.type() + " " + rule.key() + "  " + rule.outcome())
                .orElse("");
    }

    @Test
    void theNarrowestRuleOfATypeHolds() {
        assertEquals(
                "java.nio.file.Files copy(Path,OutputStream)  file-access:read:{0}",
                found("java/nio/file/Files", "copy", "(Ljava/nio/file/Path;Ljava/io/OutputStream;)J"));
        assertEquals(
                "java.nio.file.Files delete  file-access:write:{0}",
                found("java/nio/file/Files", "delete", "(Ljava/nio/file/Path;)V"));
        assertEquals(
                "javax.management.** *  reflection",
                found("javax/management/openmbean/OpenType", "getTypeName", "()Ljava/lang/String;"));
    }

    @Test
    void aMethodIsLookedForWhereItIsDeclared() {
        assertEquals(
                "java.util.Collection parallelStream  threads",
                found("java/util/ArrayList", "parallelStream", "()Ljava/util/stream/Stream;"));
        assertEquals(
                "java.lang.ClassLoader defineClass  class-loading",
                found("org/example/Below", "defineClass", "(Ljava/lang/String;[BII)Ljava/lang/Class;"));
        assertEquals(
                "java.util.concurrent.ForkJoinTask fork  threads",
                found("java/util/concurrent/RecursiveTask", "fork", "()Ljava/util/concurrent/ForkJoinTask;"));
    }

    @Test
    void aMethodOfThePluginsOwnHidesWhatIsAbove() {
        assertEquals("", found("org/example/Worker", "start", "()V"));
        assertEquals("", found("org/example/Below", "load", "()V"));
        assertEquals("", found("org/example/Circle", "start", "()V"));
    }

    @Test
    void aConstructorIsNobodyElses() {
        assertEquals("", found("org/example/Worker", "<init>", "()V"));
        assertEquals("", found("java/io/ByteArrayInputStream", "<init>", "([B)V"));
    }

    @Test
    void whatEveryObjectHasIsNoMatterOfARuleForAllMethods() {
        assertEquals("", found("sun/misc/Unsafe", "hashCode", "()I"));
        assertEquals("sun.misc.Unsafe *  native-access", found("sun/misc/Unsafe", "allocateMemory", "(J)J"));
    }

    @Test
    void subtypesMeetTheRulesOfAllThatTheyExtend() {
        assertEquals(
                List.of("java.lang.ClassLoader <extends>  class-loading"),
                finder.ofSubtype(List.of("java/net/URLClassLoader", "java/lang/Runnable")).stream()
                        .map(Rule::toString)
                        .toList());
    }

    @Test
    void whatNoPluginMaySeeIsFoundByItsName() {
        assertEquals(
                Optional.of("sun.misc.Signal"), finder.hiding("sun/misc/Signal").map(Rule::type));
        assertEquals(Optional.empty(), finder.hiding("java/lang/String"));
        assertEquals(
                Optional.of("java.lang.instrument.**"),
                finder.hiding("java/lang/instrument/Instrumentation").map(Rule::type));
    }
}
