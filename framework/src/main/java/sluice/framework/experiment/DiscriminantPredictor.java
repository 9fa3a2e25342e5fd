package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.framework.discriminant.DiscriminantModel;
import sluice.tasks.DomainOutputs;
import sluice.tasks.Examples;
import sluice.tasks.Printable;

/**
 * A model that tells classes apart without the task.
 *
 * @param model the model
 */
record DiscriminantPredictor(DiscriminantModel model) implements Predictor {
    private static final String UNKNOWN = "unknown";

    private ModelInputs inputs() {
        return ModelInputs.of(model.shape(), model.provenance(), model.encoding());
    }

    @Override
    public GivenExamples read(Path input, Optional<String> label) {
        return inputs().read(input, label);
    }

    @Override
    public ImmutableList<String> remarks() {
        return ImmutableList.<String>builder()
                .addAll(scales())
                .addAll(positions())
                .build();
    }

    private ImmutableList<String> positions() {
        return model
                .classesOfPositions()
                .map(names -> "answers are positions in the classes of each task, as no two tasks share a class: %s"
                        .formatted(IntStream.range(0, names.size())
                                .mapToObj(output -> output + " is " + Printable.of(names.get(output)))
                                .collect(Collectors.joining(", "))))
                .stream()
                .collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<String> scales() {
        ModelInputs inputs = inputs();
        boolean ownScales = inputs.settings().at("/data/standardise").asText().equals("per-task");
        return ownScales && inputs.encoding().isEmpty()
                ? ImmutableList.of(
                        "each task's columns were standardised by scales of its own (data.standardise), and the model is not told the task: give numbers encoded likewise")
                : ImmutableList.of();
    }

    @Override
    public ImmutableList<String> classes() {
        return model.labelNames();
    }

    @Override
    public boolean answersPositions() {
        return !model.isOfClasses();
    }

    /** Positions that classes share go by all of their names, as is said of them. */
    @Override
    public ImmutableMap<String, String> rightAnswers() {
        Optional<ImmutableList<String>> names = model.classesOfPositions();
        if (names.isEmpty()) {
            return Predictor.super.rightAnswers();
        }
        ImmutableMap.Builder<String, String> answers = ImmutableMap.builder();
        for (int position = 0; position < names.get().size(); position++) {
            for (String name : DomainOutputs.classes(names.get().get(position))) {
                answers.put(name, classes().get(position));
            }
        }
        return answers.buildKeepingLast();
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
            answers.add(new Answer(
                    output < 0 ? UNKNOWN : labels.get(output),
                    most,
                    ImmutableDoubleArray.copyOf(probabilities),
                    OptionalLong.empty()));
        }
        return answers.build();
    }

    @Override
    public void close() {
        model.close();
    }
}
