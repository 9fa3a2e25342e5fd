package sluice.framework.internal.dense;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.ParameterUpdate;

/** Affine maps with tanh between them, from columns of a matrix to logits; with room for so many rows. */
public final class DenseStack implements AutoCloseable {
    private final ImmutableList<DenseMap> maps;
    private final NativeMatrix[] outputs;
    private final NativeMatrix[] outputGradients;
    /** A row of values behind a tanh. */
    private final float[] squashed;

    private final double[][] unitGradients;

    /**
     * An untrained stack.
     *
     * @param sizes inputs, hidden units, outputs
     * @param rows most rows
     * @param running moments per parameter; -1 for a stack that is only read
     */
    public DenseStack(List<Integer> sizes, int rows, int running, RandomGenerator random) {
        this(untrained(sizes, running, random), rows, running >= 0);
    }

    /**
     * A stack of maps that are only read, and may be shared.
     *
     * @param maps the lowest first
     * @param rows most rows
     */
    public DenseStack(ImmutableList<DenseMap> maps, int rows) {
        this(maps, rows, false);
    }

    private DenseStack(ImmutableList<DenseMap> maps, int rows, boolean learns) {
        this.maps = maps;
        this.outputs = new NativeMatrix[maps.size()];
        this.outputGradients = new NativeMatrix[learns ? maps.size() : 0];
        Arrays.setAll(outputs, i -> NativeMatrix.allocate(rows, maps.get(i).outputs()));
        Arrays.setAll(
                outputGradients, i -> NativeMatrix.allocate(rows, maps.get(i).outputs()));
        this.squashed =
                new float[maps.stream().mapToInt(DenseMap::outputs).max().orElseThrow()];
        this.unitGradients = new double[maps.size() - 1][];
        Arrays.setAll(unitGradients, i -> new double[maps.get(i).outputs()]);
    }

    private static ImmutableList<DenseMap> untrained(List<Integer> sizes, int running, RandomGenerator random) {
        List<DenseMap> made = new ArrayList<>();
        for (int i = 1; i < sizes.size(); i++) {
            made.add(new DenseMap(sizes.get(i - 1), sizes.get(i), running, random));
        }
        return ImmutableList.copyOf(made);
    }

    /** The lowest first. */
    public ImmutableList<DenseMap> maps() {
        return maps;
    }

    /**
     * Has fewer hidden units, or again as many as it was made with; see {@link DenseMap#resize}.
     *
     * @param hidden units per hidden layer, each at least 1
     */
    public void resize(List<Integer> hidden) {
        for (int i = 0; i < maps.size(); i++) {
            int inputs = i == 0 ? maps.get(0).inputs() : hidden.get(i - 1);
            maps.get(i).resize(inputs, i < hidden.size() ? hidden.get(i) : last().outputs());
        }
    }

    /**
     * By unit of a hidden layer, the derivative with respect to a factor of 1 on its value, summed over the rows of the last
     * {@link #backward} that reached parameters: what the gate of an open unit is told.
     */
    public double[] unitGradients(int layer) {
        return unitGradients[layer];
    }

    /** The map that logits come from. */
    public DenseMap last() {
        return maps.get(maps.size() - 1);
    }

    /** Logits of the last {@link #forward} [rows, outputs]. */
    public NativeMatrix logits() {
        return outputs[outputs.length - 1];
    }

    /** Where the gradient at the logits goes before {@link #backward} [rows, outputs]. */
    public NativeMatrix logitGradient() {
        return outputGradients[outputGradients.length - 1];
    }

    /** Multiply-adds per row. */
    public long multiplyAdds() {
        return maps.stream().mapToLong(DenseMap::multiplyAdds).sum();
    }

    /** From columns of a matrix to {@link #logits}. */
    public void forward(Lane lane, Columns input, int rows) {
        for (int i = 0; i < maps.size(); i++) {
            maps.get(i).forward(lane, input(i, input), outputs[i], rows);
            if (i < maps.size() - 1) {
                squash(lane, outputs[i], maps.get(i).outputs(), rows);
            }
        }
    }

    private Columns input(int map, Columns input) {
        return map == 0
                ? input
                : new Columns(outputs[map - 1], 0, maps.get(map - 1).outputs());
    }

    private static void squash(Lane lane, NativeMatrix values, int width, int rows) {
        for (int row = 0; row < rows; row++) {
            float[] one = lane.rows().read(values, row, 0, width);
            lane.logits().tanh(one, width);
            lane.rows().write(values, row, 0, width);
        }
    }

    /** Which gradients a pass back forms. */
    public enum Back {
        /** Of parameters alone: nothing below learns. */
        PARAMETERS,
        /** Of inputs alone. */
        INPUTS,
        /** Of both. */
        BOTH
    }

    /**
     * From the gradient at the logits to those of parameters and inputs.
     *
     * @param input the columns that were pushed forward
     * @param inputGradient added to
     */
    public void backward(Lane lane, Columns input, Columns inputGradient, int rows, Back back) {
        for (int i = maps.size() - 1; i >= 0; i--) {
            if (back != Back.INPUTS) {
                maps.get(i).formGradient(lane, input(i, input), outputGradients[i], rows);
            }
            if (i > 0) {
                double[] factors = unitGradients[i - 1];
                throughTanh(lane, i, rows, back == Back.INPUTS ? new double[factors.length] : factors);
            } else if (back != Back.PARAMETERS) {
                maps.get(0).addInputGradient(lane, outputGradients[0], inputGradient, rows);
            }
        }
    }

    private void throughTanh(Lane lane, int map, int rows, double[] ofFactors) {
        NativeMatrix below = outputGradients[map - 1];
        int width = maps.get(map - 1).outputs();
        Arrays.fill(ofFactors, 0);
        float[] zeros = lane.rows().row(width);
        Arrays.fill(zeros, 0, width, 0);
        for (int row = 0; row < rows; row++) {
            below.put(row, 0, zeros, 0, width);
        }
        maps.get(map).addInputGradient(lane, outputGradients[map], new Columns(below, 0, width), rows);
        float[] values = squashed;
        for (int row = 0; row < rows; row++) {
            outputs[map - 1].get(row, 0, values, 0, width);
            float[] d = lane.rows().read(below, row, 0, width);
            for (int j = 0; j < width; j++) {
                ofFactors[j] += d[j] * values[j];
                d[j] *= 1 - values[j] * values[j];
            }
            lane.rows().write(below, row, 0, width);
        }
    }

    /** Moves all maps by their gradient. */
    public void move(Lane lane, ParameterUpdate update) {
        for (DenseMap map : maps) {
            map.move(lane, update);
        }
    }

    /** Gradients of all maps, as they were formed last. */
    public ImmutableList<float[]> gradient() {
        return maps.stream().map(DenseMap::gradient).collect(ImmutableList.toImmutableList());
    }

    /** Parameters of all maps. */
    public ImmutableList<float[]> parameters() {
        return maps.stream().map(DenseMap::parameters).collect(ImmutableList.toImmutableList());
    }

    /** Tells all maps and their moments. */
    public void state(State state) {
        for (int i = 0; i < maps.size(); i++) {
            maps.get(i).state(state.part("map-" + (i + 1)));
        }
    }

    /** Takes up parameters as {@link #parameters} gives them. */
    public void set(List<float[]> parameters) {
        for (int i = 0; i < maps.size(); i++) {
            maps.get(i).set(parameters.get(i));
        }
    }

    @Override
    public void close() {
        maps.forEach(DenseMap::close);
        closeBuffers();
    }

    /** Closes what is the stack's own, and not the maps. */
    public void closeBuffers() {
        for (NativeMatrix matrix : outputs) {
            matrix.close();
        }
        for (NativeMatrix matrix : outputGradients) {
            matrix.close();
        }
    }
}
