package sluice.framework.strategy;

import java.nio.file.Files;
import java.nio.file.Path;
import sluice.evaluation.DisplacedFolder;
import sluice.framework.discriminant.DiscriminantTrainer;
import sluice.framework.discriminant.KeptSums;
import sluice.framework.discriminant.TaughtDiscriminant;
import sluice.framework.internal.file.FileChecksum;
import sluice.tasks.InputException;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.KnownEncodings;

/**
 * A discriminant that an earlier run taught and whose sums it kept ({@code inference: {sums: keep}}), and that learns more tasks: with the
 * bits of one run that learns all of them.
 *
 * @param run folder of that run, or a file of it
 * @param earlier what is at hand of its tasks
 */
public record PriorDiscriminant(Path run, EarlierTasks earlier) implements PriorRun {
    /** The file of a run's folder that holds its sums. */
    public static final String SUMS = "sums.sluice";

    /**
     * Nothing is at hand of its tasks.
     *
     * @param run folder of that run, or a file of it
     */
    public PriorDiscriminant(Path run) {
        this(run, EarlierTasks.NONE);
    }

    /**
     * {@return the same with tasks that it knows, to be asked again after each that it learns now}
     *
     * @param tasks what is at hand of them
     */
    public PriorDiscriminant asking(EarlierTasks tasks) {
        return new PriorDiscriminant(run, tasks);
    }

    private Path file() {
        Path place = DisplacedFolder.present(run);
        Path file = file(SUMS);
        if (!Files.exists(place) || !Files.isRegularFile(file)) {
            checkOfNoPlainStrategy();
            throw misfit(
                    "holds no sums: name a run of strategy random-feature-lda with inference: {sums: keep}, or run it again with that");
        }
        return file;
    }

    /** What it has learned. */
    TaughtDiscriminant taught() {
        Path file = file();
        try {
            return KeptSums.taught(file);
        } catch (InputException unfit) {
            throw unreadable(unfit);
        }
    }

    /** The sums, with those of its tasks that can be asked again. */
    KeptSums load() {
        Path file = file();
        try {
            KeptSums sums = KeptSums.load(file);
            return sums.asking(earlier.asked(sums.taught().taskNames(), sums.taught()::fits));
        } catch (InputException unfit) {
            throw unreadable(unfit);
        }
    }

    @Override
    public KnownEncodings encodings() {
        return taught().encodings();
    }

    /**
     * {@return the tasks as it learns them, with the checksum of its sums beside those of their data}
     *
     * @param sequence the tasks
     * @param trainer what learns them
     * @throws InputException if it kept no sums, or the tasks do not fit it
     */
    public TaskSequence next(TaskSequence sequence, DiscriminantTrainer trainer) {
        TaughtDiscriminant taught = taught();
        TaskSequence next = taught.next(sequence);
        try {
            taught.check(next, trainer.inference(), trainer.seed());
        } catch (InputException unfit) {
            throw misfit(unfit.getMessage());
        }
        return next.withChecksum(PriorRun.CHECKSUM, FileChecksum.of(file()));
    }

    private InputException unreadable(InputException unfit) {
        return new InputException(
                "network.from: %s cannot be gone on with, so run it again: %s".formatted(run, unfit.getMessage()),
                unfit);
    }

    private InputException misfit(String why) {
        return new InputException("network.from: %s %s".formatted(run, why));
    }
}
