package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.loop.SequenceRun;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.internal.loop.Tested;
import sluice.framework.internal.loop.TrainingLoop;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;
import sluice.framework.result.TestAnswers;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Examples;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.TableEncoding;

/** One training of a network with exits, from initial weights to the rules by which examples stop. */
final class ExitRun implements SequenceRun {
    private final ExitTrainer trainer;
    private final ExitShape shape;
    private final TaskSequence sequence;
    private final Task task;
    private final long seed;
    private final RandomStreams streams;
    private final Examples learned;
    private final Examples heldOut;
    private final List<ImmutableList<float[]>> parameters = new ArrayList<>();
    private ImmutableList<Double> trusts;
    private Confidence confidence = Confidence.BY_MARGIN;
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
        BitSet held = trainer.heldOut(task, seed);
        this.heldOut = part(held.stream());
        this.learned = part(IntStream.range(0, task.train().size()).filter(i -> !held.get(i)));
        for (int p = 0; p < shape.exits(); p++) {
            try (PartTraining untrained =
                    new PartTraining(shape, p, 1, trainer.training().optimizer(), streams)) {
                parameters.add(untrained.folded());
            }
        }
        this.trusts = HeadTrust.none(shape);
        this.model = model();
    }

    private Examples part(IntStream positions) {
        return task.train().select(positions.toArray(), label -> label);
    }

    private ExitModel model() {
        return new ExitModel(
                shape, new ExitModel.Heads(ImmutableList.copyOf(parameters), trusts, confidence), rules, data());
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

    ExitResult train(TrainingListener listener, Checkpoints checkpoints) {
        AccuracyMatrix empty = AccuracyMatrix.empty(ExitTrainer.STRATEGY, seed, sequence.names());
        TrainingLoop loop = new TrainingLoop(empty, sequence, this, listener).run(checkpoints);
        return new ExitResult(
                model,
                loop.results().matrix(),
                loop.results().learned().get(0),
                ExitCurve.of(model, task.test()),
                ExitUse.of(model, answers),
                GateUse.of(model, task.test(), rule()),
                StoppedExamples.of(answers, task.test(), shape.exits(), model.classNames()::get, shape.input()),
                loop.results().evaluationSeconds());
    }

    @Override
    public int stretches() {
        return 1;
    }

    @Override
    public TaskRun begin(int stretch) {
        return new PartsTraining(trainer, shape, task.name(), learned, streams, this);
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
        TestAnswers.Outputs outputs = new TestAnswers.Outputs(task.classes(), answers.probabilities());
        return Tested.of(correct, () -> told.with(outputs));
    }

    /** The network as it is, for parts to see what those below say. */
    ExitModel now() {
        return model();
    }

    @Override
    public boolean keepsState() {
        return true;
    }

    /** What is trained is told with the part that is in training. */
    @Override
    public void state(State state, int stretch) {}

    /** Tells so many parts that are trained, the lowest first. */
    void tell(State state, int parts) {
        for (int p = 0; p < parts; p++) {
            State part = state.part("part-" + (p + 1));
            for (int m = 0; m < parameters.get(p).size(); m++) {
                part.floats("map-" + (m + 1), parameters.get(p).get(m));
            }
        }
    }

    /** Takes up a part that is trained. */
    void learned(int part, ImmutableList<float[]> maps) {
        parameters.set(part, maps);
    }

    /** Sets the thresholds of a part's gaters, the lowest first, as what is above looks at what they open. */
    void chooseThresholds(int part) {
        ImmutableList<ExitLayer> layers = shape.parts().get(part).layers();
        int at = -1;
        for (int l = 0; l < layers.size(); l++) {
            at += layers.get(l).gater().map(gater -> gater.hidden().size() + 3).orElse(1);
            if (layers.get(l).gater().isPresent()) {
                parameters.get(part).get(at)[0] = GaterThreshold.choose(model(), part, l, heldOut);
            }
        }
    }

    /** All parts are trained: what heads listen to, and when examples stop. */
    void choose() {
        trusts = HeadTrust.choose(model(), heldOut);
        trainer.neurons()
                .ifPresent(estimator -> confidence =
                        new Confidence(ExitNeurons.train(model(), heldOut, trainer.budget(), estimator, streams)));
        rules = ExitRules.of(ExitTable.of(model(), heldOut));
        model = model();
    }

    private ExitRule rule() {
        return trainer.budget() == ExitTrainer.NO_BUDGET ? ExitRule.none(shape) : model.within(trainer.budget());
    }
}
