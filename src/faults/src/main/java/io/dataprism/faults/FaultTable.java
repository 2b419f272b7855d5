package io.dataprism.faults;

import io.dataprism.faults.row.BlockedLoop;
import io.dataprism.faults.row.CallCircle;
import io.dataprism.faults.row.CorruptJar;
import io.dataprism.faults.row.CorruptStore;
import io.dataprism.faults.row.CpuHog;
import io.dataprism.faults.row.CrashLoop;
import io.dataprism.faults.row.Deadlock;
import io.dataprism.faults.row.DependencyCycle;
import io.dataprism.faults.row.FullDisk;
import io.dataprism.faults.row.HalfWrittenConfig;
import io.dataprism.faults.row.KillDuringGrant;
import io.dataprism.faults.row.KillDuringLoad;
import io.dataprism.faults.row.KillDuringWrite;
import io.dataprism.faults.row.LoaderLeak;
import io.dataprism.faults.row.MemoryHog;
import io.dataprism.faults.row.MemoryHogApart;
import io.dataprism.faults.row.PoisonMessage;
import io.dataprism.faults.row.RandomFaults;
import io.dataprism.faults.row.SlowConsumer;
import io.dataprism.faults.row.SlowSteps;
import io.dataprism.faults.row.ThreadLeak;
import java.util.List;

/** All faults, in the order of the table. */
public final class FaultTable {
    private FaultTable() {}

    public static List<Fault> all(Effort effort) {
        return List.of(
                new CrashLoop(effort),
                new MemoryHog(effort, MemoryHog.Kind.HEAP),
                new MemoryHogApart(effort, MemoryHog.Kind.HEAP),
                new MemoryHog(effort, MemoryHog.Kind.DIRECT),
                new MemoryHogApart(effort, MemoryHog.Kind.DIRECT),
                new MemoryHog(effort, MemoryHog.Kind.METASPACE),
                new MemoryHogApart(effort, MemoryHog.Kind.METASPACE),
                new CpuHog(effort),
                new BlockedLoop(effort),
                new ThreadLeak(),
                new LoaderLeak(effort),
                new PoisonMessage(),
                new SlowConsumer(effort),
                new SlowSteps(effort),
                new Deadlock(),
                new CallCircle(),
                new DependencyCycle(),
                new CorruptJar(),
                new CorruptStore(effort),
                new HalfWrittenConfig(),
                new KillDuringLoad(effort),
                new KillDuringGrant(effort),
                new KillDuringWrite(effort),
                new FullDisk(),
                new RandomFaults(effort));
    }
}
