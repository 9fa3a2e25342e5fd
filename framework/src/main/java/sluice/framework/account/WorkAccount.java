package sluice.framework.account;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.internal.state.State;
import sluice.framework.layer.Layer;

/** The running account of a task's multiply-adds, per layer; the head is the last. */
public final class WorkAccount {
    private final List<Layer> layers;
    private final long[] forward;
    private final long[] inputGradient;
    private final long[] weightGradient;
    private long examples;

    /** Layers from the lowest to the head. */
    public WorkAccount(List<Layer> layers) {
        this.layers = layers;
        this.forward = new long[layers.size()];
        this.inputGradient = new long[layers.size()];
        this.weightGradient = new long[layers.size()];
    }

    /**
     * Counts a forward pass.
     *
     * @param layer from the lowest, 0, to the head
     * @param multiplyAdds that a step did in the forward pass
     */
    public void forward(int layer, long multiplyAdds) {
        forward[layer] += multiplyAdds;
    }

    /**
     * Counts a gradient at inputs.
     *
     * @param layer from the lowest, 0, to the head
     * @param multiplyAdds that a step did in the gradient at the input
     */
    public void inputGradient(int layer, long multiplyAdds) {
        inputGradient[layer] += multiplyAdds;
    }

    /**
     * Counts a gradient of weights.
     *
     * @param layer from the lowest, 0, to the head
     * @param multiplyAdds that a step did in the weights' gradient
     */
    public void weightGradient(int layer, long multiplyAdds) {
        weightGradient[layer] += multiplyAdds;
    }

    /** Counts the examples of a whole step, which is what a dense network would do. */
    public void step(int batch) {
        examples += batch;
    }

    /**
     * Tells what was counted.
     *
     * @param state keeps it, or gives what was kept
     */
    public void state(State state) {
        state.longs("forward", forward);
        state.longs("inputGradient", inputGradient);
        state.longs("weightGradient", weightGradient);
        examples = state.count("examples", examples);
    }

    /** {@return examples of all steps} */
    public long examples() {
        return examples;
    }

    /** {@return what was done so far, per layer from the lowest to the head} */
    public ImmutableList<LayerAccount> layers() {
        return IntStream.range(0, layers.size()).mapToObj(this::layer).collect(ImmutableList.toImmutableList());
    }

    private LayerAccount layer(int l) {
        long dense = examples * layers.get(l).multiplyAdds();
        return new LayerAccount(
                l == layers.size() - 1 ? "head" : "layer_" + (l + 1),
                new MultiplyAdds(forward[l], inputGradient[l], weightGradient[l]),
                // nothing learns below the network's inputs
                new MultiplyAdds(dense, l == 0 ? 0 : dense, dense));
    }
}
