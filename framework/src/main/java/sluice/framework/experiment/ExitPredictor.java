package sluice.framework.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import sluice.framework.conditional.ExitAnswers;
import sluice.framework.conditional.ExitModel;
import sluice.framework.conditional.ExitRule;
import sluice.framework.conditional.ExitShape;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.csv.TableEncoding;

/**
 * A network with exits, asked to spend no more than so much.
 *
 * @param model the model
 * @param rule when examples stop
 */
record ExitPredictor(ExitModel model, ExitRule rule) implements Predictor {
    /** Within a budget; where none is given, within that which the model was tested with, or through the whole network. */
    static ExitPredictor within(ExitModel model, OptionalLong budget) {
        if (budget.isEmpty()) {
            long tested = settings(model).at("/network/budget").asLong(0);
            return new ExitPredictor(
                    model, tested >= model.shape().multiplyAdds(0) ? model.within(tested) : model.noRule());
        }
        ExitShape shape = model.shape();
        long least = shape.multiplyAdds(0);
        long most =
                Math.max(shape.multiplyAdds(shape.exits() - 1), model.rules().lastKey());
        if (budget.getAsLong() < least) {
            throw tooLittle(budget.getAsLong(), least);
        }
        if (budget.getAsLong() > most) {
            throw tooMuch(budget.getAsLong(), most);
        }
        return new ExitPredictor(model, model.within(budget.getAsLong()));
    }

    static InputException tooLittle(long budget, long least) {
        return new InputException(
                "--budget: %,d multiply-adds are below the %,d that every example takes to the first exit: allow more"
                        .formatted(budget, least));
    }

    static InputException tooMuch(long budget, long most) {
        return new InputException(
                "--budget: %,d multiply-adds are more than the %,d of the whole network: allow fewer, or remove the option"
                        .formatted(budget, most));
    }

    @Override
    public GivenExamples read(Path input, Optional<String> label) {
        return inputs(model).read(input, label);
    }

    private static ModelInputs inputs(ExitModel model) {
        return ModelInputs.of(
                model.shape().input(),
                model.provenance(),
                Optional.ofNullable(model.provenance().get(TableEncoding.KEY)).map(TableEncoding::parse));
    }

    private static JsonNode settings(ExitModel model) {
        return inputs(model).settings();
    }

    @Override
    public ImmutableList<String> remarks() {
        return settings(model).at("/split").has("rotated")
                ? ImmutableList.of(
                        "the model was learned from images at an angle of its own (split.rotated): give the input so")
                : ImmutableList.of();
    }

    @Override
    public ImmutableList<String> classes() {
        return ImmutableList.copyOf(model.classNames());
    }

    @Override
    public ImmutableList<Answer> answers(Examples rows) {
        return answers(model.answer(rows, rule), model.classNames());
    }

    /** What was answered, by the names of the classes. */
    static ImmutableList<Answer> answers(ExitAnswers answered, List<String> classes) {
        int rows = answered.classes().length;
        ImmutableList.Builder<Answer> answers = ImmutableList.builderWithExpectedSize(rows);
        for (int row = 0; row < rows; row++) {
            int answer = answered.classes()[row];
            int start = row * classes.size();
            ImmutableDoubleArray probabilities = ImmutableDoubleArray.copyOf(
                    IntStream.range(start, start + classes.size()).mapToDouble(o -> answered.probabilities()[o]));
            answers.add(new Answer(
                    classes.get(answer),
                    probabilities.get(answer),
                    probabilities,
                    OptionalLong.of(answered.multiplyAdds()[row])));
        }
        return answers.build();
    }

    @Override
    public void close() {
        // holds nothing
    }
}
