package sluice.evaluation.report;

import com.google.common.math.Stats;
import com.google.common.math.StatsAccumulator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import sluice.evaluation.StrategyRuns;
import sluice.evaluation.run.ImageBound;

/**
 * By how much the best variant's importance-weighted bound is below the next best one's, image by image: the difference of an
 * image is the mean over the seeds that both have.
 *
 * @param best variant
 * @param next variant
 * @param images that both were evaluated on
 * @param seeds that both have
 * @param mean over images, in nats
 * @param error standard error of the mean over images; empty for one image
 */
record BoundDifference(String best, String next, int images, int seeds, double mean, OptionalDouble error) {
    /** The difference; empty where there is one variant, no common seed, or the images differ. */
    static Optional<BoundDifference> of(GeneratorRuns runs) {
        List<StrategyRuns> ranked = runs.ranked();
        if (ranked.size() < 2) {
            return Optional.empty();
        }
        List<ReportedGenerator> best = runs.of(ranked.get(0).strategy());
        List<ReportedGenerator> next = runs.of(ranked.get(1).strategy());
        boolean isSame = Stream.concat(best.stream(), next.stream())
                        .map(TestImages::of)
                        .distinct()
                        .count()
                == 1;
        List<Long> seeds = best.stream()
                .map(ReportedGenerator::seed)
                .filter(seed -> next.stream().anyMatch(run -> run.seed() == seed))
                .toList();
        return isSame && !seeds.isEmpty() ? Optional.of(of(best, next, seeds)) : Optional.empty();
    }

    private static BoundDifference of(List<ReportedGenerator> best, List<ReportedGenerator> next, List<Long> seeds) {
        Map<Integer, StatsAccumulator> ofBest = byImage(best, seeds);
        Map<Integer, StatsAccumulator> ofNext = byImage(next, seeds);
        // of log likelihoods: a lower negative bound is a higher one
        Stats differences = ofBest.entrySet().stream()
                .map(image ->
                        image.getValue().mean() - ofNext.get(image.getKey()).mean())
                .collect(Stats.toStats());
        return new BoundDifference(
                best.get(0).strategy(),
                next.get(0).strategy(),
                ofBest.size(),
                seeds.size(),
                differences.mean(),
                differences.count() < 2
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(
                                differences.sampleStandardDeviation() / Math.sqrt((double) differences.count())));
    }

    private static Map<Integer, StatsAccumulator> byImage(List<ReportedGenerator> runs, List<Long> seeds) {
        Map<Integer, StatsAccumulator> byImage = new TreeMap<>();
        for (ReportedGenerator run : runs) {
            if (seeds.contains(run.seed())) {
                for (ImageBound bound : run.bounds()) {
                    byImage.computeIfAbsent(bound.image(), none -> new StatsAccumulator())
                            .add(bound.importanceWeighted());
                }
            }
        }
        return byImage;
    }
}
