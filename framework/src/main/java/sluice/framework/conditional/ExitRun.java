package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.internal.dense.Columns;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.loop.SequenceRun;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.internal.loop.Tested;
import sluice.framework.internal.loop.TrainingLoop;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TestAnswers;
import sluice.framework.result.TrainingListener;
import sluice.gating.Progress;
import sluice.tasks.Examples;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.TableEncoding;

/** One training of a network with exits, from initial weights to the rules by which examples stop. */
final class ExitRun implements SequenceRun, AutoCloseable {
    private final ExitTrainer trainer;
    private final ExitShape shape;
    private final TaskSequence sequence;
    private final Task task;
    private final long seed;
    private final RandomStreams streams;
    private final Examples learned;
    private final Examples heldOut;
    private final List<ImmutableList<float[]>> parameters = new ArrayList<>();
    private final Lane lane = new Lane();
    private ImmutableList<Double> trusts;
    private ImmutableSortedMap<Long, ExitRule> rules = ImmutableSortedMap.of();
    private ExitModel model;
    private ExitAnswers answers;

    ExitRun(ExitTrainer trainer, ExitShape shape, TaskSequence sequence, long seed) {
        this.trainer = trainer;
        this.shape = shape;
        this.sequence = sequence;
        this.task = sequence.tasks().get(0);
        this.seed = seed;
        this.streams = new RandomStreams(seed);
        int size = task.train().size();
        int held = (int) Math.max(1, Math.min(size - 1L, Math.round(size * trainer.heldOut())));
        this.learned = part(0, size - held);
        this.heldOut = part(size - held, size);
        for (int p = 0; p < shape.exits(); p++) {
            try (PartTraining untrained = new PartTraining(shape, p, 1, 0, streams)) {
                parameters.add(untrained.folded());
            }
        }
        this.trusts = HeadTrust.none(shape);
        this.model = model();
    }

    private Examples part(int from, int to) {
        return task.train().select(IntStream.range(from, to).toArray(), label -> label);
    }

    private ExitModel model() {
        return new ExitModel(shape, new ExitModel.Heads(ImmutableList.copyOf(parameters), trusts), rules, data());
    }

    private ExitModel.Data data() {
        ImmutableSortedMap<String, String> notes = sequence.encodings().isEmpty()
                ? ImmutableSortedMap.of()
                : ImmutableSortedMap.of(
                        TableEncoding.KEY, sequence.encodings().get(0).json());
        TaskSequence named = sequence.withClassNames();
        return new ExitModel.Data(
                sequence.normalisation(),
                task.classes().stream().map(named::className).collect(ImmutableList.toImmutableList()),
                notes);
    }

    ExitResult train(TrainingListener listener) {
        AccuracyMatrix empty = AccuracyMatrix.empty(ExitTrainer.STRATEGY, seed, sequence.names());
        TrainingLoop loop = new TrainingLoop(empty, sequence, this, listener).run();
        return new ExitResult(
                model,
                loop.matrix(),
                loop.learned().get(0),
                ExitCurve.of(model, task.test()),
                ExitUse.of(model, answers, task.test()),
                loop.evaluationSeconds());
    }

    @Override
    public int stretches() {
        return 1;
    }

    @Override
    public TaskRun begin(int stretch) {
        return new Training();
    }

    @Override
    public Tested test(int row, int tested) {
        answers = model.answer(task.test(), row == 0 ? ExitRule.none(shape) : rule());
        TestAnswers told = TestAnswers.of(task);
        int correct = 0;
        for (int i = 0; i < told.answers().length; i++) {
            correct += answers.classes()[i] == task.test().label(i) ? 1 : 0;
            told.answers()[i] = task.classes().get(answers.classes()[i]);
            told.probabilities()[i] =
                    answers.probabilities()[i * shape.classes() + task.test().label(i)];
        }
        return Tested.of(correct, () -> told);
    }

    private ExitRule rule() {
        return trainer.budget() == ExitTrainer.NO_BUDGET ? ExitRule.none(shape) : model.within(trainer.budget());
    }

    @Override
    public void close() {}

    /** The parts, one after the other; each with steps, schedule and moments of its own. */
    private final class Training implements TaskRun {
        private final int batch = Math.min(trainer.training().batchSize(), learned.size());
        private final int perEpoch = (learned.size() + batch - 1) / batch;
        private final TrainingPlan ofPart = TrainingPlan.of(trainer.training().length(), perEpoch);
        private final TrainingPlan whole = TrainingPlan.ofSteps(ofPart.steps() * shape.exits(), perEpoch);
        private final int[] order = IntStream.range(0, learned.size()).toArray();
        private final int[] labels = new int[batch];
        private final RandomGenerator shuffling = streams.stream("shuffling");
        private final RandomGenerator noise = streams.stream("input-noise");
        private final long[] examples = new long[shape.exits()];
        private final float[] row;
        private ExitPass below;
        private PartTraining part;
        private ParameterUpdate update;
        private NativeMatrix inputs;
        private Progress[] progress = {};
        private int index = -1;
        private int epoch;
        private int step;
        private int size;

        Training() {
            int widest =
                    IntStream.range(0, shape.exits()).map(shape::inputs).max().orElseThrow();
            row = new float[widest];
        }

        @Override
        public String task() {
            return task.name();
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
            return part.gradient(lane, new Columns(inputs, 0, inputs.columns()), labels, size);
        }

        /** To features alone: units below have had theirs. */
        private void addNoise(NativeMatrix clean) {
            int features = shape.parts().get(index).seesInput() ? shape.features() : 0;
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
            below = model().pass(batch);
            beginPartEpoch(0);
        }

        private void beginPartEpoch(int next) {
            epoch = next;
            step = 0;
            progress = ofPart.progress(epoch);
            for (int i = order.length - 1; i > 0; i--) {
                int j = shuffling.nextInt(i + 1);
                int kept = order[i];
                order[i] = order[j];
                order[j] = kept;
            }
        }

        private void endPart() {
            parameters.set(index, part.folded());
        }

        @Override
        public double accuracy() {
            return (double) part.right() / size;
        }

        @Override
        public void end() {
            endPart();
            trusts = HeadTrust.choose(model(), heldOut);
            model = model();
            rules = ExitRules.of(ExitTable.of(model, heldOut));
            model = model();
        }

        @Override
        public TaskSummary consolidate(double seconds) {
            return TaskSummary.of(
                    task.name(),
                    shape.layers().stream().map(ExitLayer::units).collect(ImmutableList.toImmutableList()),
                    whole.steps(),
                    seconds,
                    account());
        }

        /** Lower parts are computed for the higher ones to see; what is below a part learns no more. */
        private ImmutableList<LayerAccount> account() {
            ImmutableList.Builder<LayerAccount> all = ImmutableList.builder();
            MultiplyAdds heads = MultiplyAdds.NONE;
            int layer = 0;
            for (int p = 0; p < shape.exits(); p++) {
                long seen = IntStream.range(p, shape.exits())
                        .mapToLong(q -> examples[q])
                        .sum();
                ImmutableList<Long> costs = shape.costs(p);
                for (int l = 0; l < costs.size() - 1; l++) {
                    long cost = costs.get(l);
                    MultiplyAdds done =
                            new MultiplyAdds(cost * seen, l == 0 ? 0 : cost * examples[p], cost * examples[p]);
                    all.add(new LayerAccount("layer_" + ++layer, done, done));
                }
                long head = costs.get(costs.size() - 1) * examples[p];
                heads = heads.plus(new MultiplyAdds(head, head, head));
            }
            return all.add(new LayerAccount("head", heads, heads)).build();
        }

        private void closePart() {
            if (part != null) {
                part.close();
                inputs.close();
                below.close();
            }
        }

        @Override
        public void close() {
            closePart();
        }
    }
}
