package sluice.framework.experiment;

import com.google.common.base.Stopwatch;
import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.util.concurrent.ExecutionError;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import sluice.framework.result.DivergedException;
import sluice.tasks.InputException;

/** The runs of a comparison on several threads. What is learned goes side by side, what is written one after another. */
final class RunningComparison {
    private final Comparison comparison;
    private final ComparedData data;
    private final ImmutableMap<Integer, ComparedRun.Finished> earlier;
    private final ComparisonFolder folder;
    private final ComparisonListener listener;
    private final BooleanSupplier unwanted;
    private volatile boolean stopped;

    RunningComparison(
            Comparison comparison,
            ComparedData data,
            ImmutableMap<Integer, ComparedRun.Finished> earlier,
            ComparisonFolder folder,
            ComparisonListener listener,
            BooleanSupplier unwanted) {
        this.comparison = comparison;
        this.data = data;
        this.earlier = earlier;
        this.folder = folder;
        this.listener = listener;
        this.unwanted = unwanted;
    }

    /** Does all runs that were not done earlier; when it returns or throws, none is going any more. */
    ImmutableList<ComparedRun> run() {
        ListeningExecutorService threads = MoreExecutors.listeningDecorator(Executors.newFixedThreadPool(
                comparison.atOnce(),
                new ThreadFactoryBuilder()
                        .setNameFormat("sluice-run-%d")
                        .setDaemon(true)
                        .build()));
        ImmutableList<ListenableFuture<ComparedRun>> runs = IntStream.range(
                        0, comparison.runs().size())
                .mapToObj(index -> earlier.containsKey(index)
                        ? Futures.<ComparedRun>immediateFuture(earlier.get(index))
                        : threads.submit(() -> run(index)))
                .collect(ImmutableList.toImmutableList());
        try {
            // the first failure, not that of the first run, is what stops the others
            Futures.inCompletionOrder(runs).forEach(Futures::getUnchecked);
            return runs.stream().map(Futures::getUnchecked).collect(ImmutableList.toImmutableList());
        } catch (UncheckedExecutionException | ExecutionError failed) {
            Throwables.throwIfUnchecked(failed.getCause());
            throw failed;
        } finally {
            stopped = true;
            runs.forEach(run -> run.cancel(false));
            threads.shutdown();
            Uninterruptibles.awaitTerminationUninterruptibly(threads);
        }
    }

    private boolean isUnwanted() {
        return stopped || unwanted.getAsBoolean();
    }

    private ComparedRun run(int index) {
        if (isUnwanted()) {
            throw new RunStoppedException(null);
        }
        PlannedRun run = comparison.runs().get(index);
        ComparedWork work = comparison.work(index);
        try {
            ComparedWork.Ended ended;
            try {
                ended = work.run(
                        data.of(work),
                        data.place(),
                        Stopwatch.createStarted(),
                        listener.runStarted(run),
                        this::isUnwanted,
                        () -> folder.checkpoints(index));
            } catch (DivergedException | InputException failed) {
                return failed(index, run, failed.getMessage());
            }
            return finished(index, run, ended);
        } catch (OutOfMemoryError full) {
            return failed(index, run, notEnoughMemory());
        }
    }

    private String notEnoughMemory() {
        String remedy =
                comparison.isOfGenerators() ? GeneratorExperiment.NOT_ENOUGH_MEMORY : Experiment.NOT_ENOUGH_MEMORY;
        return comparison.atOnce() == 1 ? remedy : remedy + ", or let fewer runs go at once with --threads";
    }

    private synchronized ComparedRun finished(int index, PlannedRun run, ComparedWork.Ended ended) {
        ComparedRun.Finished finished = ComparedRun.Finished.of(run, ended.metrics());
        folder.add(index, finished, ended);
        listener.runEnded(finished);
        return finished;
    }

    private synchronized ComparedRun failed(int index, PlannedRun run, String reason) {
        ComparedRun.Failed failed = new ComparedRun.Failed(run.variant(), run.seed(), reason);
        folder.add(index, failed);
        listener.runEnded(failed);
        return failed;
    }
}
