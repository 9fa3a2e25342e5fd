package sluice.framework.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.conditional.StoredTaskExits;
import sluice.framework.conditional.StoredTaskGaters;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.SeparateUnits;
import sluice.framework.layer.Connection;
import sluice.framework.layer.Layer;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.TaskParameters;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;

/**
 * Tasks in a model file: per hidden layer the open units as bits, unit 0 the lowest bit of the first byte, the head over
 * the open units of the last layer, per hidden layer what the task has of its open units for itself, if anything, its gaters and its exits, if
 * it has any, and, where it has its units for itself, weights and biases of each layer of them.
 */
final class ModelTasks {
    private ModelTasks() {}

    /**
     * A layer, as a task was consolidated in it.
     *
     * @param units of the layer then
     * @param open units that the task uses
     * @param undecided gates whose open probability was between 0.05 and 0.95
     */
    record LayerDescription(int units, int open, int undecided) {
        boolean complete(int unitsNow) {
            return units >= 1
                    && units <= unitsNow
                    && open >= 0
                    && open <= units
                    && undecided >= 0
                    && undecided <= units;
        }

        private int bytes() {
            return (units + Byte.SIZE - 1) / Byte.SIZE;
        }
    }

    /** A task as it was read. */
    record Read(ConsolidatedTask task, Subnetwork subnetwork) {}

    static List<LayerDescription> describe(NetworkParts network, String task) {
        List<ConsolidatedTask.GateCount> gates = network.state(task).gates();
        List<UnitSet> open = network.subnetwork(task).layers();
        return IntStream.range(0, gates.size())
                .mapToObj(l -> new LayerDescription(
                        gates.get(l).units(), open.get(l).size(), gates.get(l).undecided()))
                .toList();
    }

    static boolean complete(List<LayerDescription> layers, List<Integer> hidden) {
        return layers != null
                && layers.size() == hidden.size()
                && layers.stream().allMatch(Objects::nonNull)
                && IntStream.range(0, layers.size()).allMatch(l -> layers.get(l).complete(hidden.get(l)));
    }

    /** What a task takes in the file. */
    static long bytes(ModelDescription.Task task, NetworkShape shape) {
        List<LayerDescription> layers = task.layers();
        int classes = task.classes().size();
        long bits = layers.stream().mapToLong(LayerDescription::bytes).sum();
        long head = classes
                * ((long) layers.get(layers.size() - 1).open() * shape.head().weightsPerUnitBelow() + 1);
        List<Connection> connections = shape.connections();
        long own = IntStream.range(0, layers.size())
                .mapToLong(l -> (long) layers.get(l).open()
                        * connections.get(l).normalisation().initial(0).perUnit())
                .sum();
        int features = shape.input().features();
        return Math.addExact(
                bits + Float.BYTES * (head + own + separate(task, shape)),
                Math.addExact(bytes(task.gaters(), features, layers), bytes(task.exits(), features, classes)));
    }

    /** Weights and biases of units that the task has for itself. */
    private static long separate(ModelDescription.Task task, NetworkShape shape) {
        if (!task.isSeparate()) {
            return 0;
        }
        List<Connection> connections = shape.connections();
        long numbers = 0;
        long below = shape.below(0);
        for (int l = 0; l < connections.size(); l++) {
            int units = SeparateUnits.width(task.layers().get(l).open());
            numbers += units * (below * connections.get(l).weightsPerUnitBelow() + 1);
            below = units;
        }
        return numbers;
    }

    private static long bytes(StoredTaskGaters gaters, int features, List<LayerDescription> layers) {
        if (gaters == null) {
            return 0;
        }
        gaters.check(features, layers.stream().map(LayerDescription::open).toList());
        return gaters.bytes();
    }

    private static long bytes(StoredTaskExits exits, int features, int classes) {
        if (exits == null) {
            return 0;
        }
        exits.check(features, classes);
        return exits.bytes();
    }

    static void write(OutputStream out, NetworkParts network, String task) throws IOException {
        List<UnitSet> open = network.subnetwork(task).layers();
        List<LayerDescription> layers = describe(network, task);
        ConsolidatedTask state = network.state(task);
        for (int l = 0; l < layers.size(); l++) {
            out.write(Arrays.copyOf(
                    open.get(l).toBitSet().toByteArray(), layers.get(l).bytes()));
        }
        ModelFile.writeLayer(out, state.head());
        for (TaskParameters own : state.own()) {
            for (float[] each : own.values()) {
                ModelFile.writeFloats(out, each);
            }
        }
        if (state.gaters().isPresent()) {
            out.write(StoredTaskGaters.parameters(state.gaters().get()));
        }
        if (state.exits().isPresent()) {
            out.write(StoredTaskExits.parameters(state.exits().get()));
        }
        if (state.separate().isPresent()) {
            for (Layer layer : state.separate().get().layers()) {
                ModelFile.writeLayer(out, layer);
            }
        }
    }

    /** Reads what {@link #write} wrote into a network of some shape. */
    static Read read(ByteBuffer parameters, ModelDescription.Task description, NetworkShape shape) {
        List<Integer> hidden = shape.layers().stream().map(LayerShape::units).toList();
        ImmutableList.Builder<UnitSet> open = ImmutableList.builder();
        ImmutableList.Builder<ConsolidatedTask.GateCount> gates = ImmutableList.builder();
        for (int l = 0; l < hidden.size(); l++) {
            LayerDescription layer = description.layers().get(l);
            byte[] bits = new byte[layer.bytes()];
            parameters.get(bits);
            UnitSet units = UnitSet.of(layer.units(), BitSet.valueOf(bits));
            checkArgument(
                    units.size() == layer.open(),
                    "task %s has %s open units in layer %s instead of %s",
                    description.name(),
                    units.size(),
                    l + 1,
                    layer.open());
            open.add(units.widened(hidden.get(l)));
            gates.add(new ConsolidatedTask.GateCount(layer.units(), layer.undecided()));
        }
        Subnetwork subnetwork = new Subnetwork(open.build());
        int last = description.layers().get(hidden.size() - 1).open();
        Layer head = ModelFile.readLayer(parameters, description.classes().size(), last, shape.head());
        return new Read(
                new ConsolidatedTask(
                        description.name(),
                        ImmutableList.copyOf(description.classes()),
                        head,
                        gates.build(),
                        readOwn(parameters, description.layers(), shape),
                        Optional.ofNullable(description.gaters()).map(gaters -> gaters.read(parameters)),
                        Optional.ofNullable(description.exits()).map(exits -> exits.read(parameters)),
                        description.isSeparate()
                                ? Optional.of(readSeparate(parameters, subnetwork, shape))
                                : Optional.empty()),
                subnetwork);
    }

    private static SeparateUnits readSeparate(ByteBuffer parameters, Subnetwork numbers, NetworkShape shape) {
        List<Connection> connections = shape.connections();
        ImmutableList.Builder<Layer> layers = ImmutableList.builder();
        int below = shape.below(0);
        for (int l = 0; l < connections.size(); l++) {
            int units = SeparateUnits.width(numbers.layers().get(l).size());
            layers.add(ModelFile.readLayer(parameters, units, below, connections.get(l)));
            below = units;
        }
        return new SeparateUnits(numbers, layers.build());
    }

    private static ImmutableList<TaskParameters> readOwn(
            ByteBuffer parameters, List<LayerDescription> layers, NetworkShape shape) {
        List<Connection> connections = shape.connections();
        ImmutableList.Builder<TaskParameters> read = ImmutableList.builder();
        for (int l = 0; l < layers.size(); l++) {
            TaskParameters own =
                    connections.get(l).normalisation().initial(layers.get(l).open());
            for (float[] each : own.values()) {
                parameters.asFloatBuffer().get(each);
                parameters.position(parameters.position() + Float.BYTES * each.length);
            }
            read.add(own);
        }
        return read.build();
    }
}
