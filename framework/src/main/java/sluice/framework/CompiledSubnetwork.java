package sluice.framework;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToDoubleBiFunction;
import sluice.framework.kernel.Lanes;
import sluice.gating.Subnetwork;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * A task's subnetwork as small dense matrices of its own, copied from the network, for prediction. The matrices are
 * shared by all threads; what a prediction writes to is taken from a pool that holds one scratch per thread that ever
 * predicted beside the others.
 */
final class CompiledSubnetwork implements AutoCloseable {
    /** Rows per matrix multiply: fixed, so that the same rows in the same batch give the same bits. */
    static final int BATCH = 512;

    /** The same through convolutions, whose maps are to stay in the cache. */
    static final int BATCH_OF_MAPS = 64;

    private final Normalisation normalisation;
    private final int inputs;
    private final boolean maps;
    private final int batch;
    private final ImmutableList<CompiledLayer> layers;
    private final Queue<PredictionScratch> idle = new ConcurrentLinkedQueue<>();

    CompiledSubnetwork(List<DenseLayer> hidden, TaskState task, Subnetwork subnetwork, Normalisation normalisation) {
        this(hidden, task, subnetwork, (layer, unit) -> 1, normalisation);
    }

    /** With gates by layer and open unit that are not 1. */
    CompiledSubnetwork(
            List<DenseLayer> hidden,
            TaskState task,
            Subnetwork subnetwork,
            ToDoubleBiFunction<Integer, Integer> gates,
            Normalisation normalisation) {
        this.normalisation = normalisation;
        this.inputs = hidden.get(0).features();
        ImmutableList.Builder<CompiledLayer> compiled = ImmutableList.builder();
        this.maps = hidden.get(0).connection() instanceof Connection.Convolution;
        this.batch = maps ? BATCH_OF_MAPS : BATCH;
        int[] below = CompiledLayer.allOf(hidden.get(0).below());
        for (int l = 0; l < hidden.size(); l++) {
            int[] open = subnetwork.layers().get(l).toArray();
            int layer = l;
            compiled.add(new CompiledLayer(hidden.get(l), open, below, unit -> gates.applyAsDouble(layer, unit)));
            below = open;
        }
        compiled.add(new CompiledLayer(
                task.head(), CompiledLayer.allOf(task.classes().size()), below));
        this.layers = compiled.build();
    }

    private int classes() {
        return layers.get(layers.size() - 1).units();
    }

    /** Logits [size, classes], row-major. */
    float[] logits(Examples examples) {
        float[] all = new float[Math.multiplyExact(examples.size(), classes())];
        predict(examples, 0, 1, all);
        return all;
    }

    /** The same logits, to the bit: lanes take turns at the batches. */
    float[] logits(Examples examples, Lanes lanes) {
        float[] all = new float[Math.multiplyExact(examples.size(), classes())];
        long perExample = layers.stream().mapToLong(CompiledLayer::multiplyAdds).sum();
        lanes.run(lane -> predict(examples, lane.index(), lane.count(), all), perExample * examples.size());
        return all;
    }

    /** Every so many batches, from a first one on. */
    private void predict(Examples examples, int first, int every, float[] all) {
        if ((long) first * batch >= examples.size()) {
            return;
        }
        PredictionScratch taken = idle.poll();
        PredictionScratch scratch = taken == null ? new PredictionScratch(inputs, layers, maps, batch) : taken;
        for (long start = (long) first * batch; start < examples.size(); start += (long) every * batch) {
            int count = (int) Math.min(batch, examples.size() - start);
            scratch.predict(normalisation, examples, (int) start, count, all);
        }
        idle.add(scratch);
    }

    /** The position of the largest logit of one row; the first of equals. */
    static int largest(float[] logits, int row, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (logits[row * classes + c] > logits[row * classes + best]) {
                best = c;
            }
        }
        return best;
    }

    /** Frees the matrices and the pool; no prediction may be under way. */
    @Override
    public void close() {
        layers.forEach(CompiledLayer::close);
        for (PredictionScratch scratch = idle.poll(); scratch != null; scratch = idle.poll()) {
            scratch.close();
        }
    }
}
