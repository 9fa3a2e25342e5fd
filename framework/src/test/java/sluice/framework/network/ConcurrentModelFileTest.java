package sluice.framework.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;

@Tag("slow")
class ConcurrentModelFileTest {
    private static final int LOADS = 1_000;

    @TempDir
    private Path folder;

    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void aLoadBesideSavesOfNetworksOfOtherSizesReadsOneOfThemWhole() throws Exception {
        Path file = folder.resolve("model.sluice");
        GatedNetwork small = GatedNetwork.create(3, List.of(4), Normalisation.NONE, 1);
        GatedNetwork large = GatedNetwork.create(40, List.of(60), Normalisation.NONE, 2);
        small.save(file);
        List<String> failures = new ArrayList<>();

        ExecutorService savers = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> saving = List.of(
                    savers.submit(() -> saveUntilEnded(small, file)), savers.submit(() -> saveUntilEnded(large, file)));
            for (int i = 0; i < LOADS; i++) {
                load(file, failures);
            }
            ended.set(true);
            for (Future<?> each : saving) {
                each.get();
            }
        } finally {
            ended.set(true);
            savers.shutdownNow();
        }

        assertThat(failures).isEmpty();
    }

    private void saveUntilEnded(GatedNetwork network, Path file) {
        while (!ended.get()) {
            network.save(file);
        }
    }

    private static void load(Path file, List<String> failures) {
        try (GatedNetwork loaded = GatedNetwork.load(file)) {
            assertThat(loaded.seed()).isBetween(1L, 2L);
        } catch (InputException refused) {
            failures.add(refused.getMessage());
        }
    }
}
