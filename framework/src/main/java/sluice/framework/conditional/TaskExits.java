package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Collections;
import java.util.Map;
import java.util.stream.IntStream;
import sluice.tasks.Examples;

/**
 * Exits of one task before its subnetwork: a small network of the task's own, each of whose heads answers what it is sure of; what none
 * is sure of goes on to the subnetwork, which is computed for nothing else. Frozen with the task. Made by {@link EarlyExits}; may be
 * asked by several threads at once.
 *
 * @param model the small network, every head of which is an exit
 * @param rules by the mean multiply-adds that they take on held-out examples, the subnetwork's among them; with a threshold per exit
 * @param budget mean multiply-adds that the task is tested within; {@link ExitTrainer#NO_BUDGET} for as many as held-out examples
 *     gain from
 */
public record TaskExits(ExitModel model, ImmutableSortedMap<Long, ExitRule> rules, long budget) {
    /** Checks that rules fit the exits. */
    public TaskExits {
        int exits = model.shape().exits();
        checkArgument(!rules.isEmpty(), "there is no rule");
        rules.values()
                .forEach(rule -> checkArgument(
                        rule.thresholds().size() == exits, "a rule has not %s thresholds, one per exit", exits));
        checkArgument(budget >= 1, "budget must be at least 1, got %s", budget);
    }

    /** What is beyond the last exit. */
    @FunctionalInterface
    public interface Subnetwork {
        /**
         * {@return what it says of examples, and what each takes}
         *
         * @param examples raw features
         */
        Said say(Examples examples);
    }

    /**
     * What a subnetwork says.
     *
     * @param logits [size, classes] of examples, row-major
     * @param multiplyAdds of each example
     */
    public record Said(float[] logits, long[] multiplyAdds) {}

    /** {@return multiply-adds that every example takes, to the first exit} */
    public long least() {
        return model.shape().multiplyAdds(0);
    }

    /**
     * {@return multiply-adds that a budget can be spent on at most}
     *
     * @param ofSubnetwork multiply-adds per example there
     */
    public long most(long ofSubnetwork) {
        ExitShape shape = model.shape();
        return Math.max(shape.multiplyAdds(shape.exits() - 1) + ofSubnetwork, rules.lastKey());
    }

    /** {@return the rule that the task is tested with} */
    public ExitRule rule() {
        return budget == ExitTrainer.NO_BUDGET ? rules.lastEntry().getValue() : within(budget);
    }

    /**
     * {@return the rule that spends the most of those that spend no more than that on average}
     *
     * @param limit multiply-adds per example, as they were on held-out examples; the cheapest rule where it is below all
     * @throws IllegalArgumentException if it is below the cost of the first exit
     */
    public ExitRule within(long limit) {
        checkArgument(
                limit >= least(),
                "a budget of %s multiply-adds is below the %s that every example takes to the first exit",
                limit,
                least());
        Map.Entry<Long, ExitRule> fitting = rules.floorEntry(limit);
        return fitting == null ? rules.firstEntry().getValue() : fitting.getValue();
    }

    /** {@return the rule by which every example goes on to the subnetwork} */
    public ExitRule noRule() {
        return new ExitRule(
                ImmutableList.copyOf(Collections.nCopies(model.shape().exits(), ExitRule.ALL_GO_ON)));
    }

    /**
     * {@return what is answered, at which exit, for what; that of the subnetwork comes after the others}
     *
     * @param examples raw features, as those of the task; labels are not looked at
     * @param rule when examples stop
     * @param subnetwork of the task
     */
    public ExitAnswers answer(Examples examples, ExitRule rule, Subnetwork subnetwork) {
        int last = model.shape().exits() - 1;
        int classes = model.shape().classes();
        ExitAnswers answers =
                model.answerOnce(examples, new ExitRule(rule.thresholds().subList(0, last)));
        int[] going = IntStream.range(0, examples.size())
                .filter(i -> answers.exits()[i] == last
                        && rule.goesOn(last, Margins.between(answers.probabilities(), i, classes)))
                .toArray();
        if (going.length > 0) {
            Examples rest = examples.select(going, label -> label);
            Said said = subnetwork.say(rest);
            float[] row = new float[classes];
            for (int k = 0; k < going.length; k++) {
                System.arraycopy(said.logits(), k * classes, row, 0, classes);
                Margins.softmax(row);
                System.arraycopy(row, 0, answers.probabilities(), going[k] * classes, classes);
                answers.classes()[going[k]] = Margins.largest(row);
                answers.exits()[going[k]] = last + 1;
                answers.multiplyAdds()[going[k]] += said.multiplyAdds()[k];
            }
        }
        return answers;
    }

    /** {@return weights and biases, those of gaters too} */
    public long parameters() {
        return new ExitCost(model.shape()).parameters();
    }
}
