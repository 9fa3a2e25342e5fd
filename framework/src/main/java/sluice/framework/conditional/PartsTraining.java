package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.dense.Columns;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.random.Shuffling;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TaskSummary;
import sluice.gating.Progress;
import sluice.tasks.Examples;

/** The parts of a network with exits in training, one after the other; each with steps, schedule and moments of its own. */
final class PartsTraining implements TaskRun {
    private final ExitTrainer trainer;
    private final ExitShape shape;
    private final String task;
    private final Examples learned;
    private final RandomStreams streams;
    private final ExitRun run;
    private final Lane lane = new Lane();
    private final int batch;
    private final int perEpoch;
    private final TrainingPlan ofPart;
    private final TrainingPlan whole;
    private final int[] order;
    private final int[] labels;
    private final RandomGenerator shuffling;
    private final RandomGenerator noise;
    private final long[] examples;
    private final float[] row;
    private int features;
    private Columns columns;

    private ExitPass below;
    private PartTraining part;
    private ParameterUpdate update;
    private NativeMatrix inputs;
    private Progress[] progress = {};
    private int index = -1;
    private int epoch;
    private int step;
    private int size;

    PartsTraining(
            ExitTrainer trainer, ExitShape shape, String task, Examples learned, RandomStreams streams, ExitRun run) {
        this.trainer = trainer;
        this.shape = shape;
        this.task = task;
        this.learned = learned;
        this.streams = streams;
        this.run = run;
        this.batch = Math.min(trainer.training().batchSize(), learned.size());
        this.perEpoch = (learned.size() + batch - 1) / batch;
        this.ofPart = TrainingPlan.of(trainer.training().length(), perEpoch);
        this.whole = TrainingPlan.ofSteps(ofPart.steps() * shape.exits(), perEpoch);
        this.order = IntStream.range(0, learned.size()).toArray();
        this.labels = new int[batch];
        this.shuffling = streams.stream("shuffling");
        this.noise = streams.stream("input-noise");
        this.examples = new long[shape.exits()];
        this.row = new float
                [IntStream.range(0, shape.exits()).map(shape::inputs).max().orElseThrow()];
    }

    @Override
    public String task() {
        return task;
    }

    @Override
    public int position() {
        return 1;
    }

    @Override
    public TrainingPlan plan() {
        return whole;
    }

    /** Epochs are the parts' own, see {@link #step}. */
    @Override
    public void beginEpoch(int ignored) {}

    @Override
    public double step(int ignored) {
        if (index < 0) {
            beginPart();
        } else if (step == progress.length) {
            if (epoch + 1 < ofPart.epochs()) {
                beginPartEpoch(epoch + 1);
            } else {
                endPart();
                beginPart();
            }
        }
        double loss = gradient();
        if (Double.isFinite(loss)) {
            update.beginStep(
                    (long) epoch * perEpoch + step + 1,
                    trainer.training().learningRateFactor().at(progress[step]));
            part.move(lane, update);
        }
        step++;
        return loss;
    }

    private double gradient() {
        int from = step * batch;
        size = Math.min(batch, order.length - from);
        examples[index] += size;
        NativeMatrix clean = below.inputsOf(index, learned, order, from, size);
        for (int r = 0; r < size; r++) {
            labels[r] = learned.label(order[from + r]);
        }
        addNoise(clean);
        return part.gradient(lane, columns, labels, size);
    }

    /** To features alone: units below have had theirs. */
    private void addNoise(NativeMatrix clean) {
        float deviation = (float) trainer.inputNoise();
        for (int r = 0; r < size; r++) {
            clean.get(r, 0, row, 0, inputs.columns());
            for (int i = 0; i < features && deviation > 0; i++) {
                row[i] += deviation * (float) noise.nextGaussian();
            }
            inputs.put(r, 0, row, 0, inputs.columns());
        }
    }

    private void beginPart() {
        index++;
        closePart();
        update = trainer.training().optimizer().begin();
        part = new PartTraining(shape, index, batch, update.moments(), streams);
        inputs = NativeMatrix.allocate(batch, shape.inputs(index));
        columns = new Columns(inputs, 0, inputs.columns());
        features = shape.parts().get(index).seesInput() ? shape.features() : 0;
        below = run.now().pass(batch, index + 1);
        beginPartEpoch(0);
    }

    private void beginPartEpoch(int next) {
        epoch = next;
        step = 0;
        progress = ofPart.progress(epoch);
        Shuffling.shuffle(order, shuffling);
    }

    /** The loss of a step is that before its update: the last update shows in what is kept only. */
    private void endPart() {
        ImmutableList<float[]> maps = part.folded();
        for (float[] map : maps) {
            for (float value : map) {
                if (!Float.isFinite(value)) {
                    throw new DivergedException(task, epoch + 1, step, Double.NaN);
                }
            }
        }
        run.learned(index, maps);
    }

    @Override
    public double accuracy() {
        return (double) part.right() / size;
    }

    @Override
    public void end() {
        endPart();
        run.choose();
    }

    @Override
    public TaskSummary consolidate(double seconds) {
        return TaskSummary.of(
                task,
                shape.layers().stream().map(ExitLayer::units).collect(ImmutableList.toImmutableList()),
                whole.steps(),
                seconds,
                new ExitCost(shape).account(examples));
    }

    private void closePart() {
        if (part != null) {
            part.close();
            part = null;
        }
        if (inputs != null) {
            inputs.close();
            inputs = null;
        }
        if (below != null) {
            below.close();
            below = null;
        }
    }

    @Override
    public void close() {
        closePart();
    }
}
