package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.OptionalInt;
import sluice.framework.account.LayerAccount;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.plain.Batch;
import sluice.framework.result.InterimModel;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.ValidationScore;
import sluice.gating.Progress;

/** A phase of a {@link PlainRun}: feeds a learner mini-batches, and keeps the account of its work. */
final class PlainTaskRun implements TaskRun {
    private final PlainRun run;
    private final PlainTraining training;
    private final TaskLearner learner;
    private final Phase phase;
    private final LearnedTask learned;
    private final TrainingPlan plan;
    private final InterimNetwork interim;
    private Progress[] epoch = {Progress.START};
    private long examples;
    /** All that was learned before, where the task may be rolled back. */
    private Optional<Snapshot> before = Optional.empty();

    private ImmutableList<LayerAccount> account = ImmutableList.of();

    PlainTaskRun(PlainRun run, Phase phase, LearnedTask learned) {
        this.run = run;
        this.phase = phase;
        this.training = run.training;
        this.learner = run.learner;
        this.learned = learned;
        this.plan = TrainingPlan.ofSteps(learned.steps(), learned.stepsPerPass());
        this.interim = new InterimNetwork(learner, training, run.first, run.asked.interim(learned.index() + 1));
    }

    @Override
    public String task() {
        return run.sequence.tasks().get(learned.index()).name();
    }

    @Override
    public int position() {
        return learned.index() + 1 - run.first;
    }

    @Override
    public TrainingPlan plan() {
        return plan;
    }

    @Override
    public void start() {
        before = run.keptBefore();
        training.begin(learned.index());
        learner.begin(learned);
    }

    @Override
    public Optional<InterimModel> interim() {
        return run.isAskedBetweenSteps() ? Optional.of(interim) : Optional.empty();
    }

    @Override
    public void beginEpoch(int number) {
        epoch = plan.progress(number);
    }

    @Override
    public double step(int index) {
        Batch next = learned.next(run.shuffling);
        examples += next.size();
        training.beginStep(epoch[index]);
        interim.moved();
        return learner.step(next);
    }

    @Override
    public boolean keepsState() {
        return learner.keepsState();
    }

    @Override
    public void state(State state) {
        training.state(state.part("training"));
        learner.state(state.part("learner"));
        learned.state(state.part("examples"));
        state.random("shuffling", run.shuffling);
        examples = state.count("seen", examples);
        interim.state(state.part("interim"));
    }

    @Override
    public OptionalInt patience() {
        return run.patience();
    }

    @Override
    public ValidationScore validate() {
        return interim.asked(() -> run.validate(phase));
    }

    @Override
    public void backTo(int pass, Snapshot then) {
        Snapshot work = Snapshot.of(interim::state);
        long seen = examples;
        then.restore(this::state);
        work.restore(interim::state);
        examples = seen;
        interim.moved();
    }

    @Override
    public void continueEpoch(int number, int steps) {
        beginEpoch(number);
    }

    @Override
    public void rollBack() {
        run.backTo(before);
    }

    @Override
    public double accuracy() {
        return training.accuracy();
    }

    @Override
    public void end() {
        learner.end(learned);
        account = interim.end(examples);
    }

    @Override
    public TaskSummary consolidate(double seconds) {
        return TaskSummary.of(task(), run.setup.hidden(), learned.steps(), seconds, account);
    }
}
