package sluice.framework.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import sluice.framework.discriminant.DiscriminantModel;
import sluice.tasks.Examples;
import sluice.tasks.csv.TableEncoding;

/**
 * A model that tells classes apart without the task.
 *
 * @param model the model
 */
record DiscriminantPredictor(DiscriminantModel model) implements Predictor {
    private static final String UNKNOWN = "unknown";

    @Override
    public int features() {
        return model.inputs();
    }

    @Override
    public JsonNode settings() {
        return Predictor.settings(model.provenance());
    }

    @Override
    public Optional<TableEncoding> encoding() {
        return Optional.ofNullable(model.provenance().get(TABLE)).map(TableEncoding::parse);
    }

    @Override
    public ImmutableList<String> remarks() {
        boolean ownScales = settings().at("/data/standardise").asText().equals("per-task");
        return ownScales && encoding().isEmpty()
                ? ImmutableList.of(
                        "each task's columns were standardised by scales of its own (data.standardise), and the model is not told the task: give numbers encoded likewise")
                : ImmutableList.of();
    }

    @Override
    public ImmutableList<Answer> answers(Examples rows) {
        float[][] values = new float[rows.size()][];
        for (int row = 0; row < values.length; row++) {
            values[row] = rows.row(row);
        }
        // in the domain scenario labels are positions in each task's classes, which have no names
        Optional<TableEncoding> names =
                settings().path("scenario").asText().equals("class") ? encoding() : Optional.empty();
        List<String> labels = model.labels().stream()
                .map(label -> names.map(table -> table.className(label)).orElse(label.toString()))
                .toList();
        ImmutableList.Builder<Answer> answers = ImmutableList.builderWithExpectedSize(values.length);
        for (double[] probabilities : model.probabilities(values)) {
            int output = model.answer(probabilities);
            double most = 0;
            for (double probability : probabilities) {
                most = Math.max(most, probability);
            }
            answers.add(new Answer(output < 0 ? UNKNOWN : labels.get(output), most));
        }
        return answers.build();
    }

    @Override
    public void close() {}
}
