package sluice.framework.bench;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import sluice.gating.Estimators;
import sluice.gating.GateActivation;
import sluice.gating.GateEstimation;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.gating.exact.Enumeration;
import sluice.gating.exact.GatedProblem;
import sluice.gating.exact.ReferenceProblems;
import sluice.gating.exact.Trial;

/**
 * Measures estimators against the exact gradient. Every estimator has a stream of its own on every problem, split from
 * the seed by their names, so that results depend neither on threads nor on what else is measured.
 *
 * @param samples estimates of each estimator on each problem, at least 2
 * @param seed the one seed
 * @param threads that estimators are shared out over, at least 1
 */
public record EstimatorBench(int samples, long seed, int threads) {
    /** Checks the ranges. */
    public EstimatorBench {
        checkArgument(samples >= 2, "samples must be at least 2, got %s", samples);
        checkArgument(threads >= 1, "threads must be at least 1, got %s", threads);
    }

    /**
     * @param networks random ones, beside the two reference problems
     * @param gates of each random network, in [1, {@value Enumeration#MOST_GATES}]
     * @return the problems, the reference problems first
     */
    public List<GatedProblem> problems(int networks, int gates) {
        ImmutableList.Builder<GatedProblem> problems = ImmutableList.builder();
        problems.add(ReferenceProblems.quadratic(), ReferenceProblems.network());
        IntStream.rangeClosed(1, networks)
                .mapToObj("random-network-%d"::formatted)
                .map(name -> GatedProblem.random(name, gates, new SplittableRandom(split(name, ""))))
                .forEach(problems::add);
        return problems.build();
    }

    /**
     * @param problem of at most {@value Enumeration#MOST_GATES} gates
     * @param estimators names in {@link Estimators#BY_NAME}
     * @return a measurement of each, in their order
     * @throws IllegalArgumentException if the problem has more gates, or a name is unknown
     */
    public List<Measurement> measure(GatedProblem problem, List<String> estimators) {
        Enumeration enumeration = new Enumeration(problem.loss());
        List<Callable<Measurement>> work = new ArrayList<>();
        for (String name : estimators) {
            checkArgument(Estimators.BY_NAME.containsKey(name), "no estimator is called '%s'", name);
            Estimators.Entry entry = Estimators.BY_NAME.get(name);
            work.add(() -> measure(problem, enumeration, EstimatorTraits.of(name, entry), entry.estimator()));
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            ImmutableList.Builder<Measurement> measurements = ImmutableList.builder();
            for (Future<Measurement> future : pool.invokeAll(work)) {
                measurements.add(future.get());
            }
            return measurements.build();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    /** One estimator, at the gates that it is for. */
    Measurement measure(
            GatedProblem problem, Enumeration enumeration, EstimatorTraits traits, GradientEstimator estimator) {
        GateActivation activation = activation(problem, estimator);
        Trial trial = new Trial(problem.loss(), problem.gates(activation), Granularity.MINI_BATCH);
        GateEstimation estimation = estimator.begin(trial.layout());
        return Measurement.of(
                problem.name(),
                traits,
                activation,
                estimation,
                trial.run(estimation, samples, split(problem.name(), traits.name())),
                enumeration.gradient(trial.gates()));
    }

    /** The sigmoid, unless the estimator refuses it. */
    private static GateActivation activation(GatedProblem problem, GradientEstimator estimator) {
        try {
            estimator.begin(problem.gates(GateActivation.SIGMOID).layout(Granularity.MINI_BATCH, 1));
            return GateActivation.SIGMOID;
        } catch (IllegalArgumentException refused) {
            return GateActivation.HARD_SIGMOID;
        }
    }

    private long split(String problem, String estimator) {
        return Hashing.murmur3_128()
                .newHasher()
                .putLong(seed)
                .putString(problem, StandardCharsets.UTF_8)
                .putChar('\0')
                .putString(estimator, StandardCharsets.UTF_8)
                .hash()
                .asLong();
    }
}
