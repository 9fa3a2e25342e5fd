package sluice.framework.internal.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.memory.AllocationsTracker;
import org.nd4j.linalg.api.memory.enums.AllocationKind;
import sluice.framework.SmallTasks;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.random.TaskStreams;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.ClassWeights;
import sluice.framework.optimizer.Optimizers;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.Estimators;
import sluice.gating.Granularity;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Rotation;
import sluice.tasks.TargetScale;
import sluice.tasks.TaskSequence;

/** A training step allocates nothing, on the heap or off it. */
@Tag("slow")
class StepAllocationTest {
    /** Bytes that the measurement itself takes. */
    private static final long ALLOWANCE = 16_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Bytes that this thread and the lanes beside it have allocated so far. */
    private static long onHeap() {
        long sum = THREADS.getCurrentThreadAllocatedBytes();
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("sluice-lane")) {
                sum += THREADS.getThreadAllocatedBytes(thread.getThreadId());
            }
        }
        return sum;
    }

    /** Bytes held by ND4J's arrays, by JavaCPP's pointers and by direct buffers, in this order. */
    private static List<Long> offHeap() {
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getTotalCapacity)
                .sum();
        return List.of(
                AllocationsTracker.getInstance().bytesOnDevice(AllocationKind.GENERAL, 0),
                Pointer.totalBytes(),
                direct);
    }

    @Test
    void whatIsAllocatedOffTheHeapIsSeen() {
        List<Long> before = offHeap();

        try (NativeMatrix matrix = NativeMatrix.allocate(100, 100)) {
            assertThat(matrix.rows()).isEqualTo(100);
            assertThat(offHeap()).isNotEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "st-sigmoid,MINI_BATCH,adam,false,false,classes",
        "st-open,MINI_BATCH,adam,false,false,classes",
        "st-open,MINI_BATCH,sgd,false,false,classes",
        "st-identity,PER_EXAMPLE,adam,false,false,classes",
        "unbiased,PER_EXAMPLE,sgd,false,false,classes",
        "centred,MINI_BATCH,adam,false,false,classes",
        "st-open,MINI_BATCH,amsgrad,false,false,classes",
        "st-open,MINI_BATCH,rmsprop,false,false,classes",
        "st-open,MINI_BATCH,sgd,true,false,classes",
        "st-identity,PER_EXAMPLE,adam,true,false,classes",
        "centred,MINI_BATCH,adam,true,false,classes",
        "st-open,MINI_BATCH,adam,false,true,classes",
        "st-identity,PER_EXAMPLE,sgd,true,true,classes",
        "st-open,MINI_BATCH,adam,false,false,weighted",
        "st-open,MINI_BATCH,adam,false,false,numbers",
        "st-identity,PER_EXAMPLE,adam,true,false,numbers"
    })
    void aThousandStepsAllocateNothing(
            String estimator,
            Granularity granularity,
            String optimizer,
            boolean convolutional,
            boolean normalised,
            String learned) {
        TaskSequence sequence = SmallTasks.sequence(1, 9);
        NetworkShape shape =
                convolutional ? SmallTasks.convolutional(1) : NetworkShape.dense(SmallTasks.FEATURES, List.of(90, 70));
        GatedNetwork network =
                GatedNetwork.create(SmallTasks.normalised(shape, normalised), sequence.normalisation(), 1);
        GateSettings gates = GateSettings.DEFAULT
                .withEstimator(Estimators.BY_NAME.get(estimator).estimator())
                .withGranularity(granularity);
        TaskState state = network.parts().initialState(sequence.tasks().get(0), gates, 0);
        boolean sgd = optimizer.equals("sgd");
        TrainingSettings settings = new TrainingSettings(
                1,
                16,
                Optimizers.BY_NAME.get(optimizer).of(sgd ? 0.01 : 0.001, 0, 0),
                sgd ? Double.POSITIVE_INFINITY : 1);
        if (learned.equals("weighted")) {
            settings = settings.withClassWeights(ClassWeights.balanced())
                    .weighted(sequence.tasks().get(0), sequence);
        }
        Examples train = sequence.tasks().get(0).train().through(Rotation.of(2, SmallTasks.FEATURES / 2, 20));
        if (learned.equals("numbers")) {
            train = train.withTargets(new double[train.size()], new TargetScale(1, 2));
        }
        long onHeap = Long.MAX_VALUE;
        List<Long> offHeapBefore = List.of();
        List<Long> offHeapAfter = List.of(Long.MAX_VALUE);
        try (Lanes lanes = Lanes.startSharing(2);
                TaskTraining training = new TaskTraining(
                        new TaskInNetwork(network.parts().layers(), state, network.consolidated()),
                        new TaskExamples(train, Normalisation.NONE),
                        gates,
                        settings,
                        new TaskStreams(new RandomStreams(1), 0),
                        lanes)) {
            training.beginEpoch(0);
            // rounds may run before everything is compiled, many on a busy machine, or while buffers of other tests are
            // freed
            for (int round = 0; round < 200 && (onHeap >= ALLOWANCE || !offHeapAfter.equals(offHeapBefore)); round++) {
                offHeapBefore = offHeap();
                long before = onHeap();
                for (int step = 0; step < 1000; step++) {
                    training.step(step % 3);
                }
                onHeap = onHeap() - before;
                offHeapAfter = offHeap();
            }
        }

        assertThat(onHeap).isLessThan(ALLOWANCE);
        assertThat(offHeapAfter).isEqualTo(offHeapBefore);
    }
}
