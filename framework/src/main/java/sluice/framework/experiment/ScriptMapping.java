package sluice.framework.experiment;

import com.google.common.collect.Maps;
import sluice.framework.binary.ClassifierTrainer;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.Reuse;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.Optimizers;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.strategy.Setup;
import sluice.gating.BinaryNeuron;
import sluice.gating.EstimatorEntry;
import sluice.gating.Estimators;
import sluice.gating.GateActivation;
import sluice.gating.GateLayout;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.gating.OpenBudget;
import sluice.gating.Schedule;
import sluice.gating.SparsityRegulariser;
import sluice.tasks.Suggestion;
import sluice.tasks.script.LengthSettings;
import sluice.tasks.script.NamedSetting;
import sluice.tasks.script.OptimizerSettings;
import sluice.tasks.script.ScheduleSettings;
import sluice.tasks.script.TaskSequenceScript;

/** What a script's words mean as values of {@code gating} and {@code framework}. */
final class ScriptMapping {
    private ScriptMapping() {}

    /** What a script's run does. */
    static RunPlan plan(TaskSequenceScript script) {
        ScriptReport.check(script);
        return new RunPlan(
                script.name(),
                new ScriptData(script),
                of(script),
                ScriptReport.of(script.report()),
                script.settings(),
                script.locations());
    }

    /** The learner that a script describes. */
    private static Learner of(TaskSequenceScript script) {
        int threads = script.threads().or(Lanes.defaultCount());
        return switch (script.network().units()) {
            case RELU ->
                new Learner.OfTasks(
                        ScriptStrategy.of(script, gates(script)),
                        script.scenario(),
                        new Setup(ScriptLayers.of(script.network()), training(script), script.seed(), threads));
            case BINARY -> {
                ScriptStrategy.checkNone(script);
                yield new Learner.OfOneTask(classifier(script, threads), script.seed());
            }
        };
    }

    private static ClassifierTrainer classifier(TaskSequenceScript script, int threads) {
        sluice.tasks.script.GateSettings units = script.gates();
        int count = script.network().hidden().get(0);
        BinaryNeuron neuron = neuron(units);
        GateLayout layout = new GateLayout(neuron, Granularity.PER_EXAMPLE, count, 1, 1, GateLayout.Logits.PER_EXAMPLE);
        return new ClassifierTrainer(
                count,
                neuron,
                estimator(units.estimator(), layout),
                schedule(units.slope()),
                training(script),
                threads);
    }

    private static BinaryNeuron neuron(sluice.tasks.script.GateSettings gates) {
        return new BinaryNeuron(
                switch (gates.neuron()) {
                    case SIGMOID -> GateActivation.SIGMOID;
                    case HARD_SIGMOID -> GateActivation.HARD_SIGMOID;
                },
                switch (gates.sampling()) {
                    case STOCHASTIC -> BinaryNeuron.Sampling.STOCHASTIC;
                    case DETERMINISTIC -> BinaryNeuron.Sampling.DETERMINISTIC;
                });
    }

    private static GateSettings gates(TaskSequenceScript script) {
        sluice.tasks.script.GateSettings gates = script.gates();
        if (gates.groups() > 1 && gates.slope() instanceof ScheduleSettings.Hat) {
            throw script.error(
                    "gates.slope",
                    "schedule hat compensates the sigmoid's gradient, groups have none: choose another schedule, or no groups");
        }
        BinaryNeuron neuron = neuron(gates);
        Granularity granularity =
                switch (gates.granularity()) {
                    case MINI_BATCH -> Granularity.MINI_BATCH;
                    case PER_EXAMPLE -> Granularity.PER_EXAMPLE;
                };
        return new GateSettings(
                estimator(
                        gates.estimator(),
                        new GateLayout(
                                neuron, granularity, gates.groups(), 1, gates.groups(), GateLayout.Logits.SHARED)),
                neuron,
                granularity,
                gates.groups(),
                schedule(gates.slope()),
                new SparsityRegulariser(gates.sparsity(), gates.reusePrice()),
                gates.logitMean(),
                gates.logitSpread(),
                gates.logitLimit(),
                gates.learningRate(),
                new OpenBudget(gates.budget()),
                switch (gates.reuse()) {
                    case ALLOWED -> Reuse.ALLOWED;
                    case FORBIDDEN -> Reuse.FORBIDDEN;
                });
    }

    private static GradientEstimator estimator(NamedSetting setting, GateLayout layout) {
        EstimatorEntry entry = Estimators.BY_NAME.get(setting.name());
        if (entry == null) {
            throw setting.error("unknown estimator '%s': %s"
                    .formatted(setting.name(), Suggestion.of(setting.name(), Estimators.BY_NAME.keySet())));
        }
        GradientEstimator estimator;
        try {
            estimator = entry.with(Maps.transformValues(setting.parameters(), ScriptMapping::schedule));
        } catch (IllegalArgumentException outOfRange) {
            throw setting.error("estimator %s: %s".formatted(setting.name(), outOfRange.getMessage()));
        }
        try {
            estimator.begin(layout);
        } catch (IllegalArgumentException unfit) {
            throw setting.error(unfit.getMessage());
        }
        return estimator;
    }

    static Schedule schedule(ScheduleSettings settings) {
        if (settings instanceof ScheduleSettings.Linear linear) {
            return new Schedule.Linear(linear.start(), linear.rate(), linear.limit());
        }
        if (settings instanceof ScheduleSettings.Exponential exponential) {
            return new Schedule.Exponential(exponential.start(), exponential.rate(), exponential.limit());
        }
        if (settings instanceof ScheduleSettings.Cosine cosine) {
            return new Schedule.Cosine(cosine.start(), cosine.end());
        }
        if (settings instanceof ScheduleSettings.Hat hat) {
            return new Schedule.Hat(hat.limit());
        }
        return new Schedule.Constant(((ScheduleSettings.Constant) settings).value());
    }

    private static TrainingSettings training(TaskSequenceScript script) {
        sluice.tasks.script.TrainingSettings training = script.training();
        return new TrainingSettings(
                length(training.length()),
                training.batchSize(),
                optimizer(script),
                training.gradientClip().orElse(Double.POSITIVE_INFINITY),
                schedule(training.learningRateFactor()));
    }

    private static TrainingDuration length(LengthSettings settings) {
        if (settings instanceof LengthSettings.Iterations iterations) {
            return new TrainingDuration.Iterations(iterations.count());
        }
        return new TrainingDuration.Epochs(((LengthSettings.Epochs) settings).count());
    }

    private static Optimizer optimizer(TaskSequenceScript script) {
        OptimizerSettings settings = script.training().optimizer();
        Optimizers.Row row = Optimizers.BY_NAME.get(settings.name());
        if (row == null) {
            throw script.error(
                    "training.optimizer",
                    "unknown optimizer '%s': %s"
                            .formatted(settings.name(), Suggestion.of(settings.name(), Optimizers.BY_NAME.keySet())));
        }
        return row.of(settings.learningRate(), settings.momentum(), settings.weightDecay());
    }
}
