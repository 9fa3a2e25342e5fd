package sluice.framework.internal.loop;

import com.google.common.base.Stopwatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import sluice.framework.internal.state.State;
import sluice.framework.result.InterimModel;

/** Two stopwatches of which at most one runs: of training, for each task from 0, and of evaluation, for all together. */
public final class TrainingTime {
    private final Stopwatch training = Stopwatch.createUnstarted();
    private final Stopwatch evaluating = Stopwatch.createUnstarted();

    TrainingTime() {}

    /** What went before this process, in nanoseconds. */
    private long trainedBefore;

    private long evaluatedBefore;

    void beginTask() {
        trainedBefore = 0;
        training.reset().start();
    }

    /** Seconds that the task was trained. */
    double endTask() {
        return (trainedBefore + training.stop().elapsed(TimeUnit.NANOSECONDS)) / 1e9;
    }

    double evaluationSeconds() {
        return (evaluatedBefore + evaluating.elapsed(TimeUnit.NANOSECONDS)) / 1e9;
    }

    /** Tells both, while a task is trained. */
    void state(State state) {
        long trained = state.count("training", trainedBefore + training.elapsed(TimeUnit.NANOSECONDS));
        long evaluated = state.count("evaluation", evaluatedBefore + evaluating.elapsed(TimeUnit.NANOSECONDS));
        if (state.restores()) {
            trainedBefore = trained;
            evaluatedBefore = evaluated;
        }
    }

    /**
     * Counts as evaluation, in which no training time passes.
     *
     * @param <T> what comes of it
     * @param evaluation is run at once
     * @return what came of it
     */
    public <T> T evaluated(Supplier<T> evaluation) {
        boolean trains = training.isRunning();
        if (trains) {
            training.stop();
        }
        evaluating.start();
        try {
            return evaluation.get();
        } finally {
            // a listener may end it by an exception, and what is left is measured all the same
            evaluating.stop();
            if (trains) {
                training.start();
            }
        }
    }

    /** The same model, of which every question is evaluation. */
    InterimModel evaluated(InterimModel model) {
        return new InterimModel() {
            @Override
            public boolean answers(int task) {
                return model.answers(task);
            }

            @Override
            public Answers ask(int task, int examples) {
                return evaluated(() -> model.ask(task, examples));
            }

            @Override
            public float[][] features(int task, int examples) {
                return evaluated(() -> model.features(task, examples));
            }
        };
    }
}
