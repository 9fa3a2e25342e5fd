package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.framework.conditional.ExitRule;
import sluice.framework.conditional.TaskExits;
import sluice.framework.layer.Layer;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkExits;
import sluice.framework.network.TaskProvenance;
import sluice.framework.predict.internal.layer.Softmax;
import sluice.tasks.Examples;
import sluice.tasks.TargetScale;

/**
 * A gated network and one of its tasks.
 *
 * @param network closed with this
 * @param task that it has learned
 * @param rule when examples stop before its subnetwork; empty where it has no exits
 */
record GatedPredictor(GatedNetwork network, String task, Optional<ExitRule> rule) implements Predictor {
    /** Within a budget; where none is given, within that which the task was learned with. */
    static GatedPredictor within(GatedNetwork network, String task, OptionalLong budget) {
        Optional<TaskExits> exits = NetworkExits.of(network, task).map(NetworkExits::exits);
        return new GatedPredictor(network, task, exits.map(with -> rule(with, network.multiplyAdds(task), budget)));
    }

    private static ExitRule rule(TaskExits exits, long ofSubnetwork, OptionalLong budget) {
        if (budget.isEmpty()) {
            return exits.rule();
        }
        long most = exits.most(ofSubnetwork);
        if (budget.getAsLong() < exits.least()) {
            throw ExitPredictor.tooLittle(budget.getAsLong(), exits.least());
        }
        if (budget.getAsLong() > most) {
            throw ExitPredictor.tooMuch(budget.getAsLong(), most);
        }
        return exits.within(budget.getAsLong());
    }

    private ModelInputs inputs() {
        Layer lowest = network.parts().layers().get(0);
        return ModelInputs.of(lowest.connection().input(lowest.below()), network.provenance(), network.encoding(task));
    }

    @Override
    public GivenExamples read(Path input, Optional<String> label) {
        ModelInputs inputs = inputs();
        GivenExamples rows = inputs.read(input, label);
        return rows.with(inputs.permuted(rows.examples(), task));
    }

    @Override
    public ImmutableList<String> remarks() {
        return inputs().settings().at("/split").has("rotated")
                ? ImmutableList.of(
                        "task %s was learned from images at an angle of its own (split.rotated): give the input so"
                                .formatted(task))
                : ImmutableList.of();
    }

    private Optional<TargetScale> scale() {
        return TaskProvenance.scale(network.provenance(), task);
    }

    @Override
    public boolean predictsNumbers() {
        return scale().isPresent();
    }

    @Override
    public ImmutableList<String> classes() {
        return predictsNumbers() ? ImmutableList.of() : ImmutableList.copyOf(network.classNames(task));
    }

    @Override
    public ImmutableList<Answer> answers(Examples rows) {
        if (predictsNumbers()) {
            TargetScale scale = scale().orElseThrow();
            return Arrays.stream(scale.numbers(network.logits(task, rows)))
                    .mapToObj(Answer::ofNumber)
                    .collect(ImmutableList.toImmutableList());
        }
        List<String> classes = network.classNames(task);
        if (rule.isPresent()) {
            return ExitPredictor.answers(
                    NetworkExits.of(network, task).orElseThrow().answer(rows, rule.get()), classes);
        }
        boolean varies = network.parts().state(task).gaters().isPresent();
        TaskExits.Said said = NetworkExits.subnetwork(network, task).say(rows);

        ImmutableList.Builder<Answer> answers = ImmutableList.builderWithExpectedSize(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            OptionalLong multiplyAdds = varies ? OptionalLong.of(said.multiplyAdds()[row]) : OptionalLong.empty();
            answers.add(answer(said.logits(), row * classes.size(), classes, multiplyAdds));
        }
        return answers.build();
    }

    /** The first of the largest, as the network's own predictions have it. */
    private static Answer answer(float[] logits, int start, List<String> classes, OptionalLong multiplyAdds) {
        int best = Softmax.largest(logits, start, classes.size());
        double[] probabilities = Softmax.probabilities(logits, start, classes.size());
        return new Answer(
                classes.get(best), probabilities[best], ImmutableDoubleArray.copyOf(probabilities), multiplyAdds);
    }

    @Override
    public void close() {
        network.close();
    }
}
