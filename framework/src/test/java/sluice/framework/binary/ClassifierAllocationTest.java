package sluice.framework.binary;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.framework.SmallTasks;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.step.MiniBatches;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.BinaryNeuron;
import sluice.gating.Estimators;
import sluice.gating.Schedule;
import sluice.tasks.Normalisation;

/** A training step of the classifier allocates no buffers, on the heap or off it. */
class ClassifierAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Bytes on the heap for a thousand steps: the measurement, and one iterator of an estimation over its probes. */
    private static final long ALLOWANCE = 40_000;

    @ParameterizedTest
    @CsvSource({"st-sigmoid,Infinity", "centred,1", "disarm,Infinity", "rebar,1", "concrete,Infinity"})
    void aThousandStepsAllocateNoBuffers(String estimator, double clip) {
        long onHeap = Long.MAX_VALUE;
        long offHeap = 0;
        ClassifierTrainer trainer = new ClassifierTrainer(
                40,
                BinaryNeuron.STOCHASTIC_SIGMOID,
                Estimators.BY_NAME.get(estimator).estimator(),
                new Schedule.Constant(1),
                new TrainingSettings(1, 16, Optimizer.DEFAULT, clip),
                1);
        SplittableRandom random = new SplittableRandom(1);

        try (Lanes lanes = Lanes.start(1);
                ClassifierTraining training = new ClassifierTraining(
                        FullyConnected.heUniform(40, SmallTasks.FEATURES, random),
                        FullyConnected.heUniform(2, 40, random),
                        MiniBatches.asRows(
                                SmallTasks.task("task", 9).train(),
                                Normalisation.NONE,
                                trainer.training().batchSize(),
                                random),
                        trainer,
                        new RandomStreams(1),
                        lanes)) {
            training.beginEpoch(0);
            // the first rounds may run before everything is compiled, or while buffers of other tests are freed
            for (int round = 0; round < 20 && (onHeap >= ALLOWANCE || offHeap != 0); round++) {
                long heapBefore = THREADS.getCurrentThreadAllocatedBytes();
                long nativeBefore = Pointer.totalBytes();
                for (int step = 0; step < 1000; step++) {
                    training.step(step % 3);
                }
                offHeap = Pointer.totalBytes() - nativeBefore;
                onHeap = THREADS.getCurrentThreadAllocatedBytes() - heapBefore;
            }
        }

        assertThat(onHeap).isLessThan(ALLOWANCE);
        assertThat(offHeap).isZero();
    }
}
