package sluice.framework.experiment;

import com.google.common.base.Throwables;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Table;
import com.google.common.util.concurrent.ExecutionError;
import com.google.common.util.concurrent.UncheckedExecutionException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.Reference;
import sluice.evaluation.ReferenceAccuracies;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TrainingListener;
import sluice.framework.strategy.ReferenceModels;
import sluice.framework.strategy.Setup;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.source.UserEnvironment;

/**
 * The references that runs are measured against. What was trained once is not trained again, in this process or another.
 * For any number of threads: one trains a reference, and who needs the same waits for it.
 */
final class References {
    private final ReferenceFiles files;
    private final String code;
    private final Cache<ReferenceKey, ReferenceAccuracies> known =
            CacheBuilder.newBuilder().build();

    private References(ReferenceFiles files, String code) {
        this.files = files;
        this.code = code;
    }

    /**
     * References kept in the user's cache. The code is looked at now, before a long training in which somebody may build
     * it anew.
     *
     * @param plans that ask for them, or do not
     */
    static References ofUser(Collection<RunPlan> plans) {
        boolean asked =
                plans.stream().anyMatch(plan -> !plan.report().references().isEmpty());
        return in(
                UserEnvironment.ofThisProcess().cacheFolder().resolve("references"),
                asked ? CodeDigest.ofThisProcess() : "");
    }

    /**
     * References kept in a folder.
     *
     * @param folder need not exist yet
     * @param code what tells the code that trains them from other code
     */
    static References in(Path folder, String code) {
        return new References(new ReferenceFiles(folder), code);
    }

    /**
     * The references that a run asks for. One that diverges is left out, with a warning; where no task is tested, all are.
     *
     * @param plan what is run
     * @param sequence its tasks
     * @param setup of its networks
     * @param listener told of each reference that is trained
     */
    ReferenceAccuracies of(RunPlan plan, TaskSequence sequence, Setup setup, TrainingListener listener) {
        ReferenceAccuracies all = ReferenceAccuracies.empty(setup.seed());
        if (sequence.tasks().stream().noneMatch(Task::isTested)) {
            return all;
        }
        for (Reference kind : plan.report().references()) {
            ReferenceKey key = ReferenceKey.of(kind, plan, sequence, setup, code);
            ReferenceAccuracies found = once(key, () -> readOrTrain(key, kind, sequence, setup, listener));
            if (found.isEmpty()) {
                listener.warning(
                        "reference %s diverged, so that what is measured against it is undefined: try a smaller training.learning_rate, or set training.gradient_clip"
                                .formatted(kind.word()));
            }
            all = joined(all, found);
        }
        return all;
    }

    private ReferenceAccuracies readOrTrain(
            ReferenceKey key, Reference kind, TaskSequence sequence, Setup setup, TrainingListener listener) {
        Optional<ReferenceAccuracies> kept = files.read(key, kind, sequence, listener);
        if (kept.isPresent()) {
            return kept.get();
        }
        try {
            ReferenceAccuracies trained = ReferenceModels.of(sequence, setup, ImmutableSet.of(kind), listener);
            files.write(key, trained, listener);
            return trained;
        } catch (DivergedException diverged) {
            return ReferenceAccuracies.empty(setup.seed());
        }
    }

    private ReferenceAccuracies once(ReferenceKey key, Supplier<ReferenceAccuracies> source) {
        try {
            return known.get(key, source::get);
        } catch (ExecutionException | UncheckedExecutionException | ExecutionError failed) {
            Throwables.throwIfUnchecked(failed.getCause());
            throw new IllegalStateException(failed.getCause());
        }
    }

    private static ReferenceAccuracies joined(ReferenceAccuracies all, ReferenceAccuracies more) {
        ReferenceAccuracies joined = all;
        for (Table.Cell<Reference, String, AccuracyMatrix.Cell> line :
                more.cells().cellSet()) {
            AccuracyMatrix.Cell cell = line.getValue();
            joined = joined.with(line.getRowKey(), line.getColumnKey(), cell.correct(), cell.total());
        }
        return joined;
    }
}
