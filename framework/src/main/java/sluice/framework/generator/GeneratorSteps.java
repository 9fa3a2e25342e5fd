package sluice.framework.generator;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import sluice.evaluation.run.BoundPoint;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.loop.CheckpointCopy;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TrainingListener;
import sluice.gating.Progress;

/** The steps of a training, and the bound over them: a point per so many steps, a few with what is held out. */
final class GeneratorSteps {
    private static final String STATE = "generator";
    private static final int POINTS = 200;
    private static final int VALIDATIONS = 10;
    private static final int VALIDATION_IMAGES = 1000;

    private final GeneratorTrainer trainer;
    private final GeneratorData data;
    private final RandomStreams streams;
    private final TrainingListener listener;
    private final List<BoundPoint> curve = new ArrayList<>();
    private final float[][] held;
    /** Of training: looks at what is held out are not counted. */
    private final Stopwatch watch = Stopwatch.createUnstarted();
    /** What the watch of a process before this one had come to. */
    private long nanosBefore;

    private TrainingPlan plan;
    private double sum;
    private long done;
    private long last;
    /** Where a checkpoint is of: an epoch, and how many steps of it are done. */
    private int epochDone;

    private int stepsDone;

    GeneratorSteps(GeneratorTrainer trainer, GeneratorData data, RandomStreams streams, TrainingListener listener) {
        this.trainer = trainer;
        this.data = data;
        this.streams = streams;
        this.listener = listener;
        this.held = data.validation() == 0
                ? new float[0][]
                : ModelImages.spread(data.held(trainer.binarisation()), VALIDATION_IMAGES);
    }

    /** All of them, from the first or from where a checkpoint was taken. */
    GenerativeModel run(Checkpoints checkpoints) {
        Images images = data.train(trainer.binarisation());
        watch.start();
        ImmutableList<Integer> known = trainer.labels() == 0
                ? ImmutableList.of()
                : KnownLabels.choose(
                        images, trainer.labels(), trainer.shape().classes(), streams.stream("known-labels"));
        try (GeneratorTraining training = new GeneratorTraining(trainer, images, known, streams)) {
            plan = training.plan();
            listener.taskStarted(data.set().name(), 1, plan.steps());
            checkpoints.start().ifPresent(checkpoint -> {
                checkpoint.snapshot().restore(state -> state(state.part(STATE), training));
                checkpoints.resumed(checkpoint);
                listener.resumed(checkpoint.place(), checkpoint.steps());
            });
            boolean within = done > 0;
            for (int epoch = epochDone; epoch < plan.epochs(); epoch++) {
                if (!within) {
                    training.beginEpoch();
                    stepsDone = 0;
                }
                within = false;
                epochDone = epoch;
                steps(training, checkpoints);
            }
            watch.stop();
            return model(training, plan.last(plan.epochs() - 1));
        }
    }

    /** What is left of an epoch. */
    private void steps(GeneratorTraining training, Checkpoints checkpoints) {
        Progress[] progress = plan.progress(epochDone);
        for (int step = stepsDone; step < plan.steps(epochDone); step++) {
            double loss = training.step(step, progress[step]);
            if (!Double.isFinite(loss)) {
                throw DivergedException.ofBound(epochDone + 1, step + 1, loss);
            }
            add(loss, training, progress[step]);
            listener.stepDone(epochDone + 1, loss, Double.NaN);
            stepsDone = step + 1;
            if (checkpoints.due()) {
                CheckpointCopy.take(checkpoints, () -> checkpoint(training));
            }
        }
    }

    private Checkpoint checkpoint(GeneratorTraining training) {
        return new Checkpoint(
                ImmutableMap.of(
                        Checkpoint.TASK, data.set().name(),
                        Checkpoint.POSITION, "1",
                        Checkpoint.STEPS, Long.toString(done)),
                Snapshot.of(state -> state(state.part(STATE), training)));
    }

    private void state(State state, GeneratorTraining training) {
        training.state(state.part("training"));
        long nanos = state.count("nanos", nanos());
        if (state.restores()) {
            nanosBefore = nanos;
        }
        epochDone = state.count("epoch", epochDone);
        stepsDone = state.count("steps", stepsDone);
        sum = state.number("sum", sum);
        done = state.count("done", done);
        last = state.count("last", last);
        tellCurve(state.part("curve"));
    }

    private void tellCurve(State state) {
        int points = state.count("points", curve.size());
        long[] steps = new long[points];
        double[] train = new double[points];
        double[] validation = new double[points];
        for (int i = 0; i < points && !state.restores(); i++) {
            steps[i] = curve.get(i).step();
            train[i] = curve.get(i).train();
            validation[i] = curve.get(i).validation().orElse(Double.NaN);
        }
        state.longs("steps", steps);
        state.doubles("train", train);
        state.doubles("validation", validation);
        for (int i = 0; i < points && state.restores(); i++) {
            curve.add(new BoundPoint(
                    steps[i],
                    train[i],
                    Double.isNaN(validation[i]) ? OptionalDouble.empty() : OptionalDouble.of(validation[i])));
        }
    }

    private void add(double loss, GeneratorTraining training, Progress progress) {
        long steps = plan.steps();
        long every = Math.max(1, steps / POINTS);
        long everyValidation = every * Math.max(1, steps / every / VALIDATIONS);
        sum += loss;
        done++;
        if (done % every == 0 || done == steps) {
            boolean looks = held.length > 0 && (done % everyValidation == 0 || done == steps);
            curve.add(new BoundPoint(
                    done,
                    sum / (done - last),
                    looks ? OptionalDouble.of(negativeElbo(model(training, progress))) : OptionalDouble.empty()));
            sum = 0;
            last = done;
        }
    }

    private GenerativeModel model(GeneratorTraining training, Progress progress) {
        GeneratorShape shape = trainer.shape();
        return new GenerativeModel(
                        shape,
                        training.parts().parameters(),
                        training.feed().mean(),
                        trainer.slope().at(progress))
                .withImages(ImageForm.of(data.set(), shape.classes(), trainer.labels() > 0));
    }

    private double negativeElbo(GenerativeModel model) {
        watch.stop();
        try (LatentEvaluation evaluation = new LatentEvaluation(model)) {
            evaluation.add(held, streams.stream("validation"));
            GeneratorResult.Parts parts = evaluation.parts();
            return parts.divergence().orElse(0) + parts.reconstruction();
        } finally {
            watch.start();
        }
    }

    /** The epochs, and the steps of each; known from the first step on. */
    TrainingPlan plan() {
        return plan;
    }

    ImmutableList<BoundPoint> curve() {
        return ImmutableList.copyOf(curve);
    }

    /** Seconds of training, in all processes. */
    double seconds() {
        return nanos() / 1e9;
    }

    private long nanos() {
        return nanosBefore + watch.elapsed(TimeUnit.NANOSECONDS);
    }
}
