package sluice.framework.predict;

import static sluice.framework.predict.internal.kernel.Arguments.checkArgument;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.framework.predict.internal.discriminant.OpinionPool;
import sluice.framework.predict.internal.discriminant.Posterior;
import sluice.framework.predict.internal.discriminant.RowFeatures;
import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.kernel.HeapMatrix;
import sluice.framework.predict.internal.kernel.OrderedProduct;

/** The model of {@code random-feature-lda}, which tells classes apart without being told the task. */
public final class SavedDiscriminant implements SavedModel {
    static final String KIND = "discriminant";

    private final int inputs;
    private final RowFeatures features;
    private final Scoring scoring;
    private final Outputs outputs;
    private final Optional<Subnetworks> subnetworks;
    private final Map<String, String> provenance;

    /**
     * From features to components.
     *
     * @param weights [components, features]
     * @param biases by component
     * @param posterior what components are outputs of
     * @param scale what scores are multiplied by, as calibrated
     */
    record Scoring(FloatMatrix weights, double[] biases, Posterior posterior, double scale) {}

    /**
     * What is answered.
     *
     * @param labels by output
     * @param names by output
     * @param threshold below which the answer is unknown
     */
    record Outputs(List<Integer> labels, List<String> names, double threshold) {}

    /**
     * What subnetworks of tasks say beside the discriminant.
     *
     * @param network a subnetwork per task
     * @param pool how both are mixed
     */
    record Subnetworks(SavedNetwork network, OpinionPool pool) {}

    SavedDiscriminant(
            int inputs,
            RowFeatures features,
            Scoring scoring,
            Outputs outputs,
            Optional<Subnetworks> subnetworks,
            Map<String, String> provenance) {
        this.inputs = inputs;
        this.features = features;
        this.scoring = scoring;
        this.outputs = outputs;
        this.subnetworks = subnetworks;
        this.provenance = Map.copyOf(provenance);
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public Map<String, String> provenance() {
        return provenance;
    }

    /** {@return what its outputs stand for, in the order of {@link #probabilities}: classes, or in the domain scenario positions in each task's classes} */
    public List<Integer> labels() {
        return outputs.labels();
    }

    /** {@return the same as the data call them; positions have no names} */
    public List<String> labelNames() {
        return outputs.names();
    }

    /** {@return probability below which the answer is {@link Answer#UNKNOWN}, in [0, 1]} */
    public double threshold() {
        return outputs.threshold();
    }

    /**
     * {@return the probability of each of {@link #labels}, per row; calibrated on held-out training examples}
     *
     * @param rows raw features [size][inputs], in the units of the training data
     * @throws IllegalArgumentException if a row has another number of features
     */
    public double[][] probabilities(float[][] rows) {
        for (float[] row : rows) {
            checkArgument(row.length == inputs, "the model takes %s features, a row has %s", inputs, row.length);
        }
        int components = scoring.biases().length;
        OrderedProduct product = new OrderedProduct();
        RowFeatures.Pass pass = features.begin();
        FloatMatrix ofRow = HeapMatrix.allocate(1, features.count());
        FloatMatrix standing = ofRow.view(features.count(), 1);
        FloatMatrix products = HeapMatrix.allocate(components, 1);
        float[] values = new float[components];
        double[] scores = new double[components];
        List<float[]> logits = logits(rows);
        double[][] probabilities = new double[rows.length][outputs.labels().size()];
        for (int r = 0; r < rows.length; r++) {
            pass.compute(rows[r], ofRow);
            product.multiply(scoring.weights(), standing, products, components, 1, features.count());
            products.get(0, 0, values, 0, components);
            for (int c = 0; c < components; c++) {
                scores[c] = values[c] + scoring.biases()[c];
            }
            double[] mixed = scoring.posterior().components(scores, 0, scoring.scale());
            for (int task = 0; task < logits.size(); task++) {
                int classes = logits.get(task).length / rows.length;
                subnetworks.orElseThrow().pool().mix(task, logits.get(task), r, classes, mixed);
            }
            scoring.posterior().sum(mixed, probabilities[r]);
        }
        return probabilities;
    }

    private List<float[]> logits(float[][] rows) {
        return subnetworks
                .map(with -> with.network().tasks().stream()
                        .map(task -> with.network().logits(task, rows))
                        .toList())
                .orElse(List.of());
    }

    /**
     * {@return an answer per row: the first of the likeliest classes, {@link Answer#UNKNOWN} where that is less likely than
     * the threshold}
     *
     * @param rows raw features [size][inputs], in the units of the training data
     * @throws IllegalArgumentException if a row has another number of features
     */
    public List<Answer> answers(float[][] rows) {
        List<Answer> answers = new ArrayList<>(rows.length);
        for (double[] probabilities : probabilities(rows)) {
            int best = 0;
            for (int output = 1; output < probabilities.length; output++) {
                best = probabilities[output] > probabilities[best] ? output : best;
            }
            double most = probabilities[best];
            boolean known = most > 0 && most >= threshold();
            answers.add(new Answer(known ? labelNames().get(best) : Answer.UNKNOWN, most, probabilities));
        }
        return answers;
    }
}
