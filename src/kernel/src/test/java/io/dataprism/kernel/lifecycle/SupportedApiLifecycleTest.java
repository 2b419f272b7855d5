package io.dataprism.kernel.lifecycle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dataprism.kernel.HostPromise;
import io.dataprism.kernel.KernelOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plugins' lives where they run by Vert.x's supported API alone. */
final class SupportedApiLifecycleTest extends LifecycleTest {

    @Override
    protected KernelOptions options() {
        return super.options().withSupportedApiOnly(true);
    }

    @Test
    void saysWhatItPromisesLess() {
        List<HostPromise> broken = kernel.promises().stream()
                .filter(promise -> promise.reason().contains("supportedApiOnly"))
                .toList();
        assertTrue(broken.size() >= 3, broken.toString());
        assertTrue(broken.stream().noneMatch(HostPromise::kept));
    }
}
