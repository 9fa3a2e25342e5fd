package sluice.framework;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What predictions of one network write to: one per thread that ever predicted beside the others, whichever task it
 * predicted for. Safe from several threads.
 */
final class PredictionScratches implements AutoCloseable {
    private final Queue<PredictionScratch> idle = new ConcurrentLinkedQueue<>();
    private final int inputs;

    PredictionScratches(int inputs) {
        this.inputs = inputs;
    }

    /** One that is large enough for these layers; give it back. */
    PredictionScratch take(List<CompiledLayer> layers) {
        PredictionScratch taken = idle.poll();
        if (taken == null) {
            return new PredictionScratch(inputs, layers);
        }
        return taken.fits(layers) ? taken : taken.enlarged(layers);
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
