package sluice.framework.internal.loop;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.result.DivergedException;
import sluice.framework.result.InterimModel;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.ValidationScore;
import sluice.tasks.TaskSequence;

/**
 * Walks a model through a task sequence: the untrained row, then each task and the row after it; tells evaluation time from training time, and a
 * listener of everything in order.
 */
public final class TrainingLoop {
    private static final String LOOP = "loop";
    private static final String RUN = "run";
    private static final String TASK = "task";
    private static final String TIME = "time";
    private static final String WITHIN = "within";
    private static final String BEST = "best";

    private final TaskSequence sequence;
    private final SequenceRun run;
    private final TrainingListener listener;
    private final TrainingTime time = new TrainingTime();
    private final LoopResults results;
    private Checkpoints checkpoints = Checkpoints.NONE;
    /** What is gone on from, until that is done: it is large. */
    private Optional<Checkpoint> from = Optional.empty();
    /** The stretch that a checkpoint was taken of; none where nothing was gone on from. */
    private int begun = -1;
    /** Where the last checkpoint is of: an epoch, and how many steps of it are done. */
    private int epochDone;

    private int stepsDone;
    private final Ending ending;
    /** Of the task that is trained, where examples are held out of it. */
    private Optional<BestPass> best = Optional.empty();

    /**
     * @param empty the matrix, without any cell
     * @param sequence the tasks
     * @param run the model that is taught them
     * @param listener told of progress
     */
    public TrainingLoop(AccuracyMatrix empty, TaskSequence sequence, SequenceRun run, TrainingListener listener) {
        this.sequence = sequence;
        this.run = run;
        this.listener = listener;
        this.results = new LoopResults(empty, new RowAnswers(sequence, run, listener), time);
        this.ending = new Ending(run.endsBetweenSteps() ? listener.control() : Optional.empty());
    }

    /**
     * Runs from the untrained row to the last, or until the listener's control ends it.
     *
     * @return this loop
     * @throws DivergedException if a loss becomes NaN or infinite; that task is rolled back
     * @throws CancellationException if the listener throws one; a task that was not learned by then is rolled back
     */
    public TrainingLoop run() {
        return run(Checkpoints.NONE);
    }

    /**
     * Runs from where a checkpoint was taken, or from the untrained row, to the last, as {@link #run()} does.
     *
     * @param keeper of checkpoints
     * @return this loop
     * @throws sluice.framework.internal.state.StateMisfitException if the checkpoint is of another training
     */
    public TrainingLoop run(Checkpoints keeper) {
        checkpoints = keeper;
        from = keeper.start();
        from.ifPresentOrElse(this::takeUp, () -> evaluate(0));
        for (int stretch = results.learned().size(); stretch < run.stretches(); stretch++) {
            if (stretch != begun && ending.comesBefore(last(stretch))) {
                break;
            }
            int row = learn(stretch, stretch == begun);
            if (ending.rollsBack()) {
                break;
            }
            listener.taskConsolidated(results.learned().get(stretch));
            evaluate(row);
            if (ending.is()) {
                break;
            }
        }
        return this;
    }

    /** The task, or the last of those that are learned at once. */
    private String last(int stretch) {
        return sequence.names().get(sequence.names().size() - run.stretches() + stretch);
    }

    /** {@return what is learned and measured so far} */
    public LoopResults results() {
        return results;
    }

    /** What is learned so far; the stretch is gone on with later. */
    private void takeUp(Checkpoint checkpoint) {
        checkpoint.snapshot().part(LOOP).restore(this::state);
        begun = results.learned().size();
        checkpoint.snapshot().part(RUN).restore(state -> run.state(state, begun));
        results.tell();
    }

    private void state(State state) {
        results.state(state);
        epochDone = state.count("epoch", epochDone);
        stepsDone = state.count("steps", stepsDone);
    }

    private static ImmutableMap<String, String> notes(TaskRun task, long steps) {
        return ImmutableMap.of(
                Checkpoint.TASK, task.task(),
                Checkpoint.POSITION, Integer.toString(task.position()),
                Checkpoint.STEPS, Long.toString(steps));
    }

    private Checkpoint checkpoint(TaskRun task, int stretch, long done) {
        // with those of a training within
        long steps = task.announcedSteps() - task.plan().steps() + done;
        Snapshot now = Snapshot.of(state -> {
            task.state(state.part(TASK));
            run.state(state.part(RUN), stretch);
            time.state(state.part(TIME));
            state(state.part(LOOP));
            best.ifPresent(passes -> passes.state(state.part(BEST)));
        });
        Optional<Snapshot> earlier = best.flatMap(BestPass::kept);
        return new Checkpoint(
                notes(task, steps),
                earlier.map(then -> now.with(BEST + "." + TASK, then)).orElse(now));
    }

    /** Learns a task or several at once, and says which row of the matrix comes after it. */
    private int learn(int stretch, boolean goesOn) {
        try (TaskRun task = run.begin(stretch)) {
            Optional<InterimModel> interim;
            try {
                listener.taskStarted(task.task(), task.position(), task.announcedSteps());
                time.beginTask();
                from.ifPresent(checkpoint -> checkpoint.snapshot().part(TIME).restore(time::state));
                Within within = new Within(task, stretch);
                task.start(within);
                interim = task.interim().map(time::evaluated);
                best = task.patience().isPresent()
                        ? Optional.of(new BestPass(task.patience().getAsInt()))
                        : Optional.empty();
                from.ifPresent(checkpoint -> {
                    checkpoint.snapshot().part(TASK).restore(task::state);
                    best.ifPresent(passes -> passes.takeUp(checkpoint.snapshot().part(BEST), TASK));
                    within.tellResumed();
                });
                from = Optional.empty();
                long done = train(task, stretch, interim, goesOn);
                if (ending.rollsBack()) {
                    task.rollBack();
                    return task.position();
                }
                task.end();
                TaskSummary summary = ending.on(task.consolidate(time.endTask()), done);
                results.add(best.map(passes -> passes.on(summary, task.plan(), done))
                        .orElse(summary));
                best = Optional.empty();
            } catch (DivergedException | CancellationException unfinished) {
                task.rollBack();
                throw unfinished;
            }
            interim.ifPresent(model -> listener.betweenSteps(task.plan().steps(), model));
            return task.position();
        }
    }

    private boolean keeps(TaskRun task) {
        return run.keepsState() && task.keepsState();
    }

    /** Of a training within a task's own, before its first step: its state goes to checkpoints beside all else. */
    private final class Within implements Checkpoints {
        private final TaskRun task;
        private final int stretch;
        private boolean toldResumed;

        Within(TaskRun task, int stretch) {
            this.task = task;
            this.stretch = stretch;
        }

        @Override
        public Optional<Checkpoint> start() {
            return from.map(whole ->
                            new Checkpoint(whole.notes(), whole.snapshot().part(WITHIN)))
                    .filter(inner -> !inner.snapshot().entries().isEmpty());
        }

        @Override
        public boolean due() {
            return keeps(task) && checkpoints.due();
        }

        @Override
        public void take(Checkpoint inner) {
            epochDone = 0;
            stepsDone = 0;
            Snapshot whole = checkpoint(task, stretch, 0).snapshot().with(WITHIN, inner.snapshot());
            checkpoints.take(new Checkpoint(notes(task, inner.steps()), whole));
        }

        @Override
        public void missed(String why) {
            checkpoints.missed(why);
        }

        @Override
        public void resumed(Checkpoint inner) {
            tellResumed();
        }

        /** Once: whoever counts steps takes up its count before the first. */
        void tellResumed() {
            if (!toldResumed) {
                toldResumed = true;
                checkpoints.resumed(from.orElseThrow());
                listener.resumed(from.orElseThrow().place(), from.orElseThrow().steps());
            }
        }
    }

    private long train(TaskRun task, int stretch, Optional<InterimModel> interim, boolean goesOn) {
        TrainingPlan plan = task.plan();
        long steps = plan.steps();
        long done = 0;
        int first = goesOn ? epochDone : 0;
        for (int epoch = 0; epoch < first; epoch++) {
            done += plan.steps(epoch);
        }
        if (goesOn) {
            done += stepsDone;
        } else {
            tellBetween(done, interim);
        }
        boolean keeps = keeps(task);
        for (int epoch = first; epoch < plan.epochs(); epoch++) {
            boolean within = goesOn && epoch == first;
            if (within) {
                task.continueEpoch(epoch, stepsDone);
            } else {
                task.beginEpoch(epoch);
            }
            int ofEpoch = plan.steps(epoch);
            for (int step = within ? stepsDone : 0; step < ofEpoch; step++) {
                double loss = task.step(step);
                if (task.descends() && !Double.isFinite(loss)) {
                    throw new DivergedException(task.task(), epoch + 1, step + 1, loss);
                }
                listener.stepDone(epoch + 1, loss, task.accuracy());
                done++;
                if (done < steps) {
                    tellBetween(done, interim);
                }
                if (keeps && checkpoints.due()) {
                    epochDone = epoch;
                    stepsDone = step + 1;
                    long soFar = done;
                    CheckpointCopy.take(checkpoints, () -> checkpoint(task, stretch, soFar));
                }
                if (ending.comesAfter(task.task(), done)) {
                    break;
                }
            }
            if (ending.rollsBack()) {
                return done;
            }
            task.endEpoch(epoch, time);
            if (!goesOn(task, epoch) || ending.is()) {
                break;
            }
        }
        best.ifPresent(passes -> passes.earlier().ifPresent(then -> task.backTo(passes.pass(), then)));
        return done;
    }

    /** Whether held-out examples, if there are any, let the training go on after a pass. */
    private boolean goesOn(TaskRun task, int epoch) {
        if (best.isEmpty()) {
            return true;
        }
        ValidationScore score = task.validate();
        listener.validated(epoch + 1, score);
        return best.get().ended(epoch, score, task::moment);
    }

    private void tellBetween(long done, Optional<InterimModel> interim) {
        if (interim.isPresent()) {
            listener.betweenSteps(done, interim.get());
        }
    }

    private void evaluate(int row) {
        run.beforeRow(row);
        results.measure(row);
    }
}
