package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ContinualCsv;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.run.ConfusionCount;
import sluice.evaluation.run.GateLayer;
import sluice.evaluation.run.HardExample;
import sluice.evaluation.run.LearningPoint;
import sluice.evaluation.run.Picture;
import sluice.evaluation.run.RunCsv;
import sluice.evaluation.run.RunFile;
import sluice.evaluation.run.RunJson;
import sluice.evaluation.run.RunRecord;
import sluice.evaluation.run.TaskOverlap;
import sluice.evaluation.run.TaskRecord;

/** Folders of made-up runs, with every file that a run may have. The first strategy has gates and forgets nothing. */
record ExampleRuns(List<String> tasks, List<String> strategies, int seeds, int points, int pictures) {
    private static final int TOTAL = 1000;
    private static final int UNITS = 200;

    static ExampleRuns small() {
        return new ExampleRuns(List.of("0-1", "2-3", "4-5"), List.of("gates"), 1, 6, 2);
    }

    ExampleRuns named(String... names) {
        return new ExampleRuns(List.of(names), strategies, seeds, points, pictures);
    }

    /** The folder of one run of the first strategy, seed 1. */
    Path writeRun(Path folder) {
        write(folder, 0, 1);
        return folder;
    }

    /** A comparison's folder. */
    Path writeComparison(Path folder) {
        List<RunMetrics> metrics = new ArrayList<>();
        StringBuilder lines = new StringBuilder("variant,seed,acc\n");
        for (int s = 0; s < strategies.size(); s++) {
            for (int seed = 1; seed <= seeds; seed++) {
                RunMetrics run = write(folder.resolve(strategies.get(s) + "-seed" + seed), s, seed);
                metrics.add(run);
                lines.append(strategies.get(s)).append(',').append(seed).append(",\n");
            }
        }
        text(folder.resolve(RunFile.METRICS), out -> MetricsCsv.writeComparison(metrics, out));
        text(folder.resolve(RunFile.COMPARISON), out -> out.write(lines.toString()));
        return folder;
    }

    AccuracyMatrix matrix(int strategy, int seed) {
        Random random = new Random(31L * strategy + seed);
        AccuracyMatrix matrix = AccuracyMatrix.empty(strategies.get(strategy), seed, tasks);
        int[] learned = new int[tasks.size()];
        for (int i = 0; i <= tasks.size(); i++) {
            for (int j = 1; j <= tasks.size(); j++) {
                int correct = 480 + random.nextInt(40);
                if (i >= j) {
                    learned[j - 1] = i == j ? 950 + random.nextInt(50) : learned[j - 1];
                    correct = learned[j - 1] - Math.min(500, strategy * (i - j) * 20);
                }
                matrix = matrix.with(i, j, correct, TOTAL);
            }
        }
        return matrix;
    }

    private RunMetrics write(Path folder, int strategy, int seed) {
        AccuracyMatrix matrix = matrix(strategy, seed);
        ContinualEvaluation continual = continual(matrix, strategy);
        RunMetrics metrics = RunMetrics.of(ForgettingReport.of(matrix))
                .with(continual)
                .with("train_seconds", 3.5 + strategy)
                .with("macs", 1e9 * (strategy + 1))
                .with("macs_dense", 4e9);
        text(folder.resolve(RunFile.MATRIX), out -> AccuracyCsv.write(List.of(matrix), out));
        text(folder.resolve(RunFile.METRICS), out -> MetricsCsv.write(List.of(metrics), out));
        text(
                folder.resolve(RunFile.RECORD),
                out -> out.write(new String(RunJson.bytes(record(strategy, seed)), StandardCharsets.UTF_8)));
        curves(folder, matrix);
        text(folder.resolve(RunFile.CONTINUAL), out -> ContinualCsv.write(continual, out));
        confusion(folder, matrix);
        hardest(folder, matrix);
        if (strategy == 0) {
            gates(folder, matrix);
        }
        return metrics;
    }

    /** Earlier tasks fall in the middle of each, except for the first strategy's. */
    private static ContinualEvaluation continual(AccuracyMatrix matrix, int strategy) {
        ImmutableList.Builder<ContinualEvaluation.Point> points = ImmutableList.builder();
        for (int learning = 1; learning <= matrix.tasks().size(); learning++) {
            for (int step = 0; step <= 24; step++) {
                for (int task = 1; task <= learning; task++) {
                    int dip = task < learning && step > 0 && step < 12 ? 30 * strategy : 0;
                    int correct = task == learning ? 500 + 18 * step : 940 - dip;
                    points.add(new ContinualEvaluation.Point(learning, step, task, correct, TOTAL));
                }
            }
        }
        return new ContinualEvaluation(matrix.strategy(), matrix.seed(), matrix.tasks(), points.build());
    }

    private RunRecord record(int strategy, int seed) {
        return new RunRecord(
                "example-" + strategies.get(strategy),
                strategies.get(strategy),
                seed,
                false,
                Map.of(
                        "data", Map.of("set", "digits"),
                        "gates", Map.of("estimator", "st-open", "slope", Map.of("schedule", "linear", "start", 1)),
                        "report", Map.of("forgetting", "best-earlier")),
                ImmutableSortedMap.of("digits-test-images", "8dfb64f4"),
                List.of(),
                List.of(),
                List.of(new TaskRecord(
                        tasks.get(0),
                        List.of(),
                        0,
                        0,
                        List.of(),
                        "",
                        Optional.empty(),
                        512,
                        List.of(),
                        List.of(),
                        Optional.empty())),
                strategy == 0 ? Optional.of(true) : Optional.empty(),
                Optional.empty(),
                strategy == 0 ? OptionalLong.of(512) : OptionalLong.empty(),
                Optional.empty(),
                Map.of("total", 4.5),
                Map.of("sluice", "0.1.0"),
                Map.of("cpu", "any"));
    }

    private interface TaskValues<T> {
        List<T> of(String task);
    }

    private <T> void write(Path folder, RunCsv<T> file, AccuracyMatrix matrix, TaskValues<T> values) {
        List<T> all = tasks.stream().flatMap(task -> values.of(task).stream()).toList();
        text(folder.resolve(file.name()), out -> file.write(matrix, all, out));
    }

    private void curves(Path folder, AccuracyMatrix matrix) {
        write(
                folder,
                LearningPoint.FILE,
                matrix,
                task -> IntStream.rangeClosed(1, points)
                        .mapToObj(p -> new LearningPoint(
                                task,
                                4L * p,
                                1 + p / 20,
                                0.7 * Math.exp(-p / 15.0),
                                p == 1 ? Double.NaN : 1 - 0.5 * Math.exp(-p / 9.0)))
                        .toList());
    }

    private void confusion(Path folder, AccuracyMatrix matrix) {
        write(
                folder,
                ConfusionCount.FILE,
                matrix,
                task -> List.of(
                        new ConfusionCount(task, "zero", "zero", 495),
                        new ConfusionCount(task, "zero", "one", 5),
                        new ConfusionCount(task, "one", "one", 490),
                        new ConfusionCount(task, "one", ConfusionCount.UNKNOWN, 10)));
    }

    private void hardest(Path folder, AccuracyMatrix matrix) {
        byte[] pixels = new byte[28 * 28];
        new Random(1).nextBytes(pixels);
        String text = Base64.getEncoder().encodeToString(pixels);
        write(
                folder,
                HardExample.FILE,
                matrix,
                task -> IntStream.rangeClosed(1, pictures)
                        .mapToObj(rank ->
                                new HardExample(task, rank, "zero", "one", 0.01f * rank, new Picture(28, 28, 1, text)))
                        .toList());
    }

    private void gates(Path folder, AccuracyMatrix matrix) {
        int share = UNITS / (2 * tasks.size());
        write(folder, GateLayer.FILE, matrix, task -> {
            int j = tasks.indexOf(task);
            String reused = j == 0 ? "" : "0-" + (share / 2) + " ";
            String open = reused + (j * share + (j == 0 ? 0 : share / 2 + 1)) + "-" + ((j + 1) * share - 1 + share / 2);
            return List.of(
                    new GateLayer(task, 1, UNITS, open, "100 20 5 0 0 5 5 5 10 50"),
                    new GateLayer(task, 2, UNITS, open, ""));
        });
        write(
                folder,
                TaskOverlap.FILE,
                matrix,
                task -> tasks.subList(0, tasks.indexOf(task)).stream()
                        .map(earlier -> new TaskOverlap(task, earlier, "layer_1", 0.25))
                        .toList());
    }

    private interface Content {
        void writeTo(Writer out) throws IOException;
    }

    private static void text(Path file, Content content) {
        try {
            Files.createDirectories(file.getParent());
            try (Writer out = Files.newBufferedWriter(file)) {
                content.writeTo(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
