package sluice.framework.discriminant;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Optional;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.internal.state.State;
import sluice.framework.internal.state.StateMisfitException;
import sluice.tasks.InputException;
import sluice.tasks.Task;

/**
 * The sums of a discriminant at the end of a run, from which another goes on with more tasks, with the bits of one run that learns all
 * in turn: random features, sums, and what calibrated its probabilities so far. As a file it is a {@link Checkpoint}. Immutable.
 *
 * @param taught what was learned
 * @param snapshot the state
 * @param asked tasks of it whose test examples are at hand, as the accuracy matrix calls them: they are asked again after each new task
 */
public record KeptSums(TaughtDiscriminant taught, Snapshot snapshot, ImmutableList<Task> asked) {
    private static final String NOTE = "discriminant";

    /** Keeps what a run has learned. */
    static Checkpoint of(
            TaughtDiscriminant taught, RandomFeatures features, FeatureSums sums, Calibration calibration) {
        return new Checkpoint(ImmutableMap.of(NOTE, taught.json()), Snapshot.of(state -> {
            tell(features, state.part("features"));
            sums.state(state.part("sums"));
            calibration.state(state.part("calibration"));
        }));
    }

    /**
     * {@return what was learned, of which sums are neither read nor found whole}
     *
     * @param file of sums that a run kept
     * @throws InputException if it is another file, or damaged as far as it was looked at
     */
    public static TaughtDiscriminant taught(Path file) {
        return taught(Checkpoint.notes(file), file);
    }

    /**
     * {@return the sums}
     *
     * @param file of sums that a run kept
     * @throws InputException if it is another file, or damaged
     */
    public static KeptSums load(Path file) {
        Checkpoint checkpoint = Checkpoint.load(file);
        return new KeptSums(taught(checkpoint.notes(), file), checkpoint.snapshot(), ImmutableList.of());
    }

    /**
     * {@return whether a file begins as sums that a run kept do}
     *
     * @param file a checkpoint
     */
    public static boolean areIn(Path file) {
        return Checkpoint.notes(file).containsKey(NOTE);
    }

    private static TaughtDiscriminant taught(ImmutableMap<String, String> notes, Path file) {
        try {
            return TaughtDiscriminant.parse(Optional.ofNullable(notes.get(NOTE))
                    .orElseThrow(() -> new IllegalArgumentException("it is of another training")));
        } catch (IllegalArgumentException foreign) {
            throw new InputException(
                    "%s holds no sums of a discriminant (%s): name what a run with inference: {sums: keep} wrote"
                            .formatted(file, foreign.getMessage()),
                    foreign);
        }
    }

    /**
     * {@return the same with tasks to be asked again}
     *
     * @param tasks whose test examples are at hand, as the accuracy matrix calls them
     */
    public KeptSums asking(ImmutableList<Task> tasks) {
        return new KeptSums(taught, snapshot, tasks);
    }

    /** Takes the state up. */
    void restore(FeatureSums sums, Calibration calibration) {
        whole(() -> {
            snapshot.part("sums").restore(sums::state);
            snapshot.part("calibration").restore(calibration::state);
        });
    }

    RandomFeatures features() {
        TaughtDiscriminant.Settings settings = taught.settings();
        RandomFeatures features = LocalFilters.image(settings.inputs(), settings.height(), settings.width())
                .<RandomFeatures>map(image -> new LocalFilters(
                        image, new float[settings.features() / LocalFilters.PER_FILTER * LocalFilters.taps(image)]))
                .orElseGet(() -> new Projections(
                        new float[settings.inputs()],
                        new float[settings.inputs()],
                        new float[Math.multiplyExact(settings.features(), settings.inputs())],
                        new float[settings.features()]));
        whole(() -> snapshot.part("features").restore(state -> tell(features, state)));
        return features;
    }

    private static void whole(Runnable reading) {
        try {
            reading.run();
        } catch (StateMisfitException misfit) {
            throw new InputException(
                    "the sums that a run kept are not whole (%s): run it again".formatted(misfit.getMessage()), misfit);
        }
    }

    private static void tell(RandomFeatures features, State state) {
        if (features instanceof LocalFilters local) {
            state.floats("filters", local.filters());
        } else if (features instanceof Projections vectors) {
            state.floats("means", vectors.means());
            state.floats("scales", vectors.scales());
            state.floats("weights", vectors.weights());
            state.floats("biases", vectors.biases());
        }
    }
}
