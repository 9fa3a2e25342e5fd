package sluice.framework.predict;

import static sluice.framework.predict.internal.kernel.Arguments.checkArgument;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.framework.predict.file.Description;
import sluice.framework.predict.file.ModelReading;
import sluice.framework.predict.file.StoredModel;
import sluice.framework.predict.file.UnreadableModelException;
import sluice.framework.predict.internal.layer.CompiledWeights;
import sluice.framework.predict.internal.layer.PredictionPass;

/**
 * Reads gated networks: {@code parameters.bin} holds per hidden layer weights and biases, then per task its open units per
 * layer as bits, its head, what it has for itself of the units of layers that are normalised, and, where it has its units for itself, weights
 * and biases of each layer of them. Sizes are added up from the
 * description, and compared to the file's, before anything is allocated.
 */
final class NetworkFile {
    private static final int NUMBERS_OF_BATCH = 4;

    /** Format of networks with tasks that have their units for themselves. */
    private static final int SEPARATE = 6;

    private final StackShape shape;
    private final List<Boolean> normalised;
    private final Description description;

    private NetworkFile(Description description) {
        this.description = description;
        this.shape = StackShape.of(description);
        this.normalised = normalised(description, shape.layers());
    }

    static SavedNetwork read(StoredModel model, Description description) throws IOException {
        int format = description.get("format").integer();
        if (format != ModelReading.SEALED && format != SEPARATE) {
            throw new UnreadableModelException(
                    format < ModelReading.SEALED
                            ? "%s has model format %d, of an earlier version: load and save it with the module framework"
                                    .formatted(model.file(), format)
                            : "%s has model format %d, of tasks with gaters or exits, which the module framework answers"
                                    .formatted(model.file(), format));
        }
        model.checkFormat(format, ModelReading.SEALED, SEPARATE);
        NetworkFile file = new NetworkFile(description);
        byte[] parameters = model.parameters(
                file.bytes(), description.get("parametersSha256").text());
        return file.network(ByteBuffer.wrap(parameters));
    }

    private static List<Boolean> normalised(Description description, int layers) {
        Optional<Description> words = description.find("normalisation");
        List<Boolean> normalised = new ArrayList<>();
        for (int l = 0; l < layers; l++) {
            String word = words.isEmpty() ? "none" : words.get().list().get(l).text();
            checkArgument(word.equals("none") || word.equals("batch"), "unknown normalisation %s", word);
            normalised.add(word.equals("batch"));
        }
        return normalised;
    }

    private long bytes() {
        long bytes = 0;
        for (int l = 0; l < shape.layers(); l++) {
            bytes = Math.addExact(bytes, floats(Math.multiplyExact((long) shape.units(l), shape.inputs(l) + 1)));
        }
        for (Description task : description.get("tasks").list()) {
            bytes = Math.addExact(bytes, bytes(task));
        }
        return bytes;
    }

    private long bytes(Description task) {
        checkArgument(task.find("gaters").isEmpty() && task.find("exits").isEmpty(), "a task has gaters or exits");
        List<Description> layers = task.get("layers").list();
        checkArgument(layers.size() == shape.layers(), "a task has not %s layers", shape.layers());
        long bytes = 0;
        for (int l = 0; l < layers.size(); l++) {
            int units = layers.get(l).get("units").integer();
            int open = layers.get(l).get("open").integer();
            checkArgument(
                    units >= 1 && units <= shape.units(l) && open >= 0 && open <= units,
                    "a task has %s of %s units of layer %s",
                    open,
                    units,
                    l + 1);
            bytes += bits(units) + (normalised.get(l) ? floats((long) NUMBERS_OF_BATCH * open) : 0);
        }
        long classes = task.get("classes").integers().size();
        checkArgument(classes > 0, "a task has no classes");
        int last = layers.get(layers.size() - 1).get("open").integer();
        return Math.addExact(
                bytes,
                Math.addExact(
                        floats(classes * ((long) last * shape.headSpan() + 1)), isSeparate(task) ? units(layers) : 0));
    }

    private static boolean isSeparate(Description task) {
        return task.find("separate").map(Description::truth).orElse(false);
    }

    /** Bytes of units that a task has for itself. */
    private long units(List<Description> layers) {
        long bytes = 0;
        long below = shape.below(0);
        for (int l = 0; l < layers.size(); l++) {
            long units = width(layers.get(l).get("open").integer());
            bytes = Math.addExact(
                    bytes, floats(units * (below * shape.geometry(l).weightsPerUnitBelow() + 1)));
            below = units;
        }
        return bytes;
    }

    /** A layer has at least one unit, which is closed where none is open. */
    private static int width(int open) {
        return Math.max(1, open);
    }

    private static long floats(long count) {
        return Math.multiplyExact(count, (long) Float.BYTES);
    }

    private static int bits(int units) {
        return (units + Byte.SIZE - 1) / Byte.SIZE;
    }

    private SavedNetwork network(ByteBuffer parameters) throws IOException {
        List<StoredLayer> layers = new ArrayList<>();
        for (int l = 0; l < shape.layers(); l++) {
            float[] weights = take(parameters, Math.toIntExact(shape.units(l) * shape.inputs(l)));
            layers.add(new StoredLayer(shape.below(l), shape.geometry(l), weights, take(parameters, shape.units(l))));
        }
        Map<String, String> provenance = description.get("provenance").texts();
        List<StoredTask> tasks = new ArrayList<>();
        for (Description task : description.get("tasks").list()) {
            tasks.add(task(task, layers, parameters, provenance));
        }
        checkArgument(
                tasks.stream().map(StoredTask::name).distinct().count() == tasks.size(), "two tasks have one name");
        return new SavedNetwork(
                shape.features(),
                new PredictionPass.Scaling(
                        description.get("shift").single(),
                        description.get("scale").single()),
                tasks,
                provenance);
    }

    private StoredTask task(
            Description task, List<StoredLayer> layers, ByteBuffer parameters, Map<String, String> provenance)
            throws IOException {
        List<Description> described = task.get("layers").list();
        String name = task.get("name").text();
        List<int[]> open = new ArrayList<>();
        for (int l = 0; l < described.size(); l++) {
            int gates = described.get(l).get("units").integer();
            byte[] bits = new byte[bits(gates)];
            parameters.get(bits);
            int[] units = BitSet.valueOf(bits).stream().toArray();
            checkArgument(
                    units.length == described.get(l).get("open").integer()
                            && (units.length == 0 || units[units.length - 1] < gates),
                    "task %s has other open units in layer %s than it says",
                    name,
                    l + 1);
            open.add(units);
        }
        List<Integer> classes = task.get("classes").integers();
        int last = open.get(open.size() - 1).length;
        float[] weights = take(parameters, classes.size() * last * shape.headSpan());
        StoredLayer head = new StoredLayer(last, shape.headGeometry(), weights, take(parameters, classes.size()));
        List<float[][]> own = new ArrayList<>();
        for (int l = 0; l < described.size(); l++) {
            float[][] ofLayer = new float[normalised.get(l) ? NUMBERS_OF_BATCH : 0][];
            for (int number = 0; number < ofLayer.length; number++) {
                ofLayer[number] = take(parameters, open.get(l).length);
            }
            own.add(ofLayer);
        }
        String prefix = prefix(name);
        boolean separate = isSeparate(task);
        return new StoredTask(
                name,
                classes,
                ClassesByName.of(provenance, prefix, classes),
                NumberScale.of(provenance, prefix),
                separate ? units(open, parameters) : layers,
                separate
                        ? open.stream()
                                .map(units -> CompiledWeights.allOf(units.length))
                                .toList()
                        : open,
                own,
                head);
    }

    private List<StoredLayer> units(List<int[]> open, ByteBuffer parameters) {
        List<StoredLayer> units = new ArrayList<>();
        int below = shape.below(0);
        for (int l = 0; l < open.size(); l++) {
            int width = width(open.get(l).length);
            int inputs = Math.multiplyExact(below, shape.geometry(l).weightsPerUnitBelow());
            float[] weights = take(parameters, Math.multiplyExact(width, inputs));
            units.add(new StoredLayer(below, shape.geometry(l), weights, take(parameters, width)));
            below = width;
        }
        return List.copyOf(units);
    }

    /** Of keys about a task: dots of its name are written as {@code %2E}, percent signs as {@code %25}. */
    private static String prefix(String task) {
        return "task." + task.replace("%", "%25").replace(".", "%2E") + ".";
    }

    static float[] take(ByteBuffer parameters, int count) {
        float[] values = new float[count];
        parameters.asFloatBuffer().get(values);
        parameters.position(parameters.position() + Float.BYTES * count);
        return values;
    }
}
