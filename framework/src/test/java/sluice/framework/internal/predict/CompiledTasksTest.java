package sluice.framework.internal.predict;

import static com.google.common.base.Preconditions.checkState;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.framework.ContinualTrainer;
import sluice.framework.SmallTasks;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.network.GatedNetwork;
import sluice.tasks.Examples;
import sluice.tasks.TaskSequence;

/** Predictions of consolidated tasks share matrices that are compiled once. */
class CompiledTasksTest {
    private final TaskSequence sequence = SmallTasks.sequence(3, 9);

    private GatedNetwork trained(int tasks) {
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(40, 30), sequence.normalisation(), 1);
        new ContinualTrainer().train(network, SmallTasks.only(sequence, 0, tasks));
        return network;
    }

    private Examples rows(int count) {
        Examples test = sequence.tasks().get(0).test();
        return test.select(
                IntStream.range(0, count).map(i -> i * 7 % test.size()).toArray(), label -> label);
    }

    private static float[] fresh(GatedNetwork network, Examples examples) {
        return network.fresh().logits("task 0", examples);
    }

    @Test
    void sharedMatricesGiveTheBitsOfFreshOnesAfterLaterTasks() {
        GatedNetwork network = trained(1);
        float[] atConsolidation = network.logits("task 0", rows(1300));

        new ContinualTrainer().train(network, SmallTasks.only(sequence, 1, 3));

        assertThat(network.logits("task 0", rows(1300))).isEqualTo(atConsolidation);
        assertThat(fresh(network, rows(1300))).isEqualTo(atConsolidation);
    }

    @Test
    void aSubnetworkIsCompiledOnce() {
        GatedNetwork network = trained(1);
        AtomicInteger compilations = new AtomicInteger();
        try (CompiledTasks compiled = new CompiledTasks(name -> {
            compilations.incrementAndGet();
            return new CompiledSubnetwork(
                    network.parts().layers(),
                    new TaskLayers(
                            network.parts().state(name).head(),
                            network.subnetwork(name),
                            network.parts().state(name).own()),
                    network.normalisation(),
                    new PredictionScratches(network.inputs()));
        })) {
            float[] first = compiled.predict("task 0", subnetwork -> subnetwork.logits(rows(30)));
            float[] second = compiled.predict("task 0", subnetwork -> subnetwork.logits(rows(30)));

            assertThat(second).isEqualTo(first);
            assertThat(compilations).hasValue(1);
        }
    }

    @Test
    void nothingIsCompiledOfATaskThatIsBeingRemoved() {
        GatedNetwork network = trained(1);
        AtomicBoolean known = new AtomicBoolean(true);
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        try (CompiledTasks compiled = new CompiledTasks(name -> {
            checkState(known.get(), "unknown");
            return network.fresh()
                    .under(
                            network.parts().state(name).head(),
                            network.subnetwork(name),
                            network.parts().state(name).own(),
                            Optional.empty());
        })) {
            Thread asking = new Thread(() -> compiled.predict("task 0", CompiledSubnetwork::multiplyAdds));
            asking.setUncaughtExceptionHandler((thread, thrown) -> refusal.set(thrown));

            compiled.forget("task 0", () -> {
                asking.start();
                while (asking.getState() != Thread.State.WAITING && asking.isAlive()) {
                    Thread.onSpinWait();
                }
                known.set(false);
            });
            Uninterruptibles.joinUninterruptibly(asking);

            assertThat(refusal.get()).isInstanceOf(IllegalStateException.class).hasMessage("unknown");
            assertThat(compiled.bytes()).isZero();
        }
    }

    @Test
    void matricesTakeABoundedShareOfMemoryAndTheLeastUsedGoFirst() {
        GatedNetwork network = trained(3);
        List<String> compilations = new ArrayList<>();
        PredictionScratches scratches = new PredictionScratches(network.inputs());
        Function<String, CompiledSubnetwork> compiler = name -> {
            compilations.add(name);
            return new CompiledSubnetwork(
                    network.parts().layers(),
                    new TaskLayers(
                            network.parts().state(name).head(),
                            network.subnetwork(name),
                            network.parts().state(name).own()),
                    network.normalisation(),
                    scratches);
        };
        long most = network.tasks().stream()
                .mapToLong(name -> {
                    try (CompiledSubnetwork one = compiler.apply(name)) {
                        return one.bytes();
                    }
                })
                .sum();
        compilations.clear();
        try (CompiledTasks compiled = new CompiledTasks(compiler, most - 1)) {
            for (int turn = 0; turn < 2; turn++) {
                for (String name : List.of("task 0", "task 1", "task 0", "task 2", "task 0")) {
                    assertThat(compiled.<float[]>predict(name, subnetwork -> subnetwork.logits(rows(40))))
                            .isEqualTo(network.fresh().logits(name, rows(40)));
                    assertThat(compiled.bytes()).isLessThan(most);
                }
            }
        }
        assertThat(compilations.stream().filter("task 0"::equals)).hasSize(1);
        assertThat(compilations).hasSizeBetween(4, 5);
    }

    @Test
    void aFreshCompilationSeesWhatTheSharedMatricesCannot() {
        GatedNetwork network = trained(1);
        float[] before = network.logits("task 0", rows(30));

        network.parts().state("task 0").head().biases()[0] += 1;

        assertThat(network.logits("task 0", rows(30))).isEqualTo(before);
        assertThat(fresh(network, rows(30))).isNotEqualTo(before);
    }

    @Test
    void threadsThatPredictAtOnceGetTheBitsOfOne() throws Exception {
        GatedNetwork network = trained(2);
        float[] alone = fresh(network, rows(2000));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<float[]>> predictions = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                predictions.add(threads.submit(() -> network.logits("task 0", rows(2000))));
            }

            for (Future<float[]> prediction : predictions) {
                assertThat(prediction.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @CsvSource({"1,30", "2,30", "2,2000", "3,2000", "3,1024", "3,513", "5,1", "2,0"})
    void anyNumberOfLanesGivesTheBitsOfOne(int count, int size) {
        GatedNetwork network = trained(1);
        Examples examples = rows(size);

        try (Lanes lanes = Lanes.startSharing(count)) {
            assertThat(network.logits("task 0", examples, lanes)).isEqualTo(fresh(network, examples));
        }
    }

    @Test
    void aClosedNetworkStillPredicts() {
        GatedNetwork network = trained(1);
        float[] before = network.logits("task 0", rows(600));

        network.close();

        assertThat(network.logits("task 0", rows(600))).isEqualTo(before);
        network.close();
        network.close();
    }
}
