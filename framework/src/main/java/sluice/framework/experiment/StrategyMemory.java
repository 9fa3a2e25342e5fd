package sluice.framework.experiment;

import java.util.OptionalLong;
import sluice.framework.strategy.AGem;
import sluice.framework.strategy.ContextGating;
import sluice.framework.strategy.DarkExperienceReplay;
import sluice.framework.strategy.Ewc;
import sluice.framework.strategy.ExperienceReplay;
import sluice.framework.strategy.FineTuning;
import sluice.framework.strategy.FrozenFeatures;
import sluice.framework.strategy.HardAttention;
import sluice.framework.strategy.Lwf;
import sluice.framework.strategy.Mas;
import sluice.framework.strategy.NearestMean;
import sluice.framework.strategy.PackNet;
import sluice.framework.strategy.Strategy;
import sluice.framework.strategy.Supermasks;
import sluice.framework.strategy.SynapticIntelligence;

/**
 * What a strategy will keep beside the network's parameters, as {@code memory_bytes} of the run will have it.
 *
 * @param network the network that it trains
 * @param tasks of the sequence
 */
record StrategyMemory(NetworkCost network, int tasks) {
    /** Importance and anchor of a quadratic penalty, a float each. */
    private static final int PENALTY = 2 * Float.BYTES;

    /** The same, the running sum of a task and where the task began. */
    private static final int PATH = PENALTY + 2 * Float.BYTES;

    /** Bytes, or empty where they are not known beforehand. */
    OptionalLong bytes(Strategy strategy) {
        long parameters = network.parameters();
        if (strategy instanceof FineTuning || strategy instanceof FrozenFeatures) {
            return OptionalLong.of(0);
        } else if (strategy instanceof Ewc || strategy instanceof Mas) {
            return OptionalLong.of(PENALTY * parameters);
        } else if (strategy instanceof SynapticIntelligence) {
            return OptionalLong.of(PATH * parameters);
        } else if (strategy instanceof Lwf) {
            return OptionalLong.of(Float.BYTES * parameters);
        } else if (strategy instanceof ExperienceReplay replay) {
            return OptionalLong.of(replay.memory() * example());
        } else if (strategy instanceof AGem gem) {
            return OptionalLong.of(gem.memory() * example());
        } else if (strategy instanceof DarkExperienceReplay der) {
            return OptionalLong.of(der.memory() * (example() + (long) Float.BYTES * network.outputs()));
        } else if (strategy instanceof NearestMean icarl) {
            return OptionalLong.of(exemplars(icarl) + Float.BYTES * parameters);
        } else if (strategy instanceof PackNet) {
            return OptionalLong.of(Short.BYTES * parameters);
        } else if (strategy instanceof Supermasks) {
            return OptionalLong.of((long) tasks * Long.BYTES * ((parameters + Long.SIZE - 1) / Long.SIZE));
        } else if (strategy instanceof HardAttention) {
            return OptionalLong.of(network.hiddenUnits() * ((long) Double.BYTES * tasks + Float.BYTES));
        } else if (strategy instanceof ContextGating gating) {
            long gates = network.hiddenUnits() * Float.BYTES * tasks;
            return OptionalLong.of(gates + (gating.c() > 0 ? PATH * parameters : 0));
        }
        return OptionalLong.empty();
    }

    /** Inputs, target and task. */
    private long example() {
        return (long) Float.BYTES * network.features() + 2L * Integer.BYTES;
    }

    /** Exemplars, and the mean of every class. */
    private long exemplars(NearestMean icarl) {
        return icarl.memory() * example() + Float.BYTES * network.topValues() * network.outputs();
    }
}
