package sluice.framework.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import sluice.framework.ContinualTrainer;
import sluice.framework.GateSettings;
import sluice.framework.Optimizer;
import sluice.framework.TrainingSettings;
import sluice.framework.kernel.Lanes;
import sluice.gating.BinaryNeuron;
import sluice.gating.Estimators;
import sluice.gating.GateActivation;
import sluice.gating.GateLayout;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.gating.SlopeSchedule;
import sluice.gating.SparsityRegulariser;
import sluice.tasks.Suggestion;
import sluice.tasks.script.EstimatorSetting;
import sluice.tasks.script.NetworkSettings;
import sluice.tasks.script.OptimizerSettings;
import sluice.tasks.script.ScheduleSettings;
import sluice.tasks.script.TaskSequenceScript;

/** What a script's words mean as values of {@code gating} and {@code framework}. */
final class ScriptTrainer {
    private ScriptTrainer() {}

    /** The trainer that a script describes. */
    static ContinualTrainer of(TaskSequenceScript script) {
        return new ContinualTrainer(
                gates(script), training(script), script.threads().or(Lanes.usualCount()));
    }

    private static GateSettings gates(TaskSequenceScript script) {
        sluice.tasks.script.GateSettings gates = script.gates();
        if (script.network().units() == NetworkSettings.Units.BINARY) {
            throw script.error("network.units", "binary units are not trained yet: choose units: relu");
        }
        if (gates.groups() > 1) {
            throw script.error("gates.groups", "groups are not trained yet: remove it");
        }
        BinaryNeuron neuron = new BinaryNeuron(
                switch (gates.neuron()) {
                    case SIGMOID -> GateActivation.SIGMOID;
                    case HARD_SIGMOID -> GateActivation.HARD_SIGMOID;
                },
                switch (gates.sampling()) {
                    case STOCHASTIC -> BinaryNeuron.Sampling.STOCHASTIC;
                    case DETERMINISTIC -> BinaryNeuron.Sampling.DETERMINISTIC;
                });
        Granularity granularity =
                switch (gates.granularity()) {
                    case MINI_BATCH -> Granularity.MINI_BATCH;
                    case PER_EXAMPLE -> Granularity.PER_EXAMPLE;
                };
        return new GateSettings(
                estimator(gates.estimator(), neuron, granularity),
                neuron,
                granularity,
                slope(script),
                new SparsityRegulariser(gates.sparsity()),
                gates.logitMean(),
                gates.logitSpread(),
                gates.logitLimit(),
                gates.learningRate());
    }

    private static GradientEstimator estimator(EstimatorSetting setting, BinaryNeuron neuron, Granularity granularity) {
        Estimators.Entry entry = Estimators.BY_NAME.get(setting.name());
        if (entry == null) {
            throw setting.error("unknown estimator '%s': %s"
                    .formatted(setting.name(), Suggestion.of(setting.name(), Estimators.BY_NAME.keySet())));
        }
        try {
            GradientEstimator estimator = entry.with(numbers(setting));
            estimator.begin(new GateLayout(neuron, granularity, 1, 1));
            return estimator;
        } catch (IllegalArgumentException unfit) {
            throw setting.error("estimator %s: %s".formatted(setting.name(), unfit.getMessage()));
        }
    }

    private static Map<String, Double> numbers(EstimatorSetting setting) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        setting.parameters().forEach((parameter, value) -> {
            if (!(value instanceof ScheduleSettings.Constant constant)) {
                throw setting.error(
                        "estimator %s: %s takes no schedule: write a number".formatted(setting.name(), parameter));
            }
            numbers.put(parameter, constant.value());
        });
        return numbers;
    }

    private static SlopeSchedule slope(TaskSequenceScript script) {
        ScheduleSettings slope = script.gates().slope();
        if (slope instanceof ScheduleSettings.Constant constant) {
            return new SlopeSchedule.Constant(constant.value());
        }
        if (slope instanceof ScheduleSettings.Linear linear && linear.rate() > 0) {
            return new SlopeSchedule.Linear(linear.start(), linear.rate(), linear.limit());
        }
        if (slope instanceof ScheduleSettings.Exponential exponential && exponential.rate() >= 1) {
            return new SlopeSchedule.Exponential(exponential.start(), exponential.rate(), exponential.limit());
        }
        throw script.error("gates.slope", "not yet: choose a constant, or a schedule linear or exponential that grows");
    }

    private static TrainingSettings training(TaskSequenceScript script) {
        sluice.tasks.script.TrainingSettings training = script.training();
        return new TrainingSettings(
                training.epochs(),
                training.batchSize(),
                optimizer(training.optimizer()),
                training.gradientClip().orElse(Double.POSITIVE_INFINITY));
    }

    private static Optimizer optimizer(OptimizerSettings settings) {
        if (settings instanceof OptimizerSettings.Sgd sgd) {
            return new Optimizer.Sgd(sgd.learningRate(), sgd.momentum(), sgd.weightDecay());
        }
        return new Optimizer.Adam(settings.learningRate(), 0.9, 0.999, 1e-8, settings.weightDecay());
    }
}
