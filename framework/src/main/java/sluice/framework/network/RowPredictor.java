package sluice.framework.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.predict.CompiledSubnetwork;
import sluice.framework.predict.internal.layer.PredictionPass;
import sluice.framework.predict.internal.layer.Softmax;
import sluice.framework.predict.internal.layer.StackedLayer;
import sluice.tasks.Normalisation;

/**
 * One row after another through the subnetwork of a task, for services that answer single rows: the bits of {@link GatedNetwork#logits}. Its
 * matrices are its own, as they were when it was made: what the network learns or forgets later changes no answer. Safe from any number of
 * threads, which wait for no lock; after its first answer a thread allocates nothing.
 */
public final class RowPredictor {
    private final int inputs;
    private final ImmutableList<Integer> classes;
    private final ImmutableList<StackedLayer> layers;
    private final PredictionPass.Scaling scaling;
    private final ThreadLocal<Pass> passes = ThreadLocal.withInitial(this::pass);

    private RowPredictor(GatedNetwork network, String task, CompiledSubnetwork compiled) {
        Normalisation normalisation = network.parts().normalisation();
        this.inputs = network.inputs();
        this.classes = ImmutableList.copyOf(network.classes(task));
        this.layers = compiled.layers();
        this.scaling = new PredictionPass.Scaling(normalisation.shift(), normalisation.scale());
    }

    /**
     * {@return the predictor of a task, compiled now}
     *
     * @param network that has learned the task
     * @param task its name
     * @throws sluice.tasks.InputException if no such task was learned
     * @throws IllegalArgumentException if gaters choose among its units by the row: ask {@link GatedNetwork#logits}
     */
    public static RowPredictor of(GatedNetwork network, String task) {
        checkArgument(
                network.parts().state(task).gaters().isEmpty(),
                "gaters choose among the units of task %s by the row: ask the network",
                task);
        return new RowPredictor(network, task, network.fresh().compiled(task));
    }

    /** What a thread writes to. */
    private static final class Pass implements PredictionPass.Rows {
        final PredictionPass pass;
        final float[] logits;
        float[] row;

        Pass(PredictionPass pass, int classes) {
            this.pass = pass;
            this.logits = new float[classes];
        }

        @Override
        public void read(int index, float[] into) {
            System.arraycopy(row, 0, into, 0, into.length);
        }
    }

    private Pass pass() {
        PredictionPass pass = PredictionPass.through(layers, inputs, 1, NativeMatrix::allocate);
        pass.use(layers);
        return new Pass(pass, classes.size());
    }

    /** {@return the classes by their labels, in the order of {@link #logits}} */
    public ImmutableList<Integer> classes() {
        return classes;
    }

    /**
     * Computes the outputs of the task's head.
     *
     * @param row raw features [inputs], finite, in the units of the training data
     * @param logits [classes], overwritten
     * @throws IllegalArgumentException if either has another length, or a feature is not finite
     */
    public void logits(float[] row, float[] logits) {
        checkArgument(row.length == inputs, "the network has %s inputs, got %s", inputs, row.length);
        checkArgument(
                logits.length == classes.size(),
                "there are %s classes, got room for %s",
                classes.size(),
                logits.length);
        for (float feature : row) {
            if (!Float.isFinite(feature)) {
                throw new IllegalArgumentException("a feature must be finite, got " + feature);
            }
        }
        Pass pass = passes.get();
        pass.row = row;
        pass.pass.predict(scaling, pass, 0, 1, logits);
    }

    /**
     * {@return the label of the likeliest class; the first of equals}
     *
     * @param row raw features [inputs], finite, in the units of the training data
     * @throws IllegalArgumentException if it has another length, or a feature is not finite
     */
    public int label(float[] row) {
        float[] logits = passes.get().logits;
        logits(row, logits);
        return classes.get(Softmax.largest(logits, 0, logits.length));
    }
}
