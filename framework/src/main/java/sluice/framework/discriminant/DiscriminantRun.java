package sluice.framework.discriminant;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.loop.SequenceRun;
import sluice.framework.internal.loop.TaskRun;
import sluice.framework.internal.loop.Tested;
import sluice.framework.internal.loop.TrainingLoop;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;
import sluice.framework.network.ClassNames;
import sluice.framework.network.GatedNetwork;
import sluice.framework.result.TaskAgnosticResult;
import sluice.framework.result.TrainingListener;
import sluice.gating.UnitSet;
import sluice.tasks.DomainOutputs;
import sluice.tasks.InputEncoding;
import sluice.tasks.OutputLayout;
import sluice.tasks.OutputMeaning;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.TableEncoding;

/** One run of a {@link DiscriminantTrainer}: the sums over all tasks so far, and the model that follows from them. Close it. */
final class DiscriminantRun implements SequenceRun, AutoCloseable {
    final DiscriminantTrainer trainer;
    final TaskSequence sequence;
    final OutputLayout outputs;
    final Lanes lanes;
    final TrainingListener listener;
    final RandomFeatures features;
    final FeatureStream stream;
    final FeatureSums sums;
    final Calibration calibration = new Calibration();
    final Components components;
    final Optional<GatedNetwork> network;
    private final DiscriminantEvaluation evaluation;
    private DiscriminantModel model;

    DiscriminantRun(DiscriminantTrainer trainer, TaskSequence sequence, Lanes lanes, TrainingListener listener) {
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
        this.evaluation = new DiscriminantEvaluation(sequence, outputs, lanes);
    }

    TaskAgnosticResult run(String strategy, Checkpoints checkpoints) {
        AccuracyMatrix empty = AccuracyMatrix.empty(strategy, trainer.seed(), sequence.names());
        TrainingLoop loop = new TrainingLoop(empty, sequence, this, listener).run(checkpoints);
        return new TaskAgnosticResult(
                model,
                loop.matrix(),
                loop.learned(),
                loop.evaluationSeconds(),
                FeatureSums.bytes(features.count(), sums.components())
                        + Calibration.bytes()
                        + network.map(GatedNetwork::taskBytes).orElse(0L),
                figures());
    }

    @Override
    public int stretches() {
        return sequence.tasks().size();
    }

    @Override
    public TaskRun begin(int index) {
        return new DiscriminantTaskRun(this, index);
    }

    @Override
    public boolean keepsState() {
        return network.isEmpty();
    }

    /** All state is told with the task that is learned. */
    @Override
    public void state(State state, int stretch) {}

    @Override
    public void beforeRow(int row) {
        evaluation.reset();
    }

    @Override
    public boolean measures(int row, int task) {
        return trainer.evaluation().measures(row, task + 1, sequence.tasks().size());
    }

    @Override
    public Tested test(int row, int task) {
        return row == 0 ? evaluation.untrained(task) : evaluation.test(model, task);
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
                        new DiscriminantSolver(sums, kept, lanes).solve(), posterior(), calibration.scale()),
                outputs.labels(),
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

    Posterior posterior() {
        return new Posterior(
                components.outputOf().subArray(0, sums.components()).trimmed(), outputs.count());
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
