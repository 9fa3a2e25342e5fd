package sluice.evaluation.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ContinualCsv;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.SpreadsheetText;

/** Folders of made-up runs, with every file that a run may have. The first strategy has gates and forgets nothing. */
record ExampleRuns(List<String> tasks, List<String> strategies, int seeds, int points, int pictures) {
    private static final int TOTAL = 1000;
    private static final int UNITS = 200;
    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();

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
        text(folder.resolve("metrics.csv"), out -> MetricsCsv.writeComparison(metrics, out));
        text(folder.resolve("comparison.csv"), out -> out.write(lines.toString()));
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
        text(folder.resolve("accuracy-matrix.csv"), out -> AccuracyCsv.write(List.of(matrix), out));
        text(folder.resolve("metrics.csv"), out -> MetricsCsv.write(List.of(metrics), out));
        text(folder.resolve("run.json"), out -> new ObjectMapper().writeValue(out, record(strategy, seed)));
        curves(folder, matrix);
        text(folder.resolve("continual-evaluation.csv"), out -> ContinualCsv.write(continual, out));
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

    private Map<String, Object> record(int strategy, int seed) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("name", "example-" + strategies.get(strategy));
        record.put("strategy", strategies.get(strategy));
        record.put("seed", seed);
        record.put(
                "settings",
                Map.of(
                        "data", Map.of("set", "digits"),
                        "gates", Map.of("estimator", "st-open", "slope", Map.of("schedule", "linear", "start", 1)),
                        "report", Map.of("forgetting", "best-earlier")));
        record.put("data_checksums", Map.of("digits-test-images", "8dfb64f4"));
        record.put("exact_retention", strategy == 0 ? true : null);
        record.put("tasks", List.of(Map.of("task", tasks.get(0), "unchanged", 512)));
        record.put("versions", Map.of("sluice", "0.1.0"));
        record.put("machine", Map.of("cpu", "any"));
        record.put("seconds", Map.of("total", 4.5));
        return record;
    }

    private void curves(Path folder, AccuracyMatrix matrix) {
        csv(folder, "learning-curves.csv", "strategy,seed,task,step,epoch,loss,accuracy", matrix, (task, lines) -> {
            for (int p = 1; p <= points; p++) {
                lines.add(4 * p, 1 + p / 20, 0.7 * Math.exp(-p / 15.0), p == 1 ? "" : 1 - 0.5 * Math.exp(-p / 9.0));
            }
        });
    }

    private void confusion(Path folder, AccuracyMatrix matrix) {
        csv(folder, "confusion.csv", "strategy,seed,task,actual,predicted,count", matrix, (task, lines) -> {
            lines.add("zero", "zero", 495);
            lines.add("zero", "one", 5);
            lines.add("one", "one", 490);
            lines.add("one", "unknown", 10);
        });
    }

    private void hardest(Path folder, AccuracyMatrix matrix) {
        byte[] pixels = new byte[28 * 28];
        new Random(1).nextBytes(pixels);
        String header = "strategy,seed,task,rank,actual,predicted,probability,width,height,channels,pixels";
        csv(folder, "hardest.csv", header, matrix, (task, lines) -> {
            for (int r = 1; r <= pictures; r++) {
                lines.add(
                        r,
                        "zero",
                        "one",
                        0.01 * r,
                        28,
                        28,
                        1,
                        Base64.getEncoder().encodeToString(pixels));
            }
        });
    }

    private void gates(Path folder, AccuracyMatrix matrix) {
        int share = UNITS / (2 * tasks.size());
        csv(folder, "gates.csv", "strategy,seed,task,layer,units,open,probabilities", matrix, (task, lines) -> {
            int j = tasks.indexOf(task);
            String reused = j == 0 ? "" : "0-" + (share / 2) + " ";
            String open = reused + (j * share + (j == 0 ? 0 : share / 2 + 1)) + "-" + ((j + 1) * share - 1 + share / 2);
            lines.add(1, UNITS, open, "100 20 5 0 0 5 5 5 10 50");
            lines.add(2, UNITS, open, "");
        });
        text(folder.resolve("overlap.csv"), out -> {
            try (CSVPrinter printer = new CSVPrinter(out, CSV)) {
                printer.printRecord("task", "earlier", "layer", "jaccard");
                for (int t = 1; t < tasks.size(); t++) {
                    for (int e = 0; e < t; e++) {
                        printer.printRecord(guarded(tasks.get(t)), guarded(tasks.get(e)), "layer_1", 0.25);
                    }
                }
            }
        });
    }

    private static String guarded(String name) {
        return SpreadsheetText.guarded(name);
    }

    /** Where lines of a task go, without strategy, seed and task. */
    private interface Lines {
        void add(Object... values);
    }

    private interface TaskLines {
        void addTo(String task, Lines lines);
    }

    private void csv(Path folder, String name, String header, AccuracyMatrix matrix, TaskLines content) {
        text(folder.resolve(name), out -> {
            CSVPrinter printer = new CSVPrinter(out, CSV);
            printer.printRecord((Object[]) header.split(","));
            for (String task : tasks) {
                content.addTo(task, values -> {
                    List<Object> line =
                            new ArrayList<>(List.of(guarded(matrix.strategy()), matrix.seed(), guarded(task)));
                    line.addAll(List.of(values));
                    try {
                        printer.printRecord(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
            printer.flush();
        });
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
