package sluice.framework.bench;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import sluice.gating.EstimatorEntry;
import sluice.gating.Estimators;
import sluice.gating.GateEstimation;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.gating.Schedule;
import sluice.gating.exact.Enumeration;
import sluice.gating.exact.GatedProblem;
import sluice.gating.exact.Gates;
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
    /** Temperature of the relaxed choices, that of the reference values. */
    public static final double CHOICE_TEMPERATURE = 1;

    private static final int RANDOM_CHOICES = 3;
    private static final String TEMPERATURE = "temperature";

    /** Checks the ranges. */
    public EstimatorBench {
        checkArgument(samples >= 2, "samples must be at least 2, got %s", samples);
        checkArgument(threads >= 1, "threads must be at least 1, got %s", threads);
    }

    /**
     * {@return the problems of independent gates, then those of choices, either with the reference problems first}
     *
     * @param networks random ones of either kind, beside the reference problems
     * @param gates of each random network, in [1, {@value Enumeration#MOST_GATES}]; for choices of one of
     *     {@value #RANDOM_CHOICES}, the nearest multiple of that
     */
    public List<GatedProblem> problems(int networks, int gates) {
        ImmutableList.Builder<GatedProblem> problems = ImmutableList.builder();
        problems.add(ReferenceProblems.quadratic(), ReferenceProblems.network());
        for (int network = 1; network <= networks; network++) {
            String name = "random-" + network;
            problems.add(GatedProblem.random(name, gates, random(name)));
        }
        problems.add(ReferenceProblems.quadraticChoices(), ReferenceProblems.networkChoices());
        int runs = Math.max(1, Math.round((float) gates / RANDOM_CHOICES));
        for (int network = 1; network <= networks; network++) {
            String name = "random-" + network + "-choices";
            problems.add(GatedProblem.randomChoices(name, runs * RANDOM_CHOICES, RANDOM_CHOICES, random(name)));
        }
        return problems.build();
    }

    private RandomGenerator random(String problem) {
        return new SplittableRandom(split(problem, ""));
    }

    /**
     * {@return a measurement of each that serves the problem's gates, in their order}
     *
     * @param problem of few enough gates to be enumerated
     * @param estimators names in {@link Estimators#BY_NAME}; with their default parameters, but temperature
     *     {@value #CHOICE_TEMPERATURE} for choices
     * @throws IllegalArgumentException if the problem has too many gates, or a name is unknown
     */
    public List<Measurement> measure(GatedProblem problem, List<String> estimators) {
        List<Candidate> candidates = estimators.stream()
                .map(name -> candidate(problem, name))
                .flatMap(Optional::stream)
                .toList();
        if (candidates.isEmpty()) {
            return ImmutableList.of();
        }
        Enumeration enumeration = problem.enumeration();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Measurement>> work = new ArrayList<>();
            candidates.forEach(candidate -> work.add(() -> measure(problem, enumeration, candidate)));
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

    private static Optional<Candidate> candidate(GatedProblem problem, String name) {
        checkArgument(Estimators.BY_NAME.containsKey(name), "no estimator is called '%s'", name);
        EstimatorEntry entry = Estimators.BY_NAME.get(name);
        GradientEstimator estimator = problem.choices() > 1 && entry.defaults().containsKey(TEMPERATURE)
                ? entry.with(Map.of(TEMPERATURE, new Schedule.Constant(CHOICE_TEMPERATURE)))
                : entry.estimator();
        return problem.gates().stream()
                .filter(gates -> serves(estimator, gates))
                .findFirst()
                .map(gates -> new Candidate(EstimatorTraits.of(name, entry), estimator, gates));
    }

    private static boolean serves(GradientEstimator estimator, Gates gates) {
        try {
            estimator.begin(gates.layout(Granularity.MINI_BATCH, 1));
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    Measurement measure(GatedProblem problem, Enumeration enumeration, Candidate candidate) {
        Trial trial = new Trial(problem.loss(), candidate.gates(), Granularity.MINI_BATCH);
        GateEstimation estimation = candidate.estimator().begin(trial.layout());
        return Measurement.of(
                problem.name(),
                candidate.traits(),
                candidate.gates().nonlinearity(),
                estimation,
                trial.run(
                        estimation,
                        samples,
                        split(problem.name(), candidate.traits().name())),
                enumeration.gradient(candidate.gates()));
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

    /** An estimator with the gates that it is measured at. */
    record Candidate(EstimatorTraits traits, GradientEstimator estimator, Gates gates) {}
}
