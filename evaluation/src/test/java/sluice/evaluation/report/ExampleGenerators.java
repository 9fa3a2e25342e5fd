package sluice.evaluation.report;

import com.google.common.collect.ImmutableSortedMap;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import sluice.evaluation.GeneratorMetric;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.run.BoundPoint;
import sluice.evaluation.run.ImageBound;
import sluice.evaluation.run.LatentUse;
import sluice.evaluation.run.RunCsv;
import sluice.evaluation.run.RunFile;
import sluice.evaluation.run.RunJson;
import sluice.evaluation.run.RunRecord;
import sluice.evaluation.run.RunStatus;

/**
 * Folders of made-up runs of networks that generate.
 *
 * @param variants their names; a later one's bounds are a nat worse
 * @param seeds of each, from 1
 * @param images test images
 * @param side of the pictures, in pixels
 */
record ExampleGenerators(List<String> variants, int seeds, int images, int side) {
    static ExampleGenerators small() {
        return new ExampleGenerators(List.of("concrete"), 1, 20, 16);
    }

    static ExampleGenerators several() {
        return new ExampleGenerators(List.of("worst", "middle", "best"), 2, 20, 16);
    }

    /** The folder of the only run. */
    Path writeRun(Path folder) {
        write(folder, 0, 1, "autoencoder");
        return folder;
    }

    /** The folder of a run that predicts lower halves. */
    Path writeStructured(Path folder) {
        write(folder, 0, 1, "structured");
        return folder;
    }

    /** A comparison's folder. */
    Path writeComparison(Path folder) {
        List<RunMetrics> metrics = new ArrayList<>();
        List<RunStatus> statuses = new ArrayList<>();
        StringBuilder order = new StringBuilder("variant,seed\n");
        for (int variant = 0; variant < variants.size(); variant++) {
            for (int seed = 1; seed <= seeds; seed++) {
                String name = variants.get(variant);
                metrics.add(write(folder.resolve(name + "-seed" + seed), variant, seed, "autoencoder"));
                order.append(name).append(',').append(seed).append('\n');
                statuses.add(new RunStatus(name, seed, RunStatus.State.DONE, ""));
            }
        }
        text(folder.resolve(RunFile.METRICS), out -> MetricsCsv.writeComparison(metrics, out));
        text(folder.resolve(RunFile.RUNS), out -> RunStatus.write(statuses, out));
        text(folder.resolve(RunFile.COMPARISON), out -> out.append(order));
        return folder;
    }

    /** Bounds that differ by image, and from variant to variant by a nat and noise. */
    List<ImageBound> bounds(int variant, int seed) {
        Random noise = new Random(31L * variant + seed);
        return IntStream.rangeClosed(1, images)
                .mapToObj(image -> {
                    double bound = -90 - image % 7 + variant + 0.3 * noise.nextGaussian();
                    return new ImageBound(image, bound, bound - 2);
                })
                .toList();
    }

    private RunMetrics write(Path folder, int variant, int seed, String kind) {
        List<ImageBound> bounds = bounds(variant, seed);
        double nll = -bounds.stream()
                .mapToDouble(ImageBound::importanceWeighted)
                .average()
                .orElseThrow();
        RunMetrics metrics = RunMetrics.empty(variants.get(variant), seed)
                .with(MeasuredMetric.NLL, nll)
                .with(GeneratorMetric.ELBO, nll + 2)
                .with(
                        GeneratorMetric.KL,
                        kind.equals("structured") ? MetricValue.undefined("no prior") : MetricValue.of(20.5))
                .with(GeneratorMetric.RECONSTRUCTION, nll - 18.5)
                .with(GeneratorMetric.ACTIVE_LATENTS, 2)
                .with(GeneratorMetric.CLASS_ACCURACY, 0.97)
                .with(MeasuredMetric.TRAIN_SECONDS, 12.5);
        lines(
                folder,
                BoundPoint.FILE,
                IntStream.rangeClosed(1, 40)
                        .mapToObj(i -> new BoundPoint(
                                25L * i,
                                90 + 400.0 / i,
                                i % 4 == 0 ? OptionalDouble.of(91 + 400.0 / i) : OptionalDouble.empty()))
                        .toList());
        lines(folder, ImageBound.FILE, bounds);
        lines(
                folder,
                LatentUse.FILE,
                List.of(
                        new LatentUse(0, 1, 10, 2.25, 0.125),
                        new LatentUse(1, 1, 5, 0.001, 0.99),
                        new LatentUse(1, 2, 5, 1.5, 0.25)));
        text(folder.resolve(RunFile.METRICS), out -> MetricsCsv.write(List.of(metrics), out));
        bytes(folder.resolve(RunFile.RECORD), RunJson.bytes(record(variants.get(variant), seed, kind)));
        for (ModelPicture picture : ModelPicture.values()) {
            bytes(folder.resolve(picture.file()), png(seed));
        }
        return metrics;
    }

    private byte[] png(int seed) {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < side * side; i++) {
            image.getRaster().setSample(i % side, i / side, 0, random.nextInt(256));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static RunRecord record(String variant, int seed, String kind) {
        return new RunRecord(
                "mine-" + variant,
                variant,
                seed,
                false,
                Map.of(
                        "data",
                        Map.of("set", "digits"),
                        "generator",
                        Map.of("kind", kind, "binarisation_seed", 1, "evaluate", Map.of("samples", 1000))),
                ImmutableSortedMap.of("digits", "0123"),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of("it learns no tasks"),
                OptionalLong.empty(),
                Optional.empty(),
                Map.of("total", 13.5),
                Map.of("sluice", "1"),
                Map.of("cpu", "any"));
    }

    private static <T> void lines(Path folder, RunCsv<T> file, List<T> values) {
        text(folder.resolve(file.name()), out -> file.write(values, out));
    }

    /** What a file holds. */
    private interface Text {
        void writeTo(Appendable out) throws IOException;
    }

    private static void text(Path file, Text text) {
        StringBuilder out = new StringBuilder();
        try {
            text.writeTo(out);
            Files.createDirectories(file.getParent());
            Files.writeString(file, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void bytes(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
