package sluice.framework.experiment;

import com.google.common.base.Stopwatch;
import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ExecutionError;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import com.google.common.util.concurrent.Uninterruptibles;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RunMetrics;
import sluice.framework.ContinualResult;
import sluice.framework.DivergedException;
import sluice.framework.TrainingResult;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.tasks.Loaded;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.DataSettings;

/** The runs of a comparison on several threads. What is learned goes side by side, what is written one after another. */
final class RunningComparison {
    private final Comparison comparison;
    private final Map<DataSettings, Loaded> data;
    private final ComparisonFolder folder;
    private final ComparisonListener listener;
    private volatile boolean stopped;

    RunningComparison(
            Comparison comparison,
            Map<DataSettings, Loaded> data,
            ComparisonFolder folder,
            ComparisonListener listener) {
        this.comparison = comparison;
        this.data = data;
        this.folder = folder;
        this.listener = listener;
    }

    /** Does all runs; when it returns or throws, none is going any more. */
    ImmutableList<ComparedRun> run() {
        ListeningExecutorService threads = MoreExecutors.listeningDecorator(Executors.newFixedThreadPool(
                comparison.atOnce(),
                new ThreadFactoryBuilder()
                        .setNameFormat("sluice-run-%d")
                        .setDaemon(true)
                        .build()));
        ImmutableList<ListenableFuture<ComparedRun>> runs = IntStream.range(
                        0, comparison.experiments().size())
                .mapToObj(index -> threads.submit(() -> run(index)))
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

    private ComparedRun run(int index) {
        ComparisonScript.Run run = comparison.script().runs().get(index);
        Experiment experiment = comparison.experiments().get(index);
        try {
            Experiment.Outcome outcome = experiment.run(
                    data.get(experiment.script().data()),
                    Stopwatch.createStarted(),
                    new StoppableListener(listener.runStarted(run), () -> stopped));
            return finished(index, run, outcome);
        } catch (DivergedException diverged) {
            return failed(index, run, diverged.getMessage());
        } catch (OutOfMemoryError full) {
            return failed(index, run, notEnoughMemory());
        }
    }

    private String notEnoughMemory() {
        return comparison.atOnce() == 1
                ? Experiment.NOT_ENOUGH_MEMORY
                : Experiment.NOT_ENOUGH_MEMORY + ", or let fewer runs go at once with --threads";
    }

    private synchronized ComparedRun finished(int index, ComparisonScript.Run run, Experiment.Outcome outcome) {
        ComparedRun.Finished finished = new ComparedRun.Finished(
                new RunMetrics(run.variant(), run.seed(), metrics(outcome).values()));
        folder.add(index, finished, outcome);
        listener.runEnded(finished);
        return finished;
    }

    private synchronized ComparedRun failed(int index, ComparisonScript.Run run, String reason) {
        ComparedRun.Failed failed = new ComparedRun.Failed(run.variant(), run.seed(), reason);
        folder.add(index, failed);
        listener.runEnded(failed);
        return failed;
    }

    private static RunMetrics metrics(Experiment.Outcome outcome) {
        TrainingResult result = outcome.training();
        RunMetrics metrics = RunFiles.metrics(outcome)
                .with("macs_share", (double) result.multiplyAdds() / result.denseMultiplyAdds());
        if (result instanceof ContinualResult gated) {
            ConsolidatedSubnetworks consolidated = gated.network().consolidated();
            OptionalDouble occupancy = IntStream.range(
                            0, gated.network().hidden().size())
                    .mapToDouble(consolidated::occupancy)
                    .average();
            return metrics.with("occupancy", occupancy.orElseThrow());
        }
        return metrics.with("occupancy", MetricValue.undefined("units without gates take up no place"));
    }
}
