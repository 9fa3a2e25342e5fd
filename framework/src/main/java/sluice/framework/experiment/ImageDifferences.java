package sluice.framework.experiment;

import com.google.common.collect.ImmutableSet;
import com.google.common.math.Stats;
import com.google.common.math.StatsAccumulator;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.run.ImageBound;
import sluice.evaluation.run.RunFile;
import sluice.framework.generator.ImageBinarisation;
import sluice.tasks.InputException;
import sluice.tasks.script.Section;

/**
 * How the negative bounds of two ways to train a generator differ, image by image: the difference of an image is the mean over
 * the seeds that both have.
 *
 * @param images test images that both were evaluated on
 * @param importanceWeighted of the importance-weighted bound
 * @param evidence of the evidence bound
 */
public record ImageDifferences(int images, Paired importanceWeighted, Paired evidence) {
    /** What makes images other images, or bounds those of something else. */
    private static final ImmutableSet<String> SAME = ImmutableSet.of("generator.kind", "generator.binarisation_seed");

    private static final String BINARISATION = "generator.binarisation";
    private static final String CHECKSUMS = "data_checksums.";
    private static final String DATA = "data.";

    /**
     * Paired differences, in nats.
     *
     * @param a mean negative bound of the one
     * @param b of the other
     * @param difference mean of the other's less the one's
     * @param error standard error of that mean over images; empty for one image
     */
    public record Paired(double a, double b, double difference, OptionalDouble error) {
        private static Paired of(Map<Integer, List<ImageBound[]>> pairs, ToDoubleFunction<ImageBound> bound) {
            StatsAccumulator a = new StatsAccumulator();
            StatsAccumulator b = new StatsAccumulator();
            StatsAccumulator differences = new StatsAccumulator();
            for (List<ImageBound[]> image : pairs.values()) {
                double ofA = -Stats.meanOf(image.stream()
                        .mapToDouble(pair -> bound.applyAsDouble(pair[0]))
                        .toArray());
                double ofB = -Stats.meanOf(image.stream()
                        .mapToDouble(pair -> bound.applyAsDouble(pair[1]))
                        .toArray());
                a.add(ofA);
                b.add(ofB);
                differences.add(ofB - ofA);
            }
            OptionalDouble error = pairs.size() < 2
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(differences.sampleStandardDeviation() / Math.sqrt(pairs.size()));
            return new Paired(a.mean(), b.mean(), differences.mean(), error);
        }

        /** {@return the difference in standard errors; empty where there is no spread} */
        public OptionalDouble z() {
            return error.isPresent() && error.getAsDouble() > 0
                    ? OptionalDouble.of(difference / error.getAsDouble())
                    : OptionalDouble.empty();
        }
    }

    /** The differences, where both are generators of the same images. */
    static Optional<ImageDifferences> of(StoredRuns a, StoredRuns b, List<Long> seeds) {
        if (!hasBounds(a, seeds)
                || !hasBounds(b, seeds)
                || !images(a.settings()).equals(images(b.settings()))) {
            return Optional.empty();
        }
        Map<Integer, List<ImageBound[]>> pairs = new TreeMap<>();
        for (long seed : seeds) {
            Map<Integer, ImageBound> ofB = bounds(b, seed);
            bounds(a, seed).forEach((image, bound) -> {
                if (ofB.containsKey(image)) {
                    pairs.computeIfAbsent(image, none -> new ArrayList<>())
                            .add(new ImageBound[] {bound, ofB.get(image)});
                }
            });
        }
        return pairs.isEmpty()
                ? Optional.empty()
                : Optional.of(new ImageDifferences(
                        pairs.size(),
                        Paired.of(pairs, ImageBound::importanceWeighted),
                        Paired.of(pairs, ImageBound::evidence)));
    }

    private static boolean hasBounds(StoredRuns runs, List<Long> seeds) {
        return seeds.stream().allMatch(seed -> Files.exists(file(runs, seed)));
    }

    private static Path file(StoredRuns runs, long seed) {
        return runs.folders().get(seed).resolve(RunFile.TEST_BOUNDS);
    }

    /** All that test images hang on. */
    private static Map<String, String> images(Map<String, String> settings) {
        Map<String, String> images = new TreeMap<>();
        settings.forEach((key, value) -> {
            boolean data = key.startsWith(DATA) && !key.equals("data.folder");
            if (data || key.startsWith(CHECKSUMS) || SAME.contains(key)) {
                images.put(key, value);
            }
        });
        // test images are drawn once in any case
        boolean grey = Section.word(ImageBinarisation.NONE).equals(settings.get(BINARISATION));
        images.put(BINARISATION, grey ? "none" : "drawn");
        return images;
    }

    private static Map<Integer, ImageBound> bounds(StoredRuns runs, long seed) {
        Path file = file(runs, seed);
        try (Reader in = Files.newBufferedReader(file)) {
            Map<Integer, ImageBound> bounds = new TreeMap<>();
            ImageBound.FILE.read(in, file.toString()).forEach(bound -> bounds.put(bound.image(), bound));
            return bounds;
        } catch (IOException | MatrixFormatException unreadable) {
            throw new InputException(
                    "cannot read %s (%s): name the folder of a finished run".formatted(file, unreadable.getMessage()),
                    unreadable);
        }
    }
}
