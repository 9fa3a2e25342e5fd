package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import sluice.framework.discriminant.DiscriminantModel;
import sluice.tasks.Examples;
import sluice.tasks.csv.TableRows;

/**
 * A model that tells classes apart without the task.
 *
 * @param model the model
 */
record DiscriminantPredictor(DiscriminantModel model) implements Predictor {
    private static final String UNKNOWN = "unknown";

    private ModelInputs inputs() {
        return ModelInputs.of(model.inputs(), model.provenance(), model.encoding());
    }

    @Override
    public TableRows read(Path input) {
        return inputs().read(input);
    }

    @Override
    public ImmutableList<String> remarks() {
        ModelInputs inputs = inputs();
        boolean ownScales = inputs.settings().at("/data/standardise").asText().equals("per-task");
        return ownScales && inputs.encoding().isEmpty()
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
        ImmutableList<String> labels = model.labelNames();
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
    public void close() {
        model.close();
    }
}
