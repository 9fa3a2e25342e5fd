package sluice.framework.network;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import sluice.framework.conditional.StoredTaskExits;
import sluice.framework.conditional.StoredTaskGaters;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.internal.model.ModelArchive;
import sluice.framework.internal.model.ModelJson;
import sluice.framework.internal.model.ModelKind;
import sluice.framework.internal.model.ModelSeal;
import sluice.framework.internal.model.Parameters;
import sluice.framework.internal.state.StateMisfitException;
import sluice.framework.layer.Connection;
import sluice.framework.layer.Layer;
import sluice.framework.layer.UnitNormalisation;
import sluice.framework.predict.file.StoredModel;
import sluice.gating.Subnetwork;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;

/**
 * The model as a zip file: {@code model.json} says what it is (format, shapes, seed, normalisation, tasks with their
 * classes, counts of units and digests), {@code parameters.bin} holds big-endian numbers: per hidden layer weights and
 * biases (floats), then per task its open units per layer (bits), its head's weights over them and biases (floats), and what
 * it has for itself of the open units of layers that are normalised (floats).
 * Equal networks give equal bytes. Formats 3, and 2 without convolutions, are read too, which differ in keys of the
 * provenance ({@link TaskProvenance}) and have no {@link ModelSeal}, and what {@link FirstModelFormat} is about.
 */
final class ModelFile {
    private static final int FORMAT = ModelArchive.SEPARATE;

    private ModelFile() {}

    /** What layers do to their products, one word for each; nothing where none does anything. */
    private static Optional<List<String>> normalisation(List<Layer> layers) {
        List<UnitNormalisation> all =
                layers.stream().map(layer -> layer.connection().normalisation()).toList();
        return all.stream().allMatch(UnitNormalisation.NONE::equals)
                ? Optional.empty()
                : Optional.of(all.stream().map(UnitNormalisation::word).toList());
    }

    static void write(NetworkParts network, Path file) {
        ModelArchive.write(file, content(network), Optional.empty());
    }

    static ModelArchive.Content content(NetworkParts network) {
        Parameters parameters = Parameters.of(out -> {
            for (Layer layer : network.layers()) {
                writeLayer(out, layer);
            }
            writeTasks(out, network);
        });
        if (!parameters.fit()) {
            throw new InputException(
                    "the model has %,d tasks of %,d bytes, more than a file of it may hold: learn fewer tasks, or smaller subnetworks (gates.sparsity)"
                            .formatted(network.tasks().size(), parameters.bytes()));
        }
        return new ModelArchive.Content(
                description(network, parameters.sha256(), name -> TaskDigest.of(network, name)), parameters);
    }

    /** What {@link #restored} takes, which asks for no digest. */
    static byte[] description(NetworkParts network) {
        return description(network, "", name -> "");
    }

    private static byte[] description(NetworkParts network, String checksum, UnaryOperator<String> digest) {
        List<ModelDescription.Task> tasks = network.tasks().stream()
                .map(name -> new ModelDescription.Task(
                        name,
                        network.state(name).classes(),
                        ModelTasks.describe(network, name),
                        digest.apply(name),
                        network.state(name).gaters().map(StoredTaskGaters::of).orElse(null),
                        network.state(name).exits().map(StoredTaskExits::of).orElse(null),
                        network.state(name).separate().isPresent() ? true : null))
                .toList();
        ModelDescription description = new ModelDescription(
                format(network),
                network.inputs(),
                MapsDescription.of(
                                network.layers().stream().map(Layer::connection).toList(),
                                network.layers().get(0).below())
                        .orElse(null),
                network.hidden(),
                normalisation(network.layers()).orElse(null),
                network.seed(),
                network.normalisation().shift(),
                network.normalisation().scale(),
                tasks,
                network.created(),
                network.learned(),
                network.provenance(),
                checksum);
        return ModelJson.bytes(description);
    }

    /** The oldest that has all that there is of the network: earlier builds read what they can. */
    private static int format(NetworkParts network) {
        List<ConsolidatedTask> tasks =
                network.tasks().stream().map(network::state).toList();
        if (tasks.stream().anyMatch(task -> task.separate().isPresent())) {
            return FORMAT;
        }
        return tasks.stream()
                        .anyMatch(task ->
                                task.gaters().isPresent() || task.exits().isPresent())
                ? ModelArchive.CONDITIONAL
                : ModelArchive.SEALED;
    }

    /** What parameters have of tasks, after layers. */
    static void writeTasks(OutputStream out, NetworkParts network) throws IOException {
        for (String name : network.tasks()) {
            ModelTasks.write(out, network, name);
        }
    }

    /** A network that a checkpoint vouches for. */
    static NetworkParts restored(byte[] described, ByteBuffer parameters) {
        try {
            return network(ModelJson.read(described, ModelDescription.class), parameters);
        } catch (IOException unreadable) {
            throw new StateMisfitException("the network cannot be read: " + unreadable.getMessage());
        }
    }

    /** What a layer's parameters take. */
    static long bytes(Layer layer) {
        return Float.BYTES * ((long) layer.weights().length + layer.biases().length);
    }

    static void writeLayer(OutputStream out, Layer layer) throws IOException {
        writeFloats(out, layer.weights());
        writeFloats(out, layer.biases());
    }

    static void writeFloats(OutputStream out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length));
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
    }

    static NetworkParts read(Path file) {
        return ModelArchive.read(file, (model, second) -> read(model));
    }

    /** Makes the network of what a file holds; throws as every reading of a model may. */
    static NetworkParts read(StoredModel model) throws IOException {
        Path file = model.file();
        ModelDescription description = ModelJson.read(
                model, ModelKind.GATED, "name the model of a gated network (scenario task)", ModelDescription.class);
        if (description == null) {
            throw ModelArchive.damaged(file, ModelArchive.DESCRIPTION + " lacks something");
        }
        model.checkFormat(description.format(), FirstModelFormat.FORMAT, FORMAT);
        if (!description.complete()) {
            throw ModelArchive.damaged(file, ModelArchive.DESCRIPTION + " lacks something");
        }
        byte[] parameters = model.parameters(parameterBytes(description), description.parametersSha256());
        NetworkParts network = network(description, ByteBuffer.wrap(parameters));
        checkDigests(network, description, file);
        checkEncodings(network);
        return network;
    }

    /** Tables and names of classes are told of in the provenance, which is read when it is needed. */
    private static void checkEncodings(NetworkParts network) {
        for (String task : network.tasks()) {
            network.encoding(task)
                    .ifPresent(table -> checkArgument(
                            table.fits(network.inputs(), network.state(task).classes()),
                            "the table of task %s does not fit its inputs and classes",
                            task));
            network.classNames(task);
        }
    }

    private static long parameterBytes(ModelDescription description) {
        NetworkShape shape = description.shape();
        long bytes = 0;
        for (NetworkShape.Cost layer : hiddenCosts(shape)) {
            bytes = Math.addExact(bytes, Float.BYTES * (long) layer.units() * (layer.weights() + 1));
        }
        for (ModelDescription.Task task : description.tasks()) {
            int classes = task.classes().size();
            bytes = Math.addExact(
                    bytes,
                    description.firstTasks()
                            ? FirstModelFormat.bytes(description.hidden(), classes, shape.head())
                            : ModelTasks.bytes(task, shape));
        }
        return bytes;
    }

    private static List<NetworkShape.Cost> hiddenCosts(NetworkShape shape) {
        return shape.costs(1).subList(0, shape.layers().size());
    }

    private static NetworkParts network(ModelDescription model, ByteBuffer parameters) {
        NetworkShape shape = model.shape();
        List<Connection> connections = shape.connections();
        List<Layer> layers = new ArrayList<>();
        for (int l = 0; l < connections.size(); l++) {
            layers.add(readLayer(parameters, model.hidden().get(l), shape.below(l), connections.get(l)));
        }
        Map<ConsolidatedTask, Subnetwork> tasks = new LinkedHashMap<>();
        for (ModelDescription.Task description : model.tasks()) {
            ModelTasks.Read read = model.firstTasks()
                    ? FirstModelFormat.read(parameters, description, layers, shape.head())
                    : ModelTasks.read(parameters, description, shape);
            tasks.put(read.task(), read.subnetwork());
        }
        NetworkParts network = new NetworkParts(model.seed(), new Normalisation(model.shift(), model.scale()), layers);
        network.restore(
                tasks,
                model.created() == null ? model.hidden() : model.created(),
                model.learned() == null ? tasks.size() : model.learned());
        network.annotate(provenance(model));
        return network;
    }

    private static Map<String, String> provenance(ModelDescription model) {
        return model.format() < ModelArchive.SEALED
                ? TaskProvenance.ofEarlierFormats(
                        model.provenance(),
                        model.tasks().stream().map(ModelDescription.Task::name).toList())
                : model.provenance();
    }

    static Layer readLayer(ByteBuffer parameters, int units, int below, Connection connection) {
        int inputs = Math.multiplyExact(below, connection.weightsPerUnitBelow());
        float[] weights = new float[Math.multiplyExact(units, inputs)];
        float[] biases = new float[units];
        parameters.asFloatBuffer().get(weights).get(biases);
        parameters.position(parameters.position() + Float.BYTES * (weights.length + biases.length));
        return new Layer(units, inputs, weights, biases, connection);
    }

    private static void checkDigests(NetworkParts network, ModelDescription description, Path file) {
        if (description.firstTasks()) {
            return;
        }
        for (ModelDescription.Task task : description.tasks()) {
            if (!TaskDigest.of(network, task.name()).equals(task.digest())) {
                throw ModelArchive.damaged(
                        file, "the parameters of task %s do not match their digest".formatted(task.name()));
            }
        }
    }
}
