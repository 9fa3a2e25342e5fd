package sluice.framework.discriminant;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.network.ClassNames;
import sluice.framework.predict.internal.discriminant.Posterior;
import sluice.framework.result.TaskAgnosticModel;
import sluice.tasks.Examples;
import sluice.tasks.OutputMeaning;
import sluice.tasks.Scenario;
import sluice.tasks.Shape;
import sluice.tasks.csv.TableEncoding;

/**
 * Tells classes apart without being told the task. Immutable: any number of threads may ask it at once, and the bits of an answer
 * depend on none of them. A further task makes another model; whoever swaps one for the next may {@link #close} the former while it is
 * still asked.
 */
public final class DiscriminantModel implements TaskAgnosticModel, AutoCloseable {
    /** What the provenance calls the scenario. */
    static final String SCENARIO = "scenario";

    /** What the provenance calls what outputs stand for; earlier builds had labels in scenario class, else positions. */
    static final String OUTPUTS = "outputs";

    /** The label of an example whose class is less likely than the threshold. */
    public static final int UNKNOWN = -1;

    private final RandomFeatures features;
    private final Scoring scoring;
    private final ImmutableList<Integer> labels;
    private final double threshold;
    private final Optional<TaskSubnetworks> subnetworks;
    private final ImmutableSortedMap<String, String> provenance;

    /**
     * How features become probabilities.
     *
     * @param discriminant a score per component
     * @param posterior what components are outputs of
     * @param scale what scores are multiplied by, as calibrated
     */
    record Scoring(Discriminant discriminant, Posterior posterior, double scale) {}

    DiscriminantModel(
            RandomFeatures features,
            Scoring scoring,
            ImmutableList<Integer> labels,
            double threshold,
            Optional<TaskSubnetworks> subnetworks,
            Map<String, String> provenance) {
        checkArgument(
                features.count() == scoring.discriminant().features(), "features of one number and weights of another");
        checkArgument(scoring.posterior().outputs() == labels.size(), "outputs of one number and labels of another");
        this.features = features;
        this.scoring = scoring;
        this.labels = labels;
        this.threshold = threshold;
        this.subnetworks = subnetworks;
        this.provenance = ImmutableSortedMap.copyOf(provenance);
    }

    /**
     * {@return the model}
     *
     * @param file a model that {@link #save} wrote
     * @throws sluice.tasks.InputException if there is none, or it is damaged
     */
    public static DiscriminantModel load(Path file) {
        return DiscriminantFile.read(file);
    }

    @Override
    public void save(Path file) {
        DiscriminantFile.write(this, file);
    }

    @Override
    public DiscriminantModel annotated(String key, String value) {
        return new DiscriminantModel(
                features,
                scoring,
                labels,
                threshold,
                subnetworks,
                ImmutableSortedMap.<String, String>naturalOrder()
                        .putAll(provenance)
                        .put(key, value)
                        .build());
    }

    /**
     * {@return what its outputs stand for: classes, or in the domain scenario, where no two tasks share any, positions
     * in each task's classes; in the order of {@link #probabilities}}
     */
    public ImmutableList<Integer> labels() {
        return labels;
    }

    /**
     * {@return how rows of tables became the inputs that it was learned from, if they were rows of tables and the same
     * for all tasks}
     */
    public Optional<TableEncoding> encoding() {
        return Optional.ofNullable(provenance.get(TableEncoding.KEY)).map(TableEncoding::parse);
    }

    /** {@return {@link #labels} as the data call them; positions have no names} */
    public ImmutableList<String> labelNames() {
        Optional<ImmutableList<String>> stored = storedNames();
        if (isOfClasses() && stored.isPresent()) {
            return stored.get();
        }
        Optional<TableEncoding> names = isOfClasses() ? encoding() : Optional.empty(); // of earlier builds
        return labels.stream()
                .map(label -> names.map(table -> table.className(label)).orElse(label.toString()))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * {@return where outputs are positions, the classes that have each, as the data call them; empty where outputs are
     * classes, and of models of earlier builds}
     */
    public Optional<ImmutableList<String>> classesOfPositions() {
        return isOfClasses() ? Optional.empty() : storedNames();
    }

    private Optional<ImmutableList<String>> storedNames() {
        return Optional.ofNullable(provenance.get(ClassNames.KEY)).map(names -> ClassNames.parse(names, labels.size()));
    }

    /** {@return whether outputs are classes, not positions in each task's classes} */
    public boolean isOfClasses() {
        String outputs = provenance.get(OUTPUTS);
        return outputs == null
                ? Scenario.CLASS.name().equals(provenance.get(SCENARIO))
                : outputs.equals(OutputMeaning.LABEL.name());
    }

    /** {@return probability below which an example is {@link #UNKNOWN}, in [0, 1]} */
    public double threshold() {
        return threshold;
    }

    /**
     * {@return the same model with it}
     *
     * @param other a threshold, in [0, 1]
     */
    public DiscriminantModel withThreshold(double other) {
        checkArgument(other >= 0 && other <= 1, "threshold must be in [0, 1], got %s", other);
        return new DiscriminantModel(features, scoring, labels, other, subnetworks, provenance);
    }

    /** {@return multiply-adds of predicting one example} */
    public long multiplyAdds() {
        return features.multiplyAdds()
                + (long) features.count() * scoring.discriminant().components()
                + subnetworks.map(TaskSubnetworks::multiplyAdds).orElse(0L);
    }

    /**
     * {@return a label per row, {@link #UNKNOWN} where no class is as likely as the threshold}
     *
     * @param rows raw features [size][inputs]
     */
    public int[] predict(float[][] rows) {
        double[][] probabilities = probabilities(rows);
        int[] predicted = new int[rows.length];
        for (int r = 0; r < rows.length; r++) {
            int output = answer(probabilities[r]);
            predicted[r] = output < 0 ? UNKNOWN : labels.get(output);
        }
        return predicted;
    }

    /**
     * {@return the probability of each of {@link #labels}, per row; calibrated on held-out training examples}
     *
     * @param rows raw features [size][inputs]
     */
    public double[][] probabilities(float[][] rows) {
        try (Lanes lanes = Lanes.start(Lanes.defaultCount())) {
            Examples examples = Examples.of(rows, new int[rows.length]);
            double[][] probabilities = new double[rows.length][labels.size()];
            forEach(
                    examples,
                    lanes,
                    (example, ofOutputs) -> System.arraycopy(ofOutputs, 0, probabilities[example], 0, labels.size()));
            return probabilities;
        }
    }

    /** {@return what an example is: an image where features are filters over images, else features in no arrangement} */
    public Shape shape() {
        return features instanceof LocalFilters filters ? filters.image().simplest() : new Shape.Vector(inputs());
    }

    /** {@return features per example} */
    public int inputs() {
        return features.inputs();
    }

    /**
     * What the model answers.
     *
     * @param probabilities of each of {@link #labels}
     * @return the position of the likeliest, or -1 where it is less likely than the threshold or no class is known
     */
    public int answer(double[] probabilities) {
        int best = likeliest(probabilities);
        return probabilities[best] > 0 && probabilities[best] >= threshold ? best : -1;
    }

    /** The likeliest output, the first of equals. */
    static int likeliest(double[] probabilities) {
        int best = 0;
        for (int o = 1; o < probabilities.length; o++) {
            best = probabilities[o] > probabilities[best] ? o : best;
        }
        return best;
    }

    /** What is done with the answer to an example. */
    interface Consumer {
        /**
         * @param example its position
         * @param probabilities by output, overwritten for the next example
         */
        void take(int example, double[] probabilities);
    }

    /** Answers all examples, one by one. */
    void forEach(Examples examples, Lanes lanes, Consumer consumer) {
        checkArgument(
                examples.features() == features.inputs(),
                "the model takes %s features, the examples have %s",
                features.inputs(),
                examples.features());
        int[] all = IntStream.range(0, examples.size()).toArray();
        double[] probabilities = new double[labels.size()];
        try (FeatureStream stream = new FeatureStream(features, lanes, FeatureUse.ANSWERS);
                DiscriminantScores scores = new DiscriminantScores(scoring.discriminant())) {
            stream.forEach(examples, all, (chunk, first, count) -> {
                double[] ofChunk = scores.of(chunk, count);
                Optional<float[][]> logits = subnetworks.map(ofTasks -> ofTasks.logits(
                        examples.select(Arrays.copyOfRange(all, first, first + count), label -> label), lanes));
                for (int e = 0; e < count; e++) {
                    double[] components = scoring.posterior().components(ofChunk, e, scoring.scale());
                    if (logits.isPresent()) {
                        subnetworks.orElseThrow().mix(logits.get(), e, components);
                    }
                    scoring.posterior().sum(components, probabilities);
                    consumer.take(first + e, probabilities);
                }
            });
        }
    }

    /**
     * Frees the memory that predictions by subnetworks took outside the heap. The model stays usable: the next prediction
     * takes it again.
     */
    @Override
    public void close() {
        subnetworks.ifPresent(ofTasks -> ofTasks.network().close());
    }

    Optional<TaskSubnetworks> subnetworks() {
        return subnetworks;
    }

    RandomFeatures features() {
        return features;
    }

    Scoring scoring() {
        return scoring;
    }

    /** {@return where it comes from: settings, versions} */
    public ImmutableSortedMap<String, String> provenance() {
        return provenance;
    }
}
