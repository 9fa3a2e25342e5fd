package sluice.framework.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import sluice.framework.GatedNetwork;
import sluice.framework.ModelArchive;
import sluice.framework.discriminant.DiscriminantModel;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.Suggestion;

/** A saved model that answers: with the subnetwork of one task, or without the task. */
public sealed interface Predictor extends AutoCloseable {
    /**
     * What is said of an example.
     *
     * @param predicted a class of the task, or {@code unknown}
     * @param probability of the likeliest class, in [0, 1]: of a gated network by the softmax over the task's classes, which
     *     nothing calibrates; without the task calibrated
     */
    record Answer(String predicted, double probability) {}

    /**
     * @param run a run folder, or its model
     * @return whether the model predicts without the task
     * @throws InputException if there is no model, or it is damaged
     */
    static boolean needsNoTask(Path run) {
        return !ModelArchive.kind(model(run)).isEmpty();
    }

    /**
     * @param run a run folder, or its model
     * @return a predictor that need not know the task
     * @throws InputException if there is no such model, or it is damaged
     */
    static Predictor withoutTask(Path run) {
        return new Taskless(DiscriminantModel.load(model(run)));
    }

    /**
     * @param run a run folder, or its model
     * @param task that the examples are of
     * @return a predictor with the task's subnetwork; close it
     * @throws InputException if there is no such model, it is damaged, or has not learned the task
     */
    static Predictor ofTask(Path run, String task) {
        GatedNetwork network = GatedNetwork.load(model(run));
        if (!network.tasks().contains(task)) {
            network.close();
            throw new InputException("%s has not learned task %s: %s"
                    .formatted(run, Printable.quoted(task), Suggestion.of(task, network.tasks())));
        }
        return new OfTask(network, task);
    }

    /**
     * @param run a run folder, or its model, of a gated network
     * @return the names of the tasks that it has learned
     * @throws InputException if there is no such model, or it is damaged
     */
    static ImmutableList<String> tasks(Path run) {
        try (GatedNetwork network = GatedNetwork.load(model(run))) {
            return ImmutableList.copyOf(network.tasks());
        }
    }

    private static Path model(Path run) {
        if (!Files.isDirectory(run)) {
            return run;
        }
        Path model = run.resolve(RunFiles.MODEL);
        if (!Files.exists(model)) {
            throw new InputException("%s holds no %s: name the folder of a run with strategy gates, whose model is kept"
                    .formatted(run, RunFiles.MODEL));
        }
        return model;
    }

    /**
     * @return features that an example has
     */
    int features();

    /**
     * @return what must be known of the examples' features, if they are not those of the data: a line each
     */
    ImmutableList<String> remarks();

    /**
     * @param rows raw features, in the units of the training data; labels are not looked at
     * @return an answer per row
     */
    ImmutableList<Answer> answers(Examples rows);

    @Override
    void close();

    /**
     * A gated network and one of its tasks.
     *
     * @param network closed with this
     * @param task that it has learned
     */
    record OfTask(GatedNetwork network, String task) implements Predictor {
        @Override
        public int features() {
            return network.inputs();
        }

        @Override
        public ImmutableList<String> remarks() {
            JsonNode settings = settings(network.provenance());
            boolean mapped = settings.at("/split").has("permuted")
                    || settings.at("/split").has("rotated");
            return mapped
                    ? ImmutableList.of(
                            "task %s was learned from features in an order, or images at an angle, of its own (split): give the input so"
                                    .formatted(task))
                    : encoding(settings);
        }

        @Override
        public ImmutableList<Answer> answers(Examples rows) {
            List<Integer> classes = network.classes(task);
            float[] logits = network.logits(task, rows);
            ImmutableList.Builder<Answer> answers = ImmutableList.builderWithExpectedSize(rows.size());
            for (int row = 0; row < rows.size(); row++) {
                answers.add(answer(logits, row * classes.size(), classes));
            }
            return answers.build();
        }

        /** The first of the largest, as the network's own predictions have it. */
        private static Answer answer(float[] logits, int start, List<Integer> classes) {
            int best = 0;
            for (int c = 1; c < classes.size(); c++) {
                best = logits[start + c] > logits[start + best] ? c : best;
            }
            double sum = 0;
            for (int c = 0; c < classes.size(); c++) {
                sum += Math.exp((double) logits[start + c] - logits[start + best]);
            }
            return new Answer(classes.get(best).toString(), 1 / sum);
        }

        @Override
        public void close() {
            network.close();
        }
    }

    /**
     * A model that tells classes apart without the task.
     *
     * @param model the model
     */
    record Taskless(DiscriminantModel model) implements Predictor {
        private static final String UNKNOWN = "unknown";

        @Override
        public int features() {
            return model.inputs();
        }

        @Override
        public ImmutableList<String> remarks() {
            return encoding(settings(model.provenance()));
        }

        @Override
        public ImmutableList<Answer> answers(Examples rows) {
            float[][] values = new float[rows.size()][];
            for (int row = 0; row < values.length; row++) {
                values[row] = rows.row(row);
            }
            ImmutableList.Builder<Answer> answers = ImmutableList.builderWithExpectedSize(values.length);
            for (double[] probabilities : model.probabilities(values)) {
                int output = model.answer(probabilities);
                double most = 0;
                for (double probability : probabilities) {
                    most = Math.max(most, probability);
                }
                answers.add(new Answer(
                        output < 0 ? UNKNOWN : model.labels().get(output).toString(), most));
            }
            return answers.build();
        }

        @Override
        public void close() {}
    }

    /** The settings that a model was learned with, or nothing where it was made in Java. */
    private static JsonNode settings(Map<String, String> provenance) {
        try {
            return new ObjectMapper().readTree(provenance.getOrDefault("settings", "{}"));
        } catch (JsonProcessingException foreign) {
            return new ObjectMapper().createObjectNode();
        }
    }

    private static ImmutableList<String> encoding(JsonNode settings) {
        JsonNode data = settings.at("/data");
        boolean encoded = data.has("categorical")
                || data.has("missing")
                || !data.path("standardise").asText("none").equals("none");
        return encoded
                ? ImmutableList.of(
                        "the model was learned from a table whose columns its script encoded (standardise, categorical, missing): give numbers encoded likewise")
                : ImmutableList.of();
    }
}
