package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How each task is trained. {@link ScriptReader} checks the ranges.
 *
 * @param length how long
 * @param batchSize examples per step, 1 to 100000
 * @param optimizer what updates weights and biases
 * @param largestGradientNorm global norm that gradients are scaled down to, above 0; infinite for no clipping
 * @param learningRateFactor what the learning rate is multiplied by, above 0
 */
public record TrainingSettings(
        LengthSettings length,
        int batchSize,
        OptimizerSettings optimizer,
        double largestGradientNorm,
        ScheduleSettings learningRateFactor) {
    static final ImmutableList<String> KEYS = ImmutableList.of(
            "epochs",
            "iterations",
            "batch_size",
            "optimizer",
            "learning_rate",
            "momentum",
            "weight_decay",
            "gradient_clip",
            "learning_rate_factor");
    private static final Range<Integer> EPOCHS = Range.closed(1, 100_000);
    private static final Range<Integer> ITERATIONS = Range.closed(1, 100_000_000);
    private static final Range<Integer> BATCHES = Range.closed(1, 100_000);

    /**
     * @return global norm that gradients are scaled down to, above 0; empty for no clipping
     */
    public OptionalDouble gradientClip() {
        return Double.isInfinite(largestGradientNorm) ? OptionalDouble.empty() : OptionalDouble.of(largestGradientNorm);
    }

    static TrainingSettings read(Section training) {
        return new TrainingSettings(
                length(training),
                training.integer("batch_size", BATCHES, 64),
                OptimizerSettings.read(training),
                training.real("gradient_clip", Range.greaterThan(0.0), Double.POSITIVE_INFINITY),
                training.value("learning_rate_factor")
                        .map(factor -> ScheduleSection.read(factor, Range.greaterThan(0.0)))
                        .orElse(new ScheduleSettings.Constant(1)));
    }

    private static LengthSettings length(Section training) {
        Optional<Value> iterations = training.value("iterations");
        if (iterations.isEmpty()) {
            return new LengthSettings.Epochs(training.integer("epochs", EPOCHS, 5));
        }
        training.refuse(
                "epochs",
                "cannot stand beside iterations: remove one of the two (--set training={...} replaces the whole section)");
        return new LengthSettings.Iterations(iterations.get().integer(ITERATIONS));
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.putAll(length.settings());
        settings.put("batch_size", batchSize);
        settings.putAll(optimizer.settings());
        gradientClip().ifPresent(norm -> settings.put("gradient_clip", norm));
        if (!learningRateFactor.equals(new ScheduleSettings.Constant(1))) {
            settings.put("learning_rate_factor", learningRateFactor.settings());
        }
        return settings;
    }
}
