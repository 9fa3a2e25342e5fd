package sluice.framework.experiment;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import sluice.tasks.InputException;
import sluice.tasks.script.Locations;

/** What a run does, tasks one after another or a network that generates. */
public sealed interface Plan permits RunPlan, GeneratorPlan {
    /** {@return what the run is called} */
    String name();

    /** {@return the one seed of everything random} */
    long seed();

    /** {@return threads that share a step; of a network that generates, its evaluation} */
    int threads();

    /** {@return threads that share a step: what is learned has other bits with other ones} */
    int stepThreads();

    /** {@return how often a checkpoint is taken, if ever} */
    Optional<Duration> checkpointEvery();

    /** {@return what the user calls the strategy; of a network that generates, the estimator} */
    String strategy();

    /** {@return every setting as resolved, by key: numbers, texts, lists and maps} */
    Map<String, Object> settings();

    /** {@return where the settings were written} */
    Locations locations();

    /**
     * {@return an error to throw, at the place where a key was written}
     *
     * @param key dotted
     * @param message what is wrong and what to do
     */
    default InputException error(String key, String message) {
        return locations().error(key, message);
    }

    /**
     * {@return a line to print, with the place where a key was written}
     *
     * @param key dotted
     * @param message what to know of it
     */
    default String remark(String key, String message) {
        return locations().remark(key, message);
    }
}
