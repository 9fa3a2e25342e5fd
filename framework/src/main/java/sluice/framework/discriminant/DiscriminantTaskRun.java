package sluice.framework.discriminant;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.predict.internal.discriminant.Posterior;
import sluice.framework.result.TaskSummary;
import sluice.tasks.Examples;
import sluice.tasks.Task;

/**
 * One task of a {@link DiscriminantRun}: a step adds a chunk of its examples to the sums. Those that are held out come last,
 * when the probabilities have been calibrated on them.
 */
final class DiscriminantTaskRun implements TaskRun {
    private final DiscriminantRun run;
    private final int index;
    /** Its place among all tasks that were taught, in earlier runs too. */
    private final int place;

    private final Task task;
    private final Examples train;
    private final int[] first;
    private final int[] heldOut;
    private final TrainingPlan plan;
    private Optional<TaskSummary> ofNetwork = Optional.empty();
    private DiscriminantModel model;

    DiscriminantTaskRun(DiscriminantRun run, int index) {
        this.run = run;
        this.index = index;
        this.place = run.known() + index;
        this.task = run.sequence.tasks().get(index);
        this.train = task.train();
        int every = DiscriminantCost.HELD_OUT;
        int held = every * DiscriminantCost.heldOut(train.size());
        this.first = rows(i -> i >= held || i % every != 0);
        this.heldOut = rows(i -> i < held && i % every == 0);
        int steps = DiscriminantCost.steps(train.size());
        this.plan = TrainingPlan.ofSteps(steps, steps);
    }

    private int[] rows(IntPredicate chosen) {
        return IntStream.range(0, train.size()).filter(chosen).toArray();
    }

    @Override
    public String task() {
        return task.name();
    }

    @Override
    public int position() {
        return index + 1;
    }

    @Override
    public TrainingPlan plan() {
        return plan;
    }

    /** Those of its subnetwork too. */
    @Override
    public long announcedSteps() {
        return plan.steps()
                + run.trainer.subnetworks().map(each -> each.steps(task)).orElse(0L);
    }

    @Override
    public boolean descends() {
        return false;
    }

    @Override
    public void start(Checkpoints within) {
        ofNetwork = run.learnSubnetwork(task, within);
    }

    @Override
    public void beginEpoch(int epoch) {}

    @Override
    public double step(int step) {
        int before = FeatureStream.steps(first.length);
        if (step < before) {
            add(first, step);
            return Double.NaN;
        }
        if (step == before) {
            calibrate();
        }
        add(heldOut, step - before);
        return Double.NaN;
    }

    private void add(int[] rows, int number) {
        run.stream.chunk(train, rows, number, (chunk, from, count) -> {
            int[] ofExamples = new int[count];
            for (int e = 0; e < count; e++) {
                ofExamples[e] = run.components.component(place, train.label(rows[from + e]));
            }
            run.sums.add(chunk, ofExamples, count);
        });
    }

    private void calibrate() {
        int[] all = IntStream.range(0, run.features.count()).toArray();
        Posterior posterior = run.posterior();
        run.calibration.nextTask();
        try (DiscriminantScores scores = new DiscriminantScores(new DiscriminantSolver(run.sums, all, run.lanes)
                .of(run.features)
                .solve())) {
            run.stream.forEach(train, heldOut, (chunk, from, count) -> {
                int[] right = new int[count];
                for (int e = 0; e < count; e++) {
                    right[e] = run.components.output(place, train.label(heldOut[from + e]));
                }
                run.calibration.add(posterior, scores.of(chunk, count), right, count);
            });
        }
    }

    @Override
    public boolean keepsState() {
        return true;
    }

    /** The sums, that is: the order of examples is that of the data. */
    @Override
    public void state(State state) {
        run.sums.state(state.part("sums"));
        run.calibration.state(state.part("calibration"));
    }

    @Override
    public void continueEpoch(int epoch, int steps) {}

    @Override
    public double accuracy() {
        return Double.NaN;
    }

    @Override
    public void end() {
        run.forgetSubnetworkSummary();
        warn();
        model = run.solve();
    }

    private void warn() {
        for (int label = 0; label < task.classes().size(); label++) {
            int component = run.components.component(place, label);
            if (component < run.sums.components() && run.sums.count(component) == 1) {
                run.listener.warning("class %s of task %s has one example: its mean is that example, give it more"
                        .formatted(run.sequence.className(task.classes().get(label)), task.name()));
            }
        }
        long freedom = Math.max(0, run.sums.examples() - run.sums.components());
        boolean last = index == run.sequence.tasks().size() - 1;
        if (last && Shrinkage.isStrong(run.features.count(), freedom)) {
            run.listener.warning(String.format(
                    Locale.ROOT,
                    "%,d training examples for %,d random features: every variance is shrunk towards the mean variance, by %.2g of it; lower inference.features or give more examples",
                    run.sums.examples(),
                    run.features.count(),
                    Shrinkage.of(run.features.count(), freedom)));
        }
        if (last && isConstant()) {
            run.listener.warning(
                    "no feature differs between any two training examples: every example gets the most frequent class");
        } else if (last && !Shrinkage.isStrong(run.features.count(), freedom)) {
            new FeatureRank(run.sums, run.lanes).warning().ifPresent(run.listener::warning);
        }
    }

    private boolean isConstant() {
        float[] entry = new float[1];
        return IntStream.range(0, run.features.count()).allMatch(i -> {
            run.sums.scatter().get(i, i, entry, 0, 1);
            return entry[0] == 0;
        });
    }

    @Override
    public TaskSummary consolidate(double seconds) {
        int examples = task.train().size();
        DiscriminantCost cost = DiscriminantCost.of(run.features, run.components.count());
        MultiplyAdds computing = cost.computing(examples);
        MultiplyAdds learning = cost.learning(examples, model.features().count());
        MultiplyAdds atMost = cost.learning(examples, run.features.count());
        ImmutableList.Builder<LayerAccount> account = ImmutableList.builder();
        account.add(new LayerAccount("layer_1", computing, computing), new LayerAccount("head", learning, atMost));
        ofNetwork.ifPresent(subnetwork -> subnetwork
                .account()
                .forEach(layer ->
                        account.add(new LayerAccount("subnetwork_" + layer.layer(), layer.done(), layer.dense()))));
        return TaskSummary.of(
                        task.name(),
                        ImmutableList.of(model.features().groups()),
                        announcedSteps(),
                        seconds,
                        account.build())
                .proven(
                        ofNetwork.map(TaskSummary::digest).orElse(""),
                        ofNetwork.map(TaskSummary::unchanged).orElse(0L));
    }
}
