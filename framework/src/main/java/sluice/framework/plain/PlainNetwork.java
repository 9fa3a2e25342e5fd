package sluice.framework.plain;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import sluice.framework.account.LayerAccount;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;

/**
 * A fully connected network: hidden layers of rectified linear units, each unit times a gate, and one output layer. All
 * parameters lie in one flat array, layer by layer as its {@linkplain #blocks blocks} say, and so does their gradient.
 * A pass allocates nothing. One owner, who closes it.
 */
public final class PlainNetwork implements AutoCloseable {
    /** In multiply-adds, about what it takes to move one parameter. */
    private static final long WORK_PER_MOVE = 10;

    private final Lanes lanes;
    private final int rows;
    private final ImmutableList<ParameterBlock> blocks;
    private final PlainLayerPass[] layers;
    /** What is live of each example, side by side [rows, features]. */
    private final NativeMatrix inputs;

    /** Per layer, those of its inputs; then those of the output layer. */
    private final LiveInputs[] live;

    private final float[] example;
    private final float[] parameters;
    private final float[] gradient;
    private final float[][] open;
    private final Lanes.Job moving = this::move;
    private final LayerJobs[] jobs;
    private float[][] gates;
    private float[] into;
    private ParameterMove movement = (parameters, gradient, from, to) -> {};
    private int batch;
    private final PassAccount account;

    /**
     * A network with weights and biases uniform in {@code +-1 / sqrt(inputs)}, which is what most published comparisons
     * of strategies start from; larger ones forget less.
     *
     * @param features inputs of the lowest layer, at least 1
     * @param hidden units per hidden layer, from the lowest on
     * @param outputs units of the output layer, at least 1
     * @param random where the weights come from
     * @param rows the largest batch, at least 1
     * @param lanes threads that share a pass; not closed by the network
     */
    public PlainNetwork(
            int features, List<Integer> hidden, int outputs, RandomGenerator random, int rows, Lanes lanes) {
        checkArgument(rows >= 1, "rows must be at least 1, got %s", rows);
        this.lanes = lanes;
        this.rows = rows;
        this.blocks = ParameterBlock.layers(features, hidden, outputs);
        this.parameters = new float[outputBlock().end()];
        this.gradient = new float[parameters.length];
        this.layers = new PlainLayerPass[blocks.size()];
        this.open = new float[hidden.size()][];
        this.jobs = new LayerJobs[layers.length];
        this.live = new LiveInputs[layers.length + 1];
        Arrays.setAll(
                live, l -> LiveInputs.all(l < layers.length ? blocks.get(l).inputs() : outputs));
        for (int l = 0; l < layers.length; l++) {
            prepare(l);
        }
        this.account = new PassAccount(blocks);
        this.gates = open;
        this.into = gradient;
        this.inputs = NativeMatrix.allocate(rows, features);
        this.example = new float[features];
        initialise(random);
    }

    private void prepare(int layer) {
        ParameterBlock block = blocks.get(layer);
        layers[layer] =
                new PlainLayerPass(block, layer < open.length, live[layer], live[layer + 1], rows, lanes.count());
        if (layer < open.length) {
            open[layer] = new float[block.units()];
            Arrays.fill(open[layer], 1);
        }
        jobs[layer] = new LayerJobs(
                lane -> layers[layer].upload(lane, parameters),
                lane -> layers[layer].forward(lane, below(layer), parameters, batch),
                lane -> layers[layer].gate(lane, gatesOf(layer), batch),
                lane -> layers[layer].pickWeights(lane),
                lane -> layers[layer].propagate(lane, layers[layer - 1], gatesOf(layer - 1), batch),
                lane -> layers[layer].formGradient(lane, below(layer), into, batch));
    }

    private void initialise(RandomGenerator random) {
        for (ParameterBlock block : blocks) {
            float bound = (float) Math.sqrt(1.0 / block.inputs());
            for (int i = block.start(); i < block.end(); i++) {
                parameters[i] = (2 * random.nextFloat() - 1) * bound;
            }
        }
    }

    private NativeMatrix below(int layer) {
        return layer == 0 ? inputs : layers[layer - 1].outputs();
    }

    private float[] gatesOf(int layer) {
        return layer < gates.length ? gates[layer] : new float[0];
    }

    /**
     * @return where each layer's parameters lie, from the lowest to the output layer
     */
    public ImmutableList<ParameterBlock> blocks() {
        return blocks;
    }

    /**
     * @return those of the hidden layers, from the lowest on
     */
    public ImmutableList<ParameterBlock> hiddenBlocks() {
        return blocks.subList(0, blocks.size() - 1);
    }

    /**
     * @return that of the output layer
     */
    public ParameterBlock outputBlock() {
        return blocks.get(blocks.size() - 1);
    }

    /**
     * @return units of the output layer
     */
    public int outputs() {
        return outputBlock().units();
    }

    /**
     * @return the largest batch
     */
    public int rows() {
        return rows;
    }

    /**
     * @return all parameters: for reading; to write them, use {@link #write}
     */
    public float[] parameters() {
        return parameters;
    }

    /**
     * Changes parameters.
     *
     * @param change writes to the array that it is given
     */
    public void write(Consumer<float[]> change) {
        change.accept(parameters);
    }

    /**
     * Moves all parameters by their gradient, in ranges of which each thread takes one.
     *
     * @param how parameters move
     */
    public void move(ParameterMove how) {
        movement = how;
        lanes.run(moving, WORK_PER_MOVE * parameters.length);
    }

    private void move(Lane lane) {
        movement.move(parameters, gradient, lane.first(0, parameters.length), lane.end(0, parameters.length));
    }

    /**
     * @return the gradient of the last {@link #backward}, as the parameters lie; may be written to
     */
    public float[] gradient() {
        return gradient;
    }

    /**
     * Logits of a batch, with all gates open.
     *
     * @param examples at least one, at most {@link #rows}
     * @return [size, outputs], row-major, overwritten by the next pass
     */
    public float[] forward(Batch examples) {
        return forward(examples, open);
    }

    /**
     * Logits of a batch.
     *
     * @param examples at least one, at most {@link #rows}
     * @param unitGates per hidden layer, what each unit is multiplied by
     * @return [size, outputs], row-major, overwritten by the next pass
     */
    public float[] forward(Batch examples, float[][] unitGates) {
        checkArgument(
                examples.size() >= 1 && examples.size() <= rows,
                "a batch must have 1 to %s examples, got %s",
                rows,
                examples.size());
        gates = unitGates;
        batch = examples.size();
        take(examples);
        for (int l = 0; l < layers.length; l++) {
            lanes.run(jobs[l].upload(), (long) live[l].count() * blocks.get(l).units());
            lanes.run(jobs[l].forward(), account.forward(l, batch, live[l].count()));
            if (l < open.length) {
                layers[l].findLiveUnits(batch);
                lanes.run(jobs[l].gate(), (long) batch * blocks.get(l).units());
            }
        }
        return layers[layers.length - 1].values(batch);
    }

    private void take(Batch examples) {
        live[0].find(examples);
        for (int row = 0; row < batch; row++) {
            live[0].gather(examples.inputs(), row * example.length, example);
            inputs.put(row, 0, example, 0, live[0].count());
        }
    }

    /**
     * The units of a hidden layer in the last forward pass, after their gates.
     *
     * @param layer from 0
     * @return [size, units], row-major, overwritten by the next pass of either direction
     */
    public float[] hidden(int layer) {
        return layers[layer].values(gates[layer], batch);
    }

    /**
     * Fills {@link #gradient} from the gradient at the logits of the last forward pass.
     *
     * @param atLogits [size, outputs], row-major
     */
    public void backward(float[] atLogits) {
        backward(atLogits, gradient);
    }

    /**
     * The same into another array.
     *
     * @param atLogits [size, outputs], row-major
     * @param target overwritten, as the parameters lie
     */
    public void backward(float[] atLogits, float[] target) {
        propagate(atLogits);
        form(target);
    }

    /**
     * The sum over losses and over examples of what is made of each example's own gradient. Takes the place of {@link
     * #backward}: the forward pass is used up. Losses share what is dear, the products with the layers' inputs.
     *
     * @param losses how many, at least 1
     * @param atLogits for a loss, from 0, its gradient at each example's logits [size, outputs], row-major
     * @param of what is made of each entry
     * @param sums overwritten, as the parameters lie
     */
    public void backward(int losses, IntFunction<float[]> atLogits, PerExample of, float[] sums) {
        for (PlainLayerPass layer : layers) {
            layer.beginSums(batch);
        }
        for (int loss = 0; loss < losses; loss++) {
            propagate(atLogits.apply(loss));
            for (PlainLayerPass layer : layers) {
                layer.addToSums(of, batch);
            }
        }
        PlainLayerPass.transform(inputs, live[0].count(), of, example, batch);
        for (PlainLayerPass layer : layers) {
            layer.transform(of, batch);
        }
        form(sums);
    }

    private void propagate(float[] atLogits) {
        for (PlainLayerPass layer : layers) {
            layer.beginBackward();
        }
        layers[layers.length - 1].setDeltas(atLogits, batch);
        for (int l = layers.length - 1; l > 0; l--) {
            lanes.run(jobs[l].pick(), (long) live[l].count() * blocks.get(l).units());
            lanes.run(jobs[l].propagate(), account.inputGradient(l, batch, live[l].count(), live[l + 1].count()));
        }
    }

    private void form(float[] target) {
        into = target;
        for (int l = 0; l < layers.length; l++) {
            lanes.run(jobs[l].form(), account.weightGradient(l, batch, live[l].count(), live[l + 1].count()));
            layers[l].formBiasGradient(target);
        }
        into = gradient;
    }

    /**
     * The gradient at a hidden layer's gates, of the last {@link #backward}.
     *
     * @param layer from 0
     * @return [units], overwritten by the next pass
     */
    public float[] gateGradient(int layer) {
        return layers[layer].gateGradient();
    }

    /**
     * The multiply-adds of all passes since this was last asked, against those of one pass forward and backward over so
     * many examples.
     *
     * @param examples those of one pass, for the comparison
     * @return per layer, from the lowest to the output layer
     */
    public ImmutableList<LayerAccount> takeAccount(long examples) {
        return account.take(examples);
    }

    @Override
    public void close() {
        for (PlainLayerPass layer : layers) {
            layer.close();
        }
        inputs.close();
    }
}
