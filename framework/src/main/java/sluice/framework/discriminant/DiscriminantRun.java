package sluice.framework.discriminant;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.loop.SequenceRun;
import sluice.framework.internal.loop.SummaryState;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.internal.loop.Tested;
import sluice.framework.internal.loop.TrainingLoop;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;
import sluice.framework.network.ClassNames;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkState;
import sluice.framework.predict.internal.discriminant.Posterior;
import sluice.framework.result.TaskAgnosticResult;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.framework.sequence.TaughtTasks;
import sluice.gating.UnitSet;
import sluice.tasks.DomainOutputs;
import sluice.tasks.OutputMeaning;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.TableEncoding;

/** One run of a {@link DiscriminantTrainer}: the sums over all tasks so far, and the model that follows from them. Close it. */
final class DiscriminantRun implements SequenceRun, AutoCloseable {
    final DiscriminantTrainer trainer;
    final TaskSequence sequence;
    final Lanes lanes;
    final TrainingListener listener;
    /** Features that were asked for, before they were rounded. */
    private final int wanted;

    final RandomFeatures features;
    final FeatureStream stream;
    final FeatureSums sums;
    final Calibration calibration = new Calibration();
    final Components components;
    final Optional<GatedNetwork> network;
    private final TaughtTasks tasks;
    private final DiscriminantEvaluation evaluation;
    private final ImmutableList<Task> asked;
    /** By row of this run, right answers to the tasks asked again. */
    private final int[][] correct;

    private DiscriminantModel model;
    /** What the subnetwork of the present task took, and the network with it, once it is learned. */
    private Optional<TaskSummary> ofSubnetwork = Optional.empty();

    private Optional<NetworkState> ofNetwork = Optional.empty();

    DiscriminantRun(
            DiscriminantTrainer trainer,
            TaskSequence sequence,
            Optional<KeptSums> prior,
            Lanes lanes,
            TrainingListener listener) {
        this.trainer = trainer;
        this.sequence = sequence;
        this.tasks =
                prior.map(before -> before.taught().tasks().then(sequence)).orElseGet(() -> TaughtTasks.of(sequence));
        this.asked = prior.map(KeptSums::asked).orElse(ImmutableList.of());
        this.correct = new int[sequence.tasks().size() + 1][asked.size()];
        this.components = Components.of(tasks);
        this.lanes = lanes;
        this.listener = listener;
        this.wanted = prior.map(before -> before.taught().settings().features())
                .orElseGet(() -> trainer.inference().features(sequence));
        this.features = prior.map(KeptSums::features).orElseGet(() -> trainer.draw(sequence));
        this.stream = new FeatureStream(features, lanes, FeatureUse.RUN);
        this.sums = new FeatureSums(features.count(), lanes);
        this.network = trainer.subnetworks().map(subnetworks -> subnetworks.create(sequence, trainer.seed()));
        this.evaluation = new DiscriminantEvaluation(components, lanes);
    }

    /** Becomes what it was at the end of the earlier run. */
    void takeUp(KeptSums prior) {
        prior.restore(sums, calibration);
        solve();
    }

    /** Tasks that were learned in earlier runs. */
    int known() {
        return tasks.tasks().size() - sequence.tasks().size();
    }

    TaskAgnosticResult run(String strategy, Checkpoints checkpoints) {
        AccuracyMatrix empty = AccuracyMatrix.empty(strategy, trainer.seed(), sequence.names());
        TrainingLoop loop = new TrainingLoop(empty, sequence, this, listener).run(checkpoints);
        return new TaskAgnosticResult(
                model,
                matrix(loop.results().matrix()),
                loop.results().learned(),
                loop.results().evaluationSeconds(),
                FeatureSums.bytes(features.count(), sums.components())
                        + Calibration.bytes()
                        + network.map(GatedNetwork::taskBytes).orElse(0L),
                figures(),
                trainer.inference().sums() == InferenceSettings.Sums.KEEP ? Optional.of(kept()) : Optional.empty());
    }

    private Checkpoint kept() {
        return KeptSums.of(
                new TaughtDiscriminant(
                        TaughtDiscriminant.Settings.of(
                                trainer.seed(), wanted, trainer.inference().sparsity(), sequence),
                        tasks),
                features,
                sums,
                calibration);
    }

    /** That of all tasks, with those that were asked again. */
    private AccuracyMatrix matrix(AccuracyMatrix learned) {
        int known = known();
        if (known == 0) {
            return learned;
        }
        AccuracyMatrix all = AccuracyMatrix.empty(learned.strategy(), learned.seed(), tasks.taskNames())
                .withCells(learned, known);
        for (int row = 1; row < correct.length; row++) {
            for (int a = 0; a < asked.size(); a++) {
                if (measuresAsked(row, a)) {
                    all = all.with(
                            known + row,
                            place(a) + 1,
                            correct[row][a],
                            asked.get(a).test().size());
                }
            }
        }
        for (int task = 0; task < sequence.tasks().size(); task++) {
            Task of = sequence.tasks().get(task);
            if (trainer.evaluation().measures(0, known + task + 1, tasks.tasks().size())) {
                all = all.with(
                        0,
                        known + task + 1,
                        evaluation.untrained(of, known + task),
                        of.test().size());
            }
        }
        return all;
    }

    /** The place of a task that is asked again. */
    private int place(int ofAsked) {
        return tasks.taskNames().indexOf(asked.get(ofAsked).name());
    }

    private boolean measuresAsked(int row, int ofAsked) {
        return trainer.evaluation()
                .measures(known() + row, place(ofAsked) + 1, tasks.tasks().size());
    }

    @Override
    public int stretches() {
        return sequence.tasks().size();
    }

    @Override
    public TaskRun begin(int index) {
        return new DiscriminantTaskRun(this, index);
    }

    /** What the subnetwork of a task took; another training of it is not begun where it is known already. */
    Optional<TaskSummary> learnSubnetwork(Task task, Checkpoints within) {
        if (ofSubnetwork.isEmpty()) {
            ofSubnetwork = trainer.subnetworks()
                    .map(each -> each.learn(network.orElseThrow(), sequence, task, listener, within));
            ofNetwork = network.map(NetworkState::new);
        }
        return ofSubnetwork;
    }

    /** The next task has a subnetwork of its own. */
    void forgetSubnetworkSummary() {
        ofSubnetwork = Optional.empty();
    }

    @Override
    public boolean keepsState() {
        return network.map(all -> NetworkState.bytes(all.parts()) <= NetworkState.MOST_BYTES)
                .orElse(true);
    }

    /** What is learned is told with the task that is learned, a subnetwork in training with what is trained of it. */
    @Override
    public void state(State state, int stretch) {
        if (network.isPresent()) {
            ofSubnetwork = SummaryState.tell(state, "subnetwork", ofSubnetwork);
            if (ofSubnetwork.isPresent() && state.restores()) {
                NetworkState.restore(network.get(), state.part("network"));
                ofNetwork = network.map(NetworkState::new);
            } else if (ofSubnetwork.isPresent()) {
                ofNetwork.orElseThrow().keep(state.part("network"));
            }
        }
        for (int row = 1; row <= stretch && !asked.isEmpty(); row++) {
            state.ints("asked-" + row, correct[row]);
        }
    }

    @Override
    public void beforeRow(int row) {
        evaluation.reset();
        for (int a = 0; row > 0 && a < asked.size(); a++) {
            if (measuresAsked(row, a)) {
                correct[row][a] = evaluation.test(model, asked.get(a), place(a)).correct();
            }
        }
    }

    @Override
    public boolean measures(int row, int task) {
        return trainer.evaluation()
                .measures(known() + row, known() + task + 1, tasks.tasks().size());
    }

    @Override
    public Tested test(int row, int task) {
        Task of = sequence.tasks().get(task);
        return known() + row == 0
                ? Tested.of(evaluation.untrained(of, task))
                : evaluation.test(model, of, known() + task);
    }

    /** Solves for what follows from all examples so far, and goes on with it. */
    DiscriminantModel solve() {
        UnitSet open = new FeatureGates(sums, features, trainer.featureGates(), lanes)
                .choose(new RandomStreams(trainer.seed()).stream("feature gates"));
        int[] kept = IntStream.range(0, features.count())
                .filter(i -> open.contains(features.group(i)))
                .toArray();
        model = new DiscriminantModel(
                features.restricted(open),
                new DiscriminantModel.Scoring(
                        new DiscriminantSolver(sums, kept, lanes).of(features).solve(),
                        posterior(),
                        calibration.scale()),
                components.outputs().labels(),
                trainer.inference().threshold(),
                network.map(learned -> new TaskSubnetworks(
                        learned,
                        trainer.inference().subnetworks(),
                        components.places().subList(0, sums.components()))),
                provenance());
        return model;
    }

    /** The scenario, what outputs stand for; and how rows became inputs, where all tasks had theirs encoded alike. */
    private Map<String, String> provenance() {
        ImmutableMap.Builder<String, String> provenance = ImmutableMap.builder();
        provenance.put(DiscriminantModel.SCENARIO, sequence.scenario().name());
        provenance.put(DiscriminantModel.OUTPUTS, components.outputs().meaning().name());
        if (tasks.isNamed() || components.outputs().meaning() == OutputMeaning.POSITION) {
            provenance.put(
                    ClassNames.KEY, ClassNames.json(DomainOutputs.names(components.outputs(), tasks::className)));
        }
        tasks.encoding().ifPresent(table -> provenance.put(TableEncoding.KEY, table.json()));
        return provenance.buildOrThrow();
    }

    Posterior posterior() {
        return new Posterior(
                components.outputOf().subArray(0, sums.components()).toArray(),
                components.outputs().count());
    }

    private ImmutableMap<String, Double> figures() {
        ImmutableMap.Builder<String, Double> figures = ImmutableMap.builder();
        figures.put("filters_open", (double) model.features().groups());
        figures.put("filters", (double) features.groups());
        figures.put("macs_prediction", (double) model.multiplyAdds());
        figures.put(
                "macs_prediction_all_open",
                (double) features.multiplyAdds()
                        + (double) features.count() * sums.components()
                        + model.subnetworks().map(TaskSubnetworks::multiplyAdds).orElse(0L));
        figures.put("calibration_scale", model.scoring().scale());
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
