package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.framework.loss.Softmax;
import sluice.framework.plain.NearestMeans;
import sluice.framework.plain.PlainAnswers;
import sluice.framework.plain.PlainModel;
import sluice.tasks.Examples;
import sluice.tasks.OutputMeaning;
import sluice.tasks.OutputRange;
import sluice.tasks.Printable;
import sluice.tasks.TargetScale;
import sluice.tasks.csv.TableEncoding;

/**
 * A plain network that a strategy taught.
 *
 * @param model the model
 * @param task that the examples are of, from 0; nothing where the scenario does not tell it
 */
record PlainPredictor(PlainModel model, OptionalInt task) implements Predictor {
    private ModelInputs inputs() {
        Optional<TableEncoding> encoding = task.isPresent() ? model.encoding(task.getAsInt()) : model.encoding();
        return ModelInputs.of(model.shape().input(), model.provenance(), encoding);
    }

    @Override
    public GivenExamples read(Path input, Optional<String> label) {
        ModelInputs inputs = inputs();
        GivenExamples rows = inputs.read(input, label);
        return task.isPresent()
                ? rows.with(inputs.permuted(rows.examples(), model.names().get(task.getAsInt())))
                : rows;
    }

    @Override
    public ImmutableList<String> remarks() {
        ImmutableList.Builder<String> remarks = ImmutableList.builder();
        if (inputs().settings().at("/split").has("rotated")) {
            remarks.add("tasks were learned from images at angles of their own (split.rotated): give the input so");
        }
        if (task.isEmpty() && model.encoding().isEmpty() && model.encoding(0).isPresent()) {
            remarks.add(
                    "each task's columns were standardised by scales of its own (data.standardise), and the model is not told the task: give numbers encoded likewise");
        }
        if (answersPositions()) {
            remarks.add("answers are positions in the classes of each task, as no two tasks share a class: "
                    + IntStream.range(0, model.tasks().size())
                            .mapToObj(t -> "task %s has %s"
                                    .formatted(
                                            Printable.of(model.names().get(t)),
                                            model.classNames(t).stream()
                                                    .map(Printable::of)
                                                    .collect(Collectors.joining(" "))))
                            .collect(Collectors.joining(", ")));
        }
        return remarks.build();
    }

    /** In scenario domain all tasks have one. */
    private Optional<TargetScale> scale() {
        return model.scale(task.orElse(0));
    }

    @Override
    public boolean predictsNumbers() {
        return scale().isPresent();
    }

    private OutputRange range() {
        return model.outputs().testing(task.orElse(0), model.tasks().size());
    }

    @Override
    public ImmutableList<String> classes() {
        if (predictsNumbers()) {
            return ImmutableList.of();
        }
        OutputRange range = range();
        return IntStream.range(range.from(), range.to()).mapToObj(this::name).collect(ImmutableList.toImmutableList());
    }

    @Override
    public boolean answersPositions() {
        return task.isEmpty() && !predictsNumbers() && model.outputs().meaning() == OutputMeaning.POSITION;
    }

    @Override
    public boolean hasProbabilities() {
        return !(model.answering() instanceof NearestMeans);
    }

    @Override
    public ImmutableMap<String, String> rightAnswers() {
        if (!answersPositions()) {
            return Predictor.super.rightAnswers();
        }
        ImmutableMap.Builder<String, String> answers = ImmutableMap.builder();
        for (int t = 0; t < model.tasks().size(); t++) {
            List<String> names = model.classNames(t);
            for (int position = 0; position < names.size(); position++) {
                answers.put(names.get(position), Integer.toString(position));
            }
        }
        return answers.buildKeepingLast();
    }

    @Override
    public ImmutableList<Answer> answers(Examples rows) {
        int asked = task.orElse(0);
        if (predictsNumbers()) {
            try (PlainAnswers network = new PlainAnswers(model)) {
                return Arrays.stream(network.numbers(rows, asked))
                        .mapToObj(Answer::ofNumber)
                        .collect(ImmutableList.toImmutableList());
            }
        }
        OutputRange range = range();
        ImmutableList<String> names = classes();
        int outputs = model.outputs().count();
        ImmutableList.Builder<Answer> answers = ImmutableList.builderWithExpectedSize(rows.size());
        try (PlainAnswers network = new PlainAnswers(model)) {
            float[] scores = network.scores(rows, asked);
            for (int row = 0; row < rows.size(); row++) {
                int start = row * outputs;
                int answer = range.largest(scores, start) - range.from();
                ImmutableDoubleArray probabilities =
                        ImmutableDoubleArray.copyOf(IntStream.range(range.from(), range.to())
                                .mapToDouble(o -> Softmax.probability(scores, start, range.from(), range.to(), o)));
                answers.add(
                        new Answer(names.get(answer), probabilities.get(answer), probabilities, OptionalLong.empty()));
            }
        }
        return answers.build();
    }

    private String name(int output) {
        if (answersPositions()) {
            return Integer.toString(output);
        }
        for (int t = 0; t < model.tasks().size(); t++) {
            for (int label = 0; label < model.tasks().get(t).classes().size(); label++) {
                if (model.outputs().output(t, label) == output) {
                    return model.classNames(t).get(label);
                }
            }
        }
        throw new IllegalStateException("no class has output " + output);
    }

    @Override
    public void close() {
        // what it asks is closed with each question
    }
}
