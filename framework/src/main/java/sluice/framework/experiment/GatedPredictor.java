package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import sluice.framework.network.GatedNetwork;
import sluice.tasks.Examples;
import sluice.tasks.csv.TableRows;

/**
 * A gated network and one of its tasks.
 *
 * @param network closed with this
 * @param task that it has learned
 */
record GatedPredictor(GatedNetwork network, String task) implements Predictor {
    private ModelInputs inputs() {
        return ModelInputs.of(network.inputs(), network.provenance(), network.encoding(task));
    }

    @Override
    public TableRows read(Path input) {
        ModelInputs inputs = inputs();
        TableRows rows = inputs.read(input);
        return new TableRows(inputs.permuted(rows.examples(), task), rows.notes(), rows.refused());
    }

    @Override
    public ImmutableList<String> remarks() {
        return inputs().settings().at("/split").has("rotated")
                ? ImmutableList.of(
                        "task %s was learned from images at an angle of its own (split.rotated): give the input so"
                                .formatted(task))
                : ImmutableList.of();
    }

    @Override
    public ImmutableList<Answer> answers(Examples rows) {
        List<String> classes = network.classNames(task);
        float[] logits = network.logits(task, rows);
        ImmutableList.Builder<Answer> answers = ImmutableList.builderWithExpectedSize(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            answers.add(answer(logits, row * classes.size(), classes));
        }
        return answers.build();
    }

    /** The first of the largest, as the network's own predictions have it. */
    private static Answer answer(float[] logits, int start, List<String> classes) {
        int best = 0;
        for (int c = 1; c < classes.size(); c++) {
            best = logits[start + c] > logits[start + best] ? c : best;
        }
        double sum = 0;
        for (int c = 0; c < classes.size(); c++) {
            sum += Math.exp((double) logits[start + c] - logits[start + best]);
        }
        return new Answer(classes.get(best), 1 / sum, OptionalLong.empty());
    }

    @Override
    public void close() {
        network.close();
    }
}
