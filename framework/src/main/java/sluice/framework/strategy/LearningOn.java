package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.network.NetworkCost;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * A strategy whose network an earlier run taught, and that learns more tasks with all that it remembers. Where tasks have the same outputs
 * (in scenario domain with classes that are known), with the bits of one run that learns all; where they bring outputs, those have weights
 * of their own to begin with, as initial weights depend on how many outputs there are.
 *
 * @param strategy by which it was taught
 * @param prior what it has learned
 */
public record LearningOn(PlainStrategy strategy, PriorLearner prior) implements Strategy {
    @Override
    public String name() {
        return strategy.name();
    }

    @Override
    public ImmutableSet<Scenario> scenarios() {
        return strategy.scenarios();
    }

    @Override
    public StrategyTraits traits() {
        return strategy.traits();
    }

    @Override
    public Object settings() {
        return strategy.settings();
    }

    @Override
    public long stepExamples(TaskSequence sequence, int batchSize) {
        return strategy.stepExamples(sequence, batchSize);
    }

    @Override
    public Optional<String> surprise(Scenario scenario) {
        return strategy.surprise(scenario);
    }

    @Override
    public ImmutableList<Remark> surprises(TaskSequence sequence, Setup setup) {
        return strategy.surprises(sequence, setup);
    }

    @Override
    public OptionalLong memoryBytes(NetworkCost network, int tasks) {
        return strategy.memoryBytes(network, prior.tasks() + tasks);
    }

    @Override
    public void check(TaskSequence sequence) {
        strategy.check(withEarlier(sequence));
    }

    @Override
    public TaskSequence withEarlier(TaskSequence sequence) {
        return prior.described().before(sequence, ImmutableList.of());
    }

    @Override
    public Optional<PriorRun> goesOn() {
        return Optional.of(prior);
    }

    @Override
    public LearningOn asking(EarlierTasks tasks) {
        return new LearningOn(strategy, prior.asking(tasks));
    }

    @Override
    public TaskSequence next(TaskSequence sequence, Setup setup) {
        return prior.next(sequence, new NamedSettings(strategy.name(), strategy.settings()), setup);
    }

    @Override
    public TrainingResult learn(TaskSequence sequence, Setup setup, TrainingListener listener) {
        return learn(sequence, setup, listener, Checkpoints.NONE);
    }

    @Override
    public boolean keepsCheckpoints(TaskSequence sequence) {
        return strategy.keepsCheckpoints(sequence);
    }

    @Override
    public TrainingResult learn(
            TaskSequence sequence, Setup setup, TrainingListener listener, Checkpoints checkpoints) {
        boolean fits = sequence.checksums().containsKey(PriorRun.CHECKSUM);
        TaskSequence next = fits ? sequence : next(sequence, setup);
        return PlainRun.train(strategy, next, setup, Optional.of(prior), listener, checkpoints);
    }
}
