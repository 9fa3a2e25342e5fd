package sluice.framework.predict;

import static sluice.framework.predict.internal.kernel.Arguments.checkArgument;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import sluice.framework.predict.file.Description;

/**
 * The scale of the numbers that a task predicts.
 *
 * @param mean in their own units
 * @param deviation likewise
 */
record NumberScale(double mean, double deviation) {
    /** Throws IllegalArgumentException, as a damaged model does, where it is no scale. */
    NumberScale {
        checkArgument(
                Double.isFinite(mean) && deviation > 0 && Double.isFinite(deviation),
                "numbers have the mean %s and the deviation %s",
                mean,
                deviation);
    }

    /**
     * Of a task; empty where it tells classes apart.
     *
     * @param provenance of the model
     * @param prefix what the keys begin with that are about the task
     */
    static Optional<NumberScale> of(Map<String, String> provenance, String prefix) throws IOException {
        String json = provenance.get(prefix + "target");
        if (json == null) {
            return Optional.empty();
        }
        Description scale = Description.parse(json.getBytes(StandardCharsets.UTF_8));
        return Optional.of(new NumberScale(
                scale.get("mean").number(), scale.get("deviation").number()));
    }

    double number(float output) {
        return mean + deviation * output;
    }
}
