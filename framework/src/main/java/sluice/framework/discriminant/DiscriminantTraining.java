package sluice.framework.discriminant;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.network.ClassNames;
import sluice.framework.network.GatedNetwork;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TasklessResult;
import sluice.framework.result.TrainingListener;
import sluice.gating.UnitSet;
import sluice.tasks.DomainOutputs;
import sluice.tasks.Examples;
import sluice.tasks.InputEncoding;
import sluice.tasks.OutputLayout;
import sluice.tasks.OutputMeaning;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.TableEncoding;

/** One run of a {@link DiscriminantTrainer}. Close it. */
final class DiscriminantTraining implements AutoCloseable {
    private final DiscriminantTrainer trainer;
    private final TaskSequence sequence;
    private final OutputLayout outputs;
    private final Lanes lanes;
    private final TrainingListener listener;
    private final RandomFeatures features;
    private final FeatureStream stream;
    private final FeatureSums sums;
    private final Calibration calibration = new Calibration();
    private final Components components;
    private final Optional<GatedNetwork> network;
    private final Stopwatch evaluating = Stopwatch.createUnstarted();

    DiscriminantTraining(DiscriminantTrainer trainer, TaskSequence sequence, Lanes lanes, TrainingListener listener) {
        this.trainer = trainer;
        this.sequence = sequence;
        this.outputs = OutputLayout.of(sequence);
        this.components = Components.of(sequence, outputs);
        this.lanes = lanes;
        this.listener = listener;
        this.features = trainer.draw(sequence);
        this.stream = new FeatureStream(features, lanes);
        this.sums = new FeatureSums(features.count(), lanes);
        this.network = trainer.subnetworks().map(subnetworks -> subnetworks.create(sequence, trainer.seed()));
    }

    TasklessResult run(String strategy) {
        AccuracyMatrix matrix = AccuracyMatrix.empty(strategy, trainer.seed(), sequence.names());
        List<TaskSummary> summaries = new ArrayList<>();
        DiscriminantEvaluation evaluation =
                new DiscriminantEvaluation(sequence, outputs, trainer.evaluation(), lanes, listener);
        evaluating.start();
        matrix = evaluation.untrained(matrix);
        evaluating.stop();
        listener.rowEvaluated(matrix, 0);
        DiscriminantModel model = null;
        for (int t = 0; t < sequence.tasks().size(); t++) {
            Task task = sequence.tasks().get(t);
            long steps = DiscriminantCost.steps(task.train().size())
                    + trainer.subnetworks().map(each -> each.steps(task)).orElse(0L);
            listener.taskStarted(task.name(), t + 1, steps);
            Stopwatch watch = Stopwatch.createStarted();
            Optional<TaskSummary> ofNetwork =
                    trainer.subnetworks().map(each -> each.learn(network.orElseThrow(), sequence, task, listener));
            model = learn(t, task);
            double seconds = watch.elapsed(TimeUnit.NANOSECONDS) / 1e9;
            TaskSummary summary = summary(task, model, seconds, steps, ofNetwork);
            summaries.add(summary);
            listener.taskConsolidated(summary);
            evaluating.start();
            matrix = evaluation.row(matrix, t + 1, model);
            evaluating.stop();
            listener.rowEvaluated(matrix, t + 1);
        }
        return new TasklessResult(
                model,
                matrix,
                ImmutableList.copyOf(summaries),
                evaluating.elapsed(TimeUnit.NANOSECONDS) / 1e9,
                FeatureSums.bytes(features.count(), sums.components())
                        + calibration.bytes()
                        + network.map(GatedNetwork::taskBytes).orElse(0L),
                figures(model, evaluation));
    }

    private DiscriminantModel learn(int index, Task task) {
        Examples train = task.train();
        int every = DiscriminantCost.HELD_OUT;
        int held = every * DiscriminantCost.heldOut(train.size());
        add(index, train, rows(train, i -> i >= held || i % every != 0));
        if (held > 0) {
            int[] others = rows(train, i -> i < held && i % every == 0);
            calibrate(index, train, others);
            add(index, train, others);
        }
        warn(index, task);
        UnitSet open = new FeatureGates(sums, features, trainer.featureGates(), lanes)
                .choose(new RandomStreams(trainer.seed()).stream("feature gates"));
        int[] kept = IntStream.range(0, features.count())
                .filter(i -> open.contains(features.group(i)))
                .toArray();
        return new DiscriminantModel(
                features.restricted(open),
                new DiscriminantSolver(sums, kept, lanes).solve(),
                posterior(),
                outputs.labels(),
                calibration.scale(),
                trainer.inference().threshold(),
                network.map(learned -> new TaskSubnetworks(
                        learned,
                        trainer.inference().subnetworks(),
                        components.places().subList(0, sums.components()))),
                provenance());
    }

    /** The scenario, what outputs stand for; and how rows became inputs, where all tasks had theirs encoded alike. */
    private Map<String, String> provenance() {
        ImmutableMap.Builder<String, String> provenance = ImmutableMap.builder();
        provenance.put(DiscriminantModel.SCENARIO, sequence.scenario().name());
        provenance.put(DiscriminantModel.OUTPUTS, outputs.meaning().name());
        if (sequence.isNamed() || outputs.meaning() == OutputMeaning.POSITION) {
            provenance.put(ClassNames.KEY, ClassNames.json(DomainOutputs.names(sequence)));
        }
        ImmutableSet<InputEncoding> encodings = ImmutableSet.copyOf(sequence.encodings());
        if (encodings.size() == 1) {
            provenance.put(TableEncoding.KEY, encodings.iterator().next().json());
        }
        return provenance.buildOrThrow();
    }

    private static int[] rows(Examples examples, IntPredicate chosen) {
        return IntStream.range(0, examples.size()).filter(chosen).toArray();
    }

    private void add(int index, Examples examples, int[] rows) {
        stream.forEach(examples, rows, (chunk, first, count) -> {
            int[] ofExamples = new int[count];
            for (int e = 0; e < count; e++) {
                ofExamples[e] = components.component(index, examples.label(rows[first + e]));
            }
            sums.add(chunk, ofExamples, count);
            listener.stepDone(1, Double.NaN, Double.NaN);
        });
    }

    private Posterior posterior() {
        return new Posterior(
                components.outputOf().subArray(0, sums.components()).trimmed(), outputs.count());
    }

    private void calibrate(int index, Examples examples, int[] rows) {
        int[] all = IntStream.range(0, features.count()).toArray();
        Posterior posterior = posterior();
        calibration.nextTask();
        try (DiscriminantScores scores = new DiscriminantScores(new DiscriminantSolver(sums, all, lanes).solve())) {
            stream.forEach(examples, rows, (chunk, first, count) -> {
                int[] right = new int[count];
                for (int e = 0; e < count; e++) {
                    right[e] = outputs.output(index, examples.label(rows[first + e]));
                }
                calibration.add(posterior, scores.of(chunk, count), right, count);
            });
        }
    }

    private void warn(int index, Task task) {
        for (int label = 0; label < task.classes().size(); label++) {
            int component = components.component(index, label);
            if (component < sums.components() && sums.count(component) == 1) {
                listener.warning("class %s of task %s has one example: its mean is that example, give it more"
                        .formatted(sequence.className(task.classes().get(label)), task.name()));
            }
        }
        long freedom = Math.max(0, sums.examples() - sums.components());
        boolean last = index == sequence.tasks().size() - 1;
        if (last && Shrinkage.isStrong(features.count(), freedom)) {
            listener.warning(String.format(
                    Locale.ROOT,
                    "%,d training examples for %,d random features: every variance is shrunk towards the mean variance, by %.2g of it; lower inference.features or give more examples",
                    sums.examples(),
                    features.count(),
                    Shrinkage.of(features.count(), freedom)));
        }
        if (last && isConstant()) {
            listener.warning(
                    "no feature differs between any two training examples: every example gets the most frequent class");
        } else if (last && !Shrinkage.isStrong(features.count(), freedom)) {
            new FeatureRank(sums, lanes).warning().ifPresent(listener::warning);
        }
    }

    private boolean isConstant() {
        float[] entry = new float[1];
        return IntStream.range(0, features.count()).allMatch(i -> {
            sums.scatter().get(i, i, entry, 0, 1);
            return entry[0] == 0;
        });
    }

    private TaskSummary summary(
            Task task, DiscriminantModel model, double seconds, long steps, Optional<TaskSummary> ofNetwork) {
        int examples = task.train().size();
        DiscriminantCost cost = DiscriminantTrainer.cost(sequence, features);
        MultiplyAdds computing = cost.computing(examples);
        MultiplyAdds learning = cost.learning(examples, model.features().count());
        MultiplyAdds atMost = cost.learning(examples, features.count());
        ImmutableList.Builder<LayerAccount> account = ImmutableList.builder();
        account.add(new LayerAccount("layer_1", computing, computing), new LayerAccount("head", learning, atMost));
        ofNetwork.ifPresent(subnetwork -> subnetwork
                .account()
                .forEach(layer ->
                        account.add(new LayerAccount("subnetwork_" + layer.layer(), layer.done(), layer.dense()))));
        return new TaskSummary(
                task.name(),
                ImmutableList.of(model.features().groups()),
                steps,
                seconds,
                account.build(),
                ofNetwork.map(TaskSummary::digest).orElse(""),
                Optional.empty(),
                ofNetwork.map(TaskSummary::unchanged).orElse(0L));
    }

    private ImmutableMap<String, Double> figures(DiscriminantModel model, DiscriminantEvaluation evaluation) {
        ImmutableMap.Builder<String, Double> figures = ImmutableMap.builder();
        figures.put("filters_open", (double) model.features().groups());
        figures.put("filters", (double) features.groups());
        figures.put("macs_prediction", (double) model.multiplyAdds());
        figures.put(
                "macs_prediction_all_open",
                (double) features.multiplyAdds()
                        + (double) features.count() * sums.components()
                        + model.subnetworks().map(TaskSubnetworks::multiplyAdds).orElse(0L));
        figures.put("calibration_scale", model.scale());
        figures.putAll(evaluation.figures());
        return figures.buildOrThrow();
    }

    @Override
    public void close() {
        stream.close();
        sums.close();
        // the model goes on with this network, which takes memory for predictions again when it is asked
        network.ifPresent(GatedNetwork::close);
    }
}
