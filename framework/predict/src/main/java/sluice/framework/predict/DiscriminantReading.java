package sluice.framework.predict;

import static sluice.framework.predict.internal.kernel.Arguments.checkArgument;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.framework.predict.file.Description;
import sluice.framework.predict.file.StoredModel;
import sluice.framework.predict.internal.discriminant.OpinionPool;
import sluice.framework.predict.internal.discriminant.Posterior;
import sluice.framework.predict.internal.discriminant.RowFeatures;
import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.kernel.HeapMatrix;
import sluice.framework.predict.internal.kernel.LocalFilterPass;
import sluice.framework.predict.internal.kernel.OrderedFilters;

/**
 * Reads discriminants: {@code parameters.bin} holds the random features' own numbers (filters; or means, scales, weights and
 * biases), then the weights of the discriminant, all as floats; then, as doubles, its biases. Sizes are added up from the
 * description, and compared to the file's, before anything is allocated.
 */
final class DiscriminantReading {
    private static final int SEALED = 4;

    private final Description description;
    private final int inputs;
    private final int features;
    private final int groups;
    private final int height;
    private final int width;
    private final List<Integer> labels;
    private final List<Integer> outputOfComponent;

    private DiscriminantReading(Description description) {
        this.description = description;
        this.inputs = description.get("inputs").integer();
        this.features = description.get("features").integer();
        this.groups = description.get("groups").integer();
        this.height = description.get("height").integer();
        this.width = description.get("width").integer();
        this.labels = description.get("labels").integers();
        this.outputOfComponent = description.get("outputOfComponent").integers();
        checkArgument(inputs > 0 && features > 0 && groups > 0, "it has no inputs or features");
        checkArgument(!labels.isEmpty() && !outputOfComponent.isEmpty(), "it has no labels or components");
        checkArgument(
                outputOfComponent.stream().allMatch(output -> output >= 0 && output < labels.size()),
                "a component has an output of none of %s labels",
                labels.size());
        if (isOfImages()) {
            checkArgument(
                    height >= LocalFilterPass.KERNEL
                            && width >= LocalFilterPass.KERNEL
                            && (long) height * width <= inputs
                            && inputs % ((long) height * width) == 0
                            && features == (long) LocalFilterPass.PER_FILTER * groups,
                    "images of %s x %s have not %s inputs and %s features",
                    height,
                    width,
                    inputs,
                    features);
        }
    }

    static SavedDiscriminant read(StoredModel model, Description description, Optional<StoredModel> second)
            throws IOException {
        model.checkFormat(description.find("format").map(Description::integer).orElse(1), 1, SEALED);
        DiscriminantReading reading = new DiscriminantReading(description);
        byte[] parameters = model.parameters(
                reading.bytes(), description.get("parametersSha256").text());
        Optional<SavedNetwork> network = Optional.empty();
        if (second.isPresent()) {
            network = Optional.of(NetworkFile.read(
                    second.get(), Description.parse(second.get().description())));
        }
        return reading.model(ByteBuffer.wrap(parameters), network);
    }

    private boolean isOfImages() {
        return height != 0 || width != 0;
    }

    private int channels() {
        return inputs / (height * width);
    }

    private int taps() {
        return LocalFilterPass.TAPS * channels();
    }

    private long bytes() {
        long components = outputOfComponent.size();
        long ofFeatures =
                isOfImages() ? (long) groups * taps() : 2L * inputs + Math.multiplyExact((long) features, inputs + 1L);
        long floats = Math.addExact(ofFeatures, Math.multiplyExact(components, (long) features));
        return Math.addExact(Math.multiplyExact(floats, (long) Float.BYTES), Double.BYTES * components);
    }

    private SavedDiscriminant model(ByteBuffer parameters, Optional<SavedNetwork> network) throws IOException {
        RowFeatures random = features(parameters);
        int components = outputOfComponent.size();
        FloatMatrix weights = matrix(parameters, components, features);
        double[] biases = new double[components];
        for (int c = 0; c < components; c++) {
            biases[c] = parameters.getDouble();
        }
        Posterior posterior = new Posterior(
                outputOfComponent.stream().mapToInt(output -> output).toArray(), labels.size());
        Map<String, String> provenance = description.get("provenance").texts();
        checkArgument(
                network.isPresent() == description.find("subnetworks").isPresent(), "its subnetworks are missing");
        return new SavedDiscriminant(
                inputs,
                random,
                new SavedDiscriminant.Scoring(
                        weights, biases, posterior, description.get("scale").number()),
                new SavedDiscriminant.Outputs(
                        labels, names(provenance), description.get("threshold").number()),
                network.map(with -> new SavedDiscriminant.Subnetworks(with, pool(with))),
                provenance);
    }

    private RowFeatures features(ByteBuffer parameters) {
        if (isOfImages()) {
            float[] filters = NetworkFile.take(parameters, groups * taps());
            return new RowFeatures.Filters(channels(), height, width, OrderedFilters.blocks(filters, taps()), groups);
        }
        float[] means = NetworkFile.take(parameters, inputs);
        float[] scales = NetworkFile.take(parameters, inputs);
        FloatMatrix weights = matrix(parameters, features, inputs);
        return new RowFeatures.Vectors(means, scales, weights, NetworkFile.take(parameters, features));
    }

    private static FloatMatrix matrix(ByteBuffer parameters, int rows, int columns) {
        FloatMatrix matrix = HeapMatrix.allocate(rows, columns);
        matrix.put(0, 0, NetworkFile.take(parameters, Math.multiplyExact(rows, columns)), 0, rows * columns);
        return matrix;
    }

    /** Where outputs are positions in each task's classes, names are of something else. */
    private List<String> names(Map<String, String> provenance) throws IOException {
        String outputs = provenance.get("outputs");
        boolean classes = outputs == null ? "CLASS".equals(provenance.get("scenario")) : outputs.equals("LABEL");
        return ClassesByName.of(classes ? provenance : Map.of(), "", labels);
    }

    private OpinionPool pool(SavedNetwork network) {
        Description subnetworks = description.get("subnetworks");
        int[] tasks = places(subnetworks.get("tasks"));
        int[] classes = places(subnetworks.get("classes"));
        List<String> names = network.tasks();
        for (int c = 0; c < tasks.length; c++) {
            checkArgument(
                    tasks[c] >= 0
                            && tasks[c] < names.size()
                            && classes[c] >= 0
                            && classes[c] < network.classes(names.get(tasks[c])).size(),
                    "subnetworks have no class %s of task %s",
                    classes[c],
                    tasks[c]);
        }
        double weight = subnetworks.get("weight").number();
        checkArgument(weight > 0 && weight <= 1, "subnetworks have a weight of %s", weight);
        return new OpinionPool(weight, tasks, classes);
    }

    private int[] places(Description places) {
        List<Integer> all = places.integers();
        checkArgument(all.size() == outputOfComponent.size(), "places of subnetworks are missing");
        return all.stream().mapToInt(place -> place).toArray();
    }
}
