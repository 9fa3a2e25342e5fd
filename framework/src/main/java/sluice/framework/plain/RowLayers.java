package sluice.framework.plain;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;

/**
 * The fully connected layers of a plain network, the output layer at last: from rows of what is below to logits, and back. A
 * pass allocates nothing.
 */
final class RowLayers implements AutoCloseable {
    private final ImmutableList<ParameterBlock> blocks;
    /** Layers of the network below these. */
    private final int lower;

    private final float[] parameters;
    private final Lanes lanes;
    private final PassAccount account;
    private final PlainLayerPass[] passes;
    private final LayerJobs[] jobs;
    /** What is live of each example, side by side [rows, inputs]. */
    private final NativeMatrix inputs;

    /** Per layer, those of its inputs; then those of the output layer. */
    private final LiveInputs[] live;

    private final float[] example;
    /** The gradient at live inputs [rows, inputs]; of no use where these are the network's. */
    private final NativeMatrix inputGradient;

    private final Lanes.Job handingDown = this::handDown;
    private float[][] gates = {};
    private float[] into = {};
    private int batch;

    /**
     * @param blocks of all layers of the network
     * @param lower how many of them, from the lowest on, lie below these
     * @param parameters of the network
     * @param rows the largest batch
     */
    RowLayers(
            ImmutableList<ParameterBlock> blocks,
            int lower,
            float[] parameters,
            int rows,
            Lanes lanes,
            PassAccount account) {
        this.blocks = blocks.subList(lower, blocks.size());
        this.lower = lower;
        this.parameters = parameters;
        this.lanes = lanes;
        this.account = account;
        int layers = this.blocks.size();
        this.live = new LiveInputs[layers + 1];
        Arrays.setAll(live, l -> LiveInputs.all(l < layers ? block(l).inputs() : outputs()));
        this.passes = new PlainLayerPass[layers];
        Arrays.setAll(
                passes, l -> new PlainLayerPass(block(l), l < layers - 1, live[l], live[l + 1], rows, lanes.count()));
        this.jobs = IntStream.range(0, layers).mapToObj(this::jobs).toArray(LayerJobs[]::new);
        this.inputs = NativeMatrix.allocate(rows, block(0).inputs());
        this.inputGradient = NativeMatrix.allocate(lower > 0 ? rows : 1, block(0).inputs());
        this.example = new float[block(0).inputs()];
    }

    private LayerJobs jobs(int layer) {
        return new LayerJobs(
                lane -> passes[layer].upload(lane, parameters),
                lane -> passes[layer].forward(lane, below(layer), parameters, batch),
                lane -> passes[layer].gate(lane, gates[lower + layer], batch),
                lane -> passes[layer].pickWeights(lane),
                lane -> passes[layer].propagate(lane, passes[layer - 1], gates[lower + layer - 1], batch),
                lane -> passes[layer].formGradient(lane, below(layer), into, batch));
    }

    private ParameterBlock block(int layer) {
        return blocks.get(layer);
    }

    private int outputs() {
        return block(blocks.size() - 1).units();
    }

    private NativeMatrix below(int layer) {
        return layer == 0 ? inputs : passes[layer - 1].outputs();
    }

    /** Takes examples in. */
    void take(Batch examples) {
        batch = examples.size();
        live[0].find(examples);
        for (int row = 0; row < batch; row++) {
            live[0].gather(examples.inputs(), row * example.length, example);
            inputs.put(row, 0, example, 0, live[0].count());
        }
    }

    /**
     * Takes in what the layers below made of examples.
     *
     * @param values [at least size][inputs]
     * @param sums per input, the sum of magnitudes, 0 where it is of no account
     */
    void take(float[][] values, float[] sums, int size) {
        batch = size;
        live[0].find(sums);
        for (int row = 0; row < batch; row++) {
            live[0].gather(values[row], 0, example);
            inputs.put(row, 0, example, 0, live[0].count());
        }
    }

    /**
     * From what was taken in to logits.
     *
     * @param unitGates per hidden layer of the network
     * @return [size, outputs], row-major
     */
    float[] forward(float[][] unitGates) {
        gates = unitGates;
        for (int l = 0; l < passes.length; l++) {
            lanes.run(jobs[l].upload(), (long) live[l].count() * block(l).units());
            lanes.run(jobs[l].forward(), account.forward(lower + l, batch, live[l].count()));
            if (l < passes.length - 1) {
                passes[l].findLiveUnits(batch);
                lanes.run(jobs[l].gate(), (long) batch * block(l).units());
            }
        }
        return passes[passes.length - 1].values(batch);
    }

    /** What a hidden layer gave, the lowest of these being 0: [size, units], row-major. */
    float[] hidden(int layer) {
        return passes[layer].values(gates[lower + layer], batch);
    }

    float[] deltas(int layer) {
        return passes[layer].deltas(batch);
    }

    /** Brings a gradient down from the logits [size, outputs] to before the rectifiers of all layers, and to the layers below. */
    void propagate(float[] atLogits) {
        for (PlainLayerPass pass : passes) {
            pass.beginBackward();
        }
        passes[passes.length - 1].setDeltas(atLogits, batch);
        for (int l = passes.length - 1; l > 0; l--) {
            lanes.run(jobs[l].pick(), (long) live[l].count() * block(l).units());
            lanes.run(jobs[l].propagate(), countInputGradient(l));
        }
        if (lower > 0) {
            lanes.run(jobs[0].pick(), (long) live[0].count() * block(0).units());
            lanes.run(handingDown, countInputGradient(0));
        }
    }

    /** At live inputs, of the last {@link #propagate} [rows, live inputs]. */
    NativeMatrix inputGradient() {
        return inputGradient;
    }

    LiveInputs liveInputs() {
        return live[0];
    }

    private void handDown(Lane lane) {
        passes[0].propagate(lane, inputGradient, batch);
    }

    private long countInputGradient(int layer) {
        return account.inputGradient(lower + layer, batch, live[layer].count(), live[layer + 1].count());
    }

    /** Forms the gradient where the parameters lie. */
    void form(float[] target) {
        into = target;
        for (int l = 0; l < passes.length; l++) {
            lanes.run(jobs[l].form(), account.weightGradient(lower + l, batch, live[l].count(), live[l + 1].count()));
            passes[l].formBiasGradient(target);
        }
    }

    /** The gradient at each gate of a hidden layer, the lowest of these being 0. */
    float[] gateGradient(int layer) {
        return passes[layer].gateGradient();
    }

    /** Begins a sum over several gradients of each example. */
    void beginSums() {
        for (PlainLayerPass pass : passes) {
            pass.beginSums(batch);
        }
    }

    /** Adds what {@code of} makes of the gradients that were brought down last. */
    void addToSums(PerExample of) {
        for (PlainLayerPass pass : passes) {
            pass.addToSums(of, batch);
        }
    }

    /** Forms the sums where the parameters lie; the forward pass is used up. */
    void writeSums(PerExample of, float[] target) {
        PlainLayerPass.transform(inputs, live[0].count(), of, example, batch);
        for (PlainLayerPass pass : passes) {
            pass.transform(of, batch);
        }
        form(target);
    }

    @Override
    public void close() {
        for (PlainLayerPass pass : passes) {
            pass.close();
        }
        inputs.close();
        inputGradient.close();
    }
}
