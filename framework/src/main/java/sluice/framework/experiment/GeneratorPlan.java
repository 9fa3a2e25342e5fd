package sluice.framework.experiment;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sluice.framework.checkpoint.CheckpointSettings;
import sluice.framework.script.GeneratorScript;
import sluice.tasks.script.Locations;

/**
 * Training and evaluation of a network that generates.
 *
 * @param script that says how
 */
public record GeneratorPlan(GeneratorScript script) implements Plan {
    @Override
    public String name() {
        return script.script().name();
    }

    @Override
    public long seed() {
        return script.script().seed();
    }

    @Override
    public int threads() {
        return script.threads();
    }

    @Override
    public int stepThreads() {
        return 1;
    }

    /** What is kept of the training. */
    CheckpointSettings checkpoint() {
        return script.checkpoint();
    }

    @Override
    public Optional<Duration> checkpointEvery() {
        return script.checkpoint().every();
    }

    @Override
    public String strategy() {
        return script.generator().estimator().name();
    }

    @Override
    public Map<String, Object> settings() {
        return new LinkedHashMap<>(script.settings());
    }

    @Override
    public Locations locations() {
        return script.script().locations();
    }
}
