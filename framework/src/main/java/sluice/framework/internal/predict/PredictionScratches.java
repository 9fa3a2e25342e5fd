package sluice.framework.internal.predict;

import com.google.common.collect.ImmutableList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.predict.internal.layer.PredictionPass;
import sluice.framework.predict.internal.layer.StackedLayer;

/**
 * What predictions of one network write to: one per thread that ever predicted beside the others, whichever task it
 * predicted for. Safe from several threads.
 */
public final class PredictionScratches implements AutoCloseable {
    private final Queue<PredictionPass> idle = new ConcurrentLinkedQueue<>();
    private final int inputs;

    public PredictionScratches(int inputs) {
        this.inputs = inputs;
    }

    /** One that is ready for these layers; give it back. */
    PredictionPass take(ImmutableList<StackedLayer> layers) {
        PredictionPass idleOne = idle.poll();
        PredictionPass scratch = idleOne == null
                ? PredictionPass.through(
                        layers, inputs, layers.get(0).geometry().predictionBatch(), NativeMatrix::allocate)
                : idleOne;
        scratch.use(layers);
        return scratch;
    }

    void giveBack(PredictionPass scratch) {
        idle.add(scratch);
    }

    /** Frees those that are not in use. */
    @Override
    public void close() {
        for (PredictionPass scratch = idle.poll(); scratch != null; scratch = idle.poll()) {
            scratch.close();
        }
    }
}
