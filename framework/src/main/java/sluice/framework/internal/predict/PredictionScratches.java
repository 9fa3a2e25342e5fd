package sluice.framework.internal.predict;

import com.google.common.collect.ImmutableList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What predictions of one network write to: one per thread that ever predicted beside the others, whichever task it
 * predicted for. Safe from several threads.
 */
public final class PredictionScratches implements AutoCloseable {
    private final Queue<PredictionScratch> idle = new ConcurrentLinkedQueue<>();
    private final int inputs;

    public PredictionScratches(int inputs) {
        this.inputs = inputs;
    }

    /** One that is ready for these layers; give it back. */
    PredictionScratch take(ImmutableList<CompiledLayer> layers) {
        PredictionScratch idleOne = idle.poll();
        PredictionScratch scratch = idleOne == null ? new PredictionScratch(inputs, layers) : idleOne;
        scratch.use(layers);
        return scratch;
    }

    void giveBack(PredictionScratch scratch) {
        idle.add(scratch);
    }

    /** Frees those that are not in use. */
    @Override
    public void close() {
        for (PredictionScratch scratch = idle.poll(); scratch != null; scratch = idle.poll()) {
            scratch.close();
        }
    }
}
