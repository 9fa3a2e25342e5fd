package sluice.framework.discriminant;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import sluice.tasks.TaskSequence;
import sluice.tasks.strangers.Strangers;

/**
 * How classes are told apart where the task is unknown.
 *
 * @param features random features that gates choose from, in [18, 20000]; rounded down to whole filters of 18; or {@link #FITTING}
 * @param sparsity penalty on open filters: one closes where the squared error rises by less than its share of this part of
 *     what all filters explain; at least 0
 * @param threshold probability below which the answer is {@code unknown}, in [0, 1]; 0 answers always
 * @param subnetworks weight of what a gated subnetwork per task says of the task's classes, beside the discriminant, in [0,
 *     1]; 0 trains none
 * @param sums what becomes of the sums after the last task
 * @param known what becomes of examples of classes, or of tasks by their names, that an earlier run learned
 * @param task how the task is found whose subnetwork answers; empty where the discriminant answers itself
 * @param strangers kinds of examples that test examples of learned tasks are to be told from, in a figure each; none where no task is found
 */
public record InferenceSettings(
        int features,
        double sparsity,
        double threshold,
        double subnetworks,
        Sums sums,
        Known known,
        Optional<TaskChoice> task,
        ImmutableSet<Strangers> strangers) {
    /** In the place of a number of features: as many as the examples carry, two for each to learn from, at most 4608. */
    public static final int FITTING = 0;

    /** Features of large data, and their sparsity, were chosen on the last 10,000 of MNIST's training images. */
    public static final InferenceSettings DEFAULT = new InferenceSettings(FITTING, 0.1, 0, 0);

    private static final int MOST_FITTING = 4608;
    private static final int LEAST_FITTING = 180;
    private static final int PER_EXAMPLE = 2;

    /** What becomes of sums. */
    public enum Sums {
        /** They are gone when a run ends. */
        DROP,
        /** They stay in its folder, so that another run can go on with them. */
        KEEP
    }

    /** What becomes of examples of what is known already. */
    public enum Known {
        /** They are refused, as somebody may not know that. */
        REFUSE,
        /** They are added to the sums of their classes. */
        ADD
    }

    /** Largest number of features: their scatter matrix is 1.6 GB. */
    static final int MOST_FEATURES = 20_000;

    /**
     * Settings of a run that is not gone on with.
     *
     * @param features random features that gates choose from, in [18, 20000]
     * @param sparsity penalty on open filters, at least 0
     * @param threshold probability below which the answer is {@code unknown}, in [0, 1]
     * @param subnetworks weight of what gated subnetworks say, in [0, 1]
     */
    public InferenceSettings(int features, double sparsity, double threshold, double subnetworks) {
        this(features, sparsity, threshold, subnetworks, Sums.DROP, Known.REFUSE, Optional.empty(), ImmutableSet.of());
    }

    /** Checks the ranges. */
    public InferenceSettings {
        checkArgument(
                features == FITTING || (features >= LocalFilters.PER_FILTER && features <= MOST_FEATURES),
                "features must be in [%s, %s], got %s",
                LocalFilters.PER_FILTER,
                MOST_FEATURES,
                features);
        checkArgument(
                sparsity >= 0 && Double.isFinite(sparsity), "sparsity must be at least 0 and finite, got %s", sparsity);
        checkArgument(threshold >= 0 && threshold <= 1, "threshold must be in [0, 1], got %s", threshold);
        checkArgument(subnetworks >= 0 && subnetworks <= 1, "subnetworks must be in [0, 1], got %s", subnetworks);
        checkArgument(
                strangers.isEmpty() || (task.isPresent() && task.get() != TaskChoice.GIVEN),
                "strangers are told apart where tasks are found");
        checkArgument(
                sums == Sums.DROP || subnetworks == 0, "sums are kept where subnetworks is 0, got %s", subnetworks);
    }

    /**
     * {@return the same with it}
     *
     * @param choice how the task is found whose subnetwork answers
     */
    public InferenceSettings withTask(TaskChoice choice) {
        return new InferenceSettings(
                features, sparsity, threshold, subnetworks, sums, known, Optional.of(choice), strangers);
    }

    /**
     * {@return the same with them}
     *
     * @param kinds of examples that test examples of learned tasks are to be told from
     */
    public InferenceSettings withStrangers(Iterable<Strangers> kinds) {
        return new InferenceSettings(
                features, sparsity, threshold, subnetworks, sums, known, task, ImmutableSet.copyOf(kinds));
    }

    /**
     * {@return the random features that are drawn for tasks}
     *
     * @param sequence the tasks
     */
    public int features(TaskSequence sequence) {
        if (features != FITTING) {
            return features;
        }
        long examples =
                sequence.tasks().stream().mapToLong(task -> task.train().size()).sum();
        return (int) Math.max(LEAST_FITTING, Math.min(MOST_FITTING, PER_EXAMPLE * examples));
    }
}
