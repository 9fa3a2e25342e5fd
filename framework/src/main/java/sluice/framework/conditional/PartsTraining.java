package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.random.Shuffling;
import sluice.framework.internal.state.State;
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
    /** Most rows: each example may have an adversary. */
    private final int room;

    private final int perEpoch;
    private final TrainingPlan ofPart;
    private final TrainingPlan whole;
    private final int[] order;
    private final int[] labels;
    private final RandomGenerator shuffling;
    private final RandomGenerator noise;
    private final long[] examples;
    private final float[] row;
    private final float[] other;
    private final float[] zeros;
    private int features;
    private View view;
    private Units seen;
    private Units learnedSeen;

    private ExitPass below;
    private PartTraining part;
    private NativeMatrix inputs;
    private NativeMatrix inputGradients;
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
        this.room = shape.layers().stream().anyMatch(layer -> layer.view().adversarial() > 0) ? 2 * batch : batch;
        this.labels = new int[room];
        this.shuffling = streams.stream("shuffling");
        this.noise = streams.stream("input-noise");
        this.examples = new long[shape.exits()];
        this.other = new float
                [IntStream.range(0, shape.exits()).map(shape::inputs).max().orElseThrow()];
        this.zeros = new float[other.length];
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
            part.move(
                    lane,
                    (long) epoch * perEpoch + step + 1,
                    trainer.training().learningRateFactor().at(progress[step]));
        }
        step++;
        return loss;
    }

    private double gradient() {
        int from = step * batch;
        size = Math.min(batch, order.length - from);
        examples[index] += size;
        NativeMatrix clean = below.fed(index, learned, order, from, size).inputs();
        for (int r = 0; r < size; r++) {
            labels[r] = learned.label(order[from + r]);
        }
        addNoise(clean);
        // a batch of one is normalised to nothing: it has no adversary
        if (view.adversarial() == 0 || size == 1) {
            return gradient(seen, size);
        }
        addAdversaries();
        return gradient(seen, 2 * size);
    }

    private double gradient(Units of, int rows) {
        of.open().openAll(rows);
        return part.gradient(lane, of, labels, progress[step], rows);
    }

    /** Below the examples themselves: each moved to where, within the radius, its loss grows the fastest. */
    private void addAdversaries() {
        for (int r = 0; r < size; r++) {
            inputGradients.put(r, 0, zeros, 0, inputs.columns());
        }
        learnedSeen.open().openAll(size);
        part.inputGradient(lane, learnedSeen, labels, progress[step], size);
        for (int r = 0; r < size; r++) {
            inputGradients.get(r, 0, row, 0, inputs.columns());
            double square = 0;
            for (int i = 0; i < features; i++) {
                square += row[i] * row[i];
            }
            float factor = (float) (view.adversarial() / view.pool() / Math.sqrt(Math.max(square, Float.MIN_NORMAL)));
            inputs.get(r, 0, other, 0, inputs.columns());
            for (int i = 0; i < features; i++) {
                other[i] += factor * row[i];
            }
            inputs.put(size + r, 0, other, 0, inputs.columns());
            labels[size + r] = labels[r];
        }
    }

    /** To features alone: units below have had theirs. What is noise to a feature is less to a mean of some. */
    private void addNoise(NativeMatrix clean) {
        float deviation = (float) trainer.inputNoise() / view.pool();
        for (int r = 0; r < size; r++) {
            clean.get(r, 0, row, 0, inputs.columns());
            for (int i = 0; i < features && deviation > 0; i++) {
                row[i] += deviation * (float) noise.nextGaussian();
            }
            inputs.put(r, 0, row, 0, inputs.columns());
        }
    }

    private void beginPart() {
        make(index + 1);
        beginPartEpoch(0);
    }

    /** On what the parts below say. */
    private void make(int next) {
        index = next;
        closePart();
        part = new PartTraining(shape, index, room, trainer.training().optimizer(), streams);
        inputs = NativeMatrix.allocate(room, shape.inputs(index));
        inputGradients = NativeMatrix.allocate(batch, shape.inputs(index));
        seen = new Units(inputs, null, BlockRows.whole(inputs.columns(), room));
        learnedSeen = new Units(inputs, inputGradients, seen.open());
        ExitShape.Part form = shape.parts().get(index);
        view = form.layers().get(0).view();
        features = form.seesInput() ? form.pooling(shape.input()).features() : 0;
        below = run.now().pass(batch, index + 1);
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
        run.chooseThresholds(index);
    }

    @Override
    public boolean keepsState() {
        return true;
    }

    @Override
    public void state(State state) {
        int trained = state.count("part", index);
        run.tell(state.part("below"), trained);
        if (state.restores()) {
            make(trained);
        }
        part.state(state.part("training"));
        epoch = state.count("epoch", epoch);
        step = state.count("step", step);
        progress = ofPart.progress(epoch);
        state.ints("order", order);
        state.random("shuffling", shuffling);
        state.random("input-noise", noise);
        state.longs("examples", examples);
    }

    /** Epochs are the parts' own. */
    @Override
    public void continueEpoch(int ignored, int steps) {}

    @Override
    public double accuracy() {
        return part.accuracy();
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
            inputGradients.close();
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
