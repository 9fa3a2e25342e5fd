package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;

/**
 * What is known of a strategy before it learns: forecasts, and what a user is told beforehand, follow from it.
 *
 * @param network what is trained
 * @param curriculum which examples it is trained on
 * @param earlierClasses what becomes of earlier tasks' classes where all classes must be told apart
 * @param storedExamples examples that are kept for later, at least 0
 * @param settings what it takes of a run's settings, beside those of the network, where it trains one, and how long and in
 *     what batches it is trained
 */
public record StrategyTraits(
        TrainedNetwork network,
        Curriculum curriculum,
        EarlierClasses earlierClasses,
        int storedExamples,
        ImmutableSet<Setting> settings) {
    /** A plain network, trained as the settings say, task by task; nothing is stored, and nothing known of how it ends. */
    public static final StrategyTraits DEFAULT = new StrategyTraits(
            TrainedNetwork.PLAIN,
            Curriculum.TASK_BY_TASK,
            EarlierClasses.ANSWERED,
            0,
            Sets.immutableEnumSet(
                    Setting.OPTIMIZER,
                    Setting.CONTINUAL,
                    Setting.VALIDATION,
                    Setting.CLASS_WEIGHTS,
                    Setting.REGRESSION));

    /** Checks the range. */
    public StrategyTraits {
        checkArgument(storedExamples >= 0, "storedExamples must be at least 0, got %s", storedExamples);
    }

    /** What is trained. */
    public enum TrainedNetwork {
        /** Nothing, as sums are taken. */
        NONE,
        /** A network whose parameters lie in one array. */
        PLAIN,
        /** A network with gates, of which tasks have subnetworks. */
        GATED,
        /** A network whose layers do not all lie on each other; the strategy checks its size. */
        PARTS
    }

    /** What becomes of earlier tasks' classes where no two tasks share one, and all must be told apart. */
    public enum EarlierClasses {
        /** They are answered, or nothing else is known. */
        ANSWERED,
        /** Parameters are held at the most: nothing says that the outputs of earlier classes should ever win again. */
        FORGOTTEN,
        /** Earlier answers are held on new examples alone (van de Ven and Tolias 2019, table 4). */
        HARDLY_ANSWERED
    }

    /** A part of a run's settings. */
    public enum Setting {
        /** How gates are drawn and learned, and what follows from gates: growth, and evaluation of some tasks only. */
        GATES,
        /** How classes or tasks are told apart where the task is not told. */
        INFERENCE,
        /** Sums of random features answer, and no network must be trained. */
        SUMS,
        /** Optimiser, learning rate, momentum, decay and clipping. */
        OPTIMIZER,
        /** Questions between steps, how tasks do meanwhile. */
        CONTINUAL,
        /** Training examples that are held out, to say when a task is trained. */
        VALIDATION,
        /** How much the loss of an example counts, by its class. */
        CLASS_WEIGHTS,
        /** Targets that are numbers, in the place of classes. */
        REGRESSION
    }

    /**
     * {@return the same with so many}
     *
     * @param kept examples that are kept for later, at least 0
     */
    public StrategyTraits storing(int kept) {
        return new StrategyTraits(network, curriculum, earlierClasses, kept, settings);
    }

    /**
     * {@return the same with this}
     *
     * @param end what becomes of earlier tasks' classes
     */
    public StrategyTraits with(EarlierClasses end) {
        return new StrategyTraits(network, curriculum, end, storedExamples, settings);
    }

    /**
     * {@return the same with this}
     *
     * @param trainedOn which examples the network is trained on
     */
    public StrategyTraits with(Curriculum trainedOn) {
        return new StrategyTraits(network, trainedOn, earlierClasses, storedExamples, settings);
    }

    /**
     * {@return the same without it}
     *
     * @param ignored of a run's settings
     */
    public StrategyTraits without(Setting ignored) {
        return new StrategyTraits(
                network,
                curriculum,
                earlierClasses,
                storedExamples,
                Sets.difference(settings, ImmutableSet.of(ignored)).immutableCopy());
    }

    /**
     * {@return whether it matters}
     *
     * @param setting of a run
     */
    public boolean takes(Setting setting) {
        return settings.contains(setting);
    }
}
