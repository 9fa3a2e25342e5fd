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
import sluice.framework.internal.state.OutputRows;
import sluice.framework.internal.state.State;
import sluice.framework.layer.Connection;
import sluice.framework.layer.UnitNormalisation;
import sluice.framework.network.NetworkShape;

/**
 * A network of rectified linear units, each unit times a gate, and one output layer: fully connected, or with layers of maps
 * below, of which a unit is a whole map. All parameters lie in one flat array, layer by layer as its {@linkplain #blocks
 * blocks} say, and so does their gradient. One owner, who closes it.
 */
public final class PlainNetwork implements AutoCloseable {
    /** In multiply-adds, about what it takes to move one parameter. */
    private static final long WORK_PER_MOVE = 10;

    private final Lanes lanes;
    private final NetworkShape shape;
    private final int rows;
    private final ImmutableList<ParameterBlock> blocks;
    /** Layers of maps. */
    private final int maps;

    private final LowerLayers lower;
    private final RowLayers upper;
    private final float[] parameters;
    private final float[] gradient;
    private final float[][] open;
    private final Lanes.Job moving = this::move;
    private ParameterMove movement = (parameters, gradient, from, to) -> {};
    private final PassAccount account;

    /**
     * A network with weights and biases uniform in {@code +-1 / sqrt(inputs)}, which is what most published comparisons
     * of strategies start from; larger ones forget less.
     *
     * @param shape what it is fed, and its hidden layers
     * @param outputs units of the output layer, at least 1
     * @param random where the weights come from
     * @param rows the largest batch, at least 1
     * @param lanes threads that share a pass; not closed by the network
     * @throws IllegalArgumentException if a layer is normalised: what a normalisation learns is no parameter of these
     */
    public PlainNetwork(NetworkShape shape, int outputs, RandomGenerator random, int rows, Lanes lanes) {
        checkArgument(rows >= 1, "rows must be at least 1, got %s", rows);
        for (Connection connection : shape.connections()) {
            checkArgument(
                    connection.normalisation().equals(UnitNormalisation.NONE),
                    "a plain network normalises no layer, got %s",
                    connection.normalisation().word());
        }
        this.lanes = lanes;
        this.shape = shape;
        this.rows = rows;
        ImmutableList<NetworkShape.Cost> costs = shape.costs(outputs);
        this.blocks = ParameterBlock.layers(costs);
        this.parameters = new float[outputBlock().end()];
        this.gradient = new float[parameters.length];
        this.account = new PassAccount(costs);
        this.open = hiddenBlocks().stream()
                .map(block -> {
                    float[] ones = new float[block.units()];
                    Arrays.fill(ones, 1);
                    return ones;
                })
                .toArray(float[][]::new);
        ImmutableList<MapLayer> layers = mapLayers(shape.connections());
        this.maps = layers.size();
        this.lower = layers.isEmpty() ? new BareExamples() : new MapLayers(layers, parameters, rows, lanes, account);
        this.upper = new RowLayers(blocks, maps, parameters, rows, lanes, account);
        initialise(random);
    }

    /** The lowest layers, as far as their units are maps. */
    private ImmutableList<MapLayer> mapLayers(List<Connection> connections) {
        ImmutableList.Builder<MapLayer> layers = ImmutableList.builder();
        for (int l = 0; l < connections.size() && connections.get(l).maps().isPresent(); l++) {
            layers.add(new MapLayer(blocks.get(l), connections.get(l)));
        }
        return layers.build();
    }

    private void initialise(RandomGenerator random) {
        for (ParameterBlock block : blocks) {
            float bound = (float) Math.sqrt(1.0 / block.inputs());
            for (int i = block.start(); i < block.end(); i++) {
                parameters[i] = (2 * random.nextFloat() - 1) * bound;
            }
        }
    }

    /** {@return inputs of an example} */
    public int features() {
        return shape.input().features();
    }

    /**
     * {@return values that it has of each example: units, or all positions of all maps}
     *
     * @param layer a hidden one, from 0
     */
    public int values(int layer) {
        return layer < maps ? lower.values(layer) : blocks.get(layer).units();
    }

    /** {@return where each layer's parameters lie, from the lowest to the output layer} */
    public ImmutableList<ParameterBlock> blocks() {
        return blocks;
    }

    /** {@return those of the hidden layers, from the lowest on} */
    public ImmutableList<ParameterBlock> hiddenBlocks() {
        return blocks.subList(0, blocks.size() - 1);
    }

    /** {@return that of the output layer} */
    public ParameterBlock outputBlock() {
        return blocks.get(blocks.size() - 1);
    }

    /** {@return units of the output layer} */
    public int outputs() {
        return outputBlock().units();
    }

    /** {@return the largest batch} */
    public int rows() {
        return rows;
    }

    /** {@return all parameters: for reading; to write them, use {@link #write}} */
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

    /** {@return the gradient of the last {@link #backward}, as the parameters lie; may be written to} */
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
        lower.forward(examples, unitGates, upper);
        return upper.forward(unitGates);
    }

    /**
     * What a hidden layer gave in the last forward pass, after its gates.
     *
     * @param layer from 0
     * @return [size, {@link #values}], row-major, overwritten by the next pass of either direction
     */
    public float[] hidden(int layer) {
        return layer < maps ? lower.hidden(layer) : upper.hidden(layer - maps);
    }

    /** {@return how many of the lowest layers are layers of maps} */
    public int maps() {
        return maps;
    }

    /**
     * The gradient before a layer's rectifiers, of the last {@link #backward}.
     *
     * @param layer from 0, a fully connected one
     * @return [size, units], row-major, overwritten by the next pass of either direction
     */
    public float[] deltas(int layer) {
        checkArgument(layer >= maps, "layer %s is one of maps", layer);
        return upper.deltas(layer - maps);
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
        upper.propagate(atLogits);
        lower.propagate(upper);
        lower.form(target);
        upper.form(target);
    }

    /**
     * The sum over losses and over examples of what is made of each example's own gradient. Takes the place of {@link
     * #backward}: the forward pass is used up. In fully connected layers losses share what is dear, the products with the
     * layers' inputs; maps take a pass per example, for which the examples must be as they were.
     *
     * @param losses how many, at least 1
     * @param atLogits for a loss, from 0, its gradient at each example's logits [size, outputs], row-major
     * @param of what is made of each entry
     * @param sums overwritten, as the parameters lie
     */
    public void backward(int losses, IntFunction<float[]> atLogits, PerExample of, float[] sums) {
        lower.beginSums();
        upper.beginSums();
        for (int loss = 0; loss < losses; loss++) {
            upper.propagate(atLogits.apply(loss));
            upper.addToSums(of);
            lower.addToSums(of, upper);
        }
        lower.writeSums(sums);
        upper.writeSums(of, sums);
    }

    /**
     * The gradient at a hidden layer's gates, of the last {@link #backward}.
     *
     * @param layer from 0
     * @return [units], overwritten by the next pass
     */
    public float[] gateGradient(int layer) {
        return layer < maps ? lower.gateGradient(layer) : upper.gateGradient(layer - maps);
    }

    /**
     * Tells its parameters.
     *
     * @param state keeps them, or gives what was kept
     */
    public void state(State state) {
        state.floats("parameters", parameters, form());
    }

    /** {@return how its parameters lie, and whatever there is one of for each} */
    public OutputRows form() {
        return new OutputRows(outputBlock().start(), outputs());
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
        lower.close();
        upper.close();
    }
}
