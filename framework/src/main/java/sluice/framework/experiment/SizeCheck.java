package sluice.framework.experiment;

import java.util.List;
import java.util.stream.LongStream;
import sluice.framework.ReportOptions;
import sluice.framework.network.NetworkShape;
import sluice.framework.strategy.RegressionStrategies;
import sluice.framework.strategy.Strategy;
import sluice.framework.strategy.StrategyTraits;
import sluice.framework.strategy.StreamGates;
import sluice.tasks.InputException;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Refuses tasks that cannot be learned as planned, before anything is trained. */
record SizeCheck(RunPlan plan, TaskSequence sequence) {
    /** Weights of one layer at the most: a native matrix of floats may take 2 GiB. */
    private static final long MOST_WEIGHTS = Integer.MAX_VALUE / Float.BYTES;

    /**
     * @throws InputException at the key that is wrong
     */
    void check() {
        boolean isInParts = plan.strategy(sequence).stream()
                .anyMatch(strategy -> strategy.traits().network() == StrategyTraits.TrainedNetwork.PARTS);
        if (!isInParts && !plan.takes(StrategyTraits.Setting.SUMS)) {
            checkSize(plan.shape(sequence));
        }
        if (sequence.isRegression() && plan.strategy(sequence).isEmpty()) {
            throw plan.error(
                    "network.units", "binary units tell classes apart, and these tasks predict numbers: remove it");
        }
        checkReport();
        if (isInParts || plan.strategy(sequence).isEmpty()) {
            checkTested();
        }
        plan.strategy(sequence).ifPresent(this::checkStrategy);
    }

    /** What a report cannot tell of numbers is not left out of it in silence. */
    private void checkReport() {
        if (!sequence.isRegression()) {
            return;
        }
        ReportOptions report = plan.report();
        if (!report.references().isEmpty()) {
            throw plan.error(
                    "report.references",
                    "are held against accuracies, and these tasks predict numbers: remove them, and compare with strategy joint instead");
        }
        if (report.continual().isPresent()) {
            throw plan.error(
                    "report.continual",
                    "asks for accuracies between steps, and these tasks predict numbers: remove it");
        }
        if (report.predictions()) {
            throw plan.error(
                    "report.predictions",
                    "keeps the classes that are predicted, and these tasks predict numbers: remove it, and see sluice predict");
        }
    }

    private void checkStrategy(Strategy strategy) {
        if (strategy.traits().network() == StrategyTraits.TrainedNetwork.PLAIN
                || !plan.report().references().isEmpty()) {
            checkPlainNetwork();
        }
        checkClassWeights();
        try {
            RegressionStrategies.check(strategy, sequence);
            strategy.check(sequence);
        } catch (InputException unfit) {
            throw plan.error(strategy instanceof StreamGates ? "stream" : "strategy", unfit.getMessage());
        }
    }

    /** Exits, and binary units after every pass, are judged by test examples. */
    private void checkTested() {
        if (sequence.tasks().stream().noneMatch(Task::isTested)) {
            throw plan.error(
                    "data.test_share",
                    "networks with exits, gaters or binary units are judged by test examples, and there are none: make it more than 0");
        }
    }

    private void checkClassWeights() {
        try {
            plan.training().classWeights().check(sequence);
        } catch (InputException unknown) {
            throw plan.error("training.class_weights", unknown.getMessage());
        }
    }

    /** The parameters of a plain network lie in one array. */
    private void checkPlainNetwork() {
        long parameters = plan.cost(sequence).parameters();
        if (parameters > Integer.MAX_VALUE) {
            throw plan.error(
                    layersKey(),
                    "the layers together have %d weights and biases, more than %d: make them narrower"
                            .formatted(parameters, Integer.MAX_VALUE));
        }
    }

    private String layersKey() {
        return plan.locations().isWritten("network.layers") ? "network.layers" : "network.hidden";
    }

    /** Examples of a step at the most. */
    private long batch() {
        int batchSize = plan.training().batchSize();
        return plan.strategy(sequence)
                .map(strategy -> strategy.stepExamples(sequence, batchSize))
                .orElseGet(() -> (long)
                        Math.min(batchSize, sequence.tasks().get(0).train().size()));
    }

    private void checkSize(NetworkShape network) {
        long batch = batch();
        List<NetworkShape.Cost> hidden =
                network.costs(1).subList(0, network.layers().size());
        LongStream values = hidden.stream().mapToLong(layer -> layer.units() * layer.values());
        for (long count :
                LongStream.concat(LongStream.of(sequence.features()), values).toArray()) {
            if (batch * count > MOST_WEIGHTS) {
                throw plan.error(
                        "training.batch_size",
                        "%d examples of %d values do not fit in memory: make it smaller".formatted(batch, count));
            }
        }
        for (NetworkShape.Cost layer : hidden) {
            if (layer.units() * layer.weights() > MOST_WEIGHTS) {
                throw plan.error(
                        layersKey(),
                        "a layer of %d units over %d has more than %d weights: make it narrower"
                                .formatted(layer.units(), layer.weights(), MOST_WEIGHTS));
            }
        }
    }
}
