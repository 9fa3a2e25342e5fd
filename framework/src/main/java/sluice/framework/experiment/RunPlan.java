package sluice.framework.experiment;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sluice.framework.ReportOptions;
import sluice.framework.checkpoint.CheckpointSettings;
import sluice.framework.layer.LayerShape;
import sluice.framework.network.NetworkCost;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingResult;
import sluice.framework.strategy.Curriculum;
import sluice.framework.strategy.EarlierTasks;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategy;
import sluice.framework.strategy.StrategyTraits;
import sluice.tasks.OutputLayout;
import sluice.tasks.Shape;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.Locations;

/** What a run does, wherever it was written: all that running, recording and reporting it need. */
public final class RunPlan implements Plan {
    private final String name;
    private final RunData data;
    private final Learner learner;
    private final ReportOptions report;
    private final Map<String, Object> settings;
    private final Locations locations;
    private final CheckpointSettings checkpoint;

    /**
     * @param settings as resolved, by key, as run.json will have them
     * @param locations where the settings were written
     * @param checkpoint what is kept of the training
     */
    RunPlan(
            String name,
            RunData data,
            Learner learner,
            ReportOptions report,
            Map<String, Object> settings,
            Locations locations,
            CheckpointSettings checkpoint) {
        this.checkpoint = checkpoint;
        this.name = name;
        this.data = data;
        this.learner = learner;
        this.report = report;
        this.settings = settings;
        this.locations = locations;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long seed() {
        return learner.seed();
    }

    @Override
    public int threads() {
        return learner.threads();
    }

    @Override
    public String strategy() {
        return learner.name();
    }

    @Override
    public Map<String, Object> settings() {
        return new LinkedHashMap<>(settings);
    }

    /** {@return what the run is reported by} */
    public ReportOptions report() {
        return report;
    }

    /** What is kept of the training. */
    CheckpointSettings checkpoint() {
        return checkpoint;
    }

    /** The same as one of many runs. */
    RunPlan ofMany() {
        return new RunPlan(name, data, learner, report, settings, locations, checkpoint.ofMany());
    }

    @Override
    public int stepThreads() {
        return threads();
    }

    @Override
    public Optional<Duration> checkpointEvery() {
        return checkpoint.every();
    }

    RunData data() {
        return data;
    }

    Learner learner() {
        return learner;
    }

    @Override
    public Locations locations() {
        return locations;
    }

    /** The same with tasks that its network learned in earlier runs, to be asked again. */
    RunPlan asking(EarlierTasks tasks) {
        return new RunPlan(name, data, learner.asking(tasks), report, settings, locations, checkpoint);
    }

    /** How each task is trained. */
    TrainingSettings training() {
        return learner.training();
    }

    /** What is known of the learner before it learns. */
    StrategyTraits traits() {
        return learner.traits();
    }

    boolean takes(StrategyTraits.Setting setting) {
        return traits().takes(setting);
    }

    /** Whether a network is trained: sums over random features are taken in one pass. */
    boolean trains() {
        return traits().network() != StrategyTraits.TrainedNetwork.NONE;
    }

    /** Whether one network learns all tasks together. */
    boolean joint() {
        return traits().curriculum() == Curriculum.JOINT;
    }

    /** What learns these tasks, if it is a strategy. */
    Optional<Strategy> strategy(TaskSequence sequence) {
        return learner instanceof Learner.OfTasks ofTasks ? Optional.of(ofTasks.strategy(sequence)) : Optional.empty();
    }

    /** How a strategy's network is trained, if it is a strategy that learns. */
    Optional<Setup> setup() {
        return learner instanceof Learner.OfTasks ofTasks ? Optional.of(ofTasks.setup()) : Optional.empty();
    }

    /** The network that these tasks need, which must fit the data. */
    NetworkShape shape(TaskSequence sequence) {
        NetworkShape.misfit(sequence.shape(), learner.layers()).ifPresent(misfit -> {
            throw error("network.layers[%d]".formatted(misfit.layer()), misfit.message());
        });
        return new NetworkShape(sequence.shape(), learner.layers());
    }

    /** These tasks behind those that its network has learned in earlier runs, as far as it tells. */
    TaskSequence withEarlier(TaskSequence sequence) {
        return strategy(sequence)
                .map(strategy -> strategy.withEarlier(sequence))
                .orElse(sequence);
    }

    NetworkCost cost(TaskSequence sequence) {
        // layers that nothing trains need not fit the data
        NetworkShape shape = takes(StrategyTraits.Setting.SUMS)
                ? NetworkShape.dense(
                        sequence.features(),
                        learner.layers().stream().map(LayerShape::units).toList())
                : shape(sequence);
        return new NetworkCost(shape, OutputLayout.of(withEarlier(sequence)).count());
    }

    /** Says in a model where it comes from. */
    TrainingResult annotated(TrainingResult result, Shape shape) {
        TrainingResult told =
                result.annotated("sluice", SluiceVersion.get()).annotated("settings", OneLineJson.of(settings()));
        return shape.pixels()
                .map(image -> told.annotated(ModelInputs.IMAGE, ModelInputs.size(image)))
                .orElse(told);
    }
}
