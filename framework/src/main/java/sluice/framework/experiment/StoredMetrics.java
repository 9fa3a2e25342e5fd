package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ClassificationMetric;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Metric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.Metrics;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.ProbabilityMetric;
import sluice.evaluation.RunChecksums;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.TaskPredictions;
import sluice.evaluation.regression.ErrorCsv;
import sluice.evaluation.regression.RegressionReport;
import sluice.evaluation.report.Report;
import sluice.evaluation.run.PredictionsCsv;
import sluice.evaluation.run.RunFile;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.Suggestion;

/**
 * The figures of a run that has ended, and those that can be told later of what it kept: its accuracy matrix, and its predictions
 * where the script says {@code report: {predictions: true}}. Nothing is trained.
 *
 * @param folder of the run
 * @param matrix its accuracies; without cells where its tasks predict numbers
 * @param computed what the matrix, or errors of numbers, give
 * @param figures what its {@code metrics.csv} has
 */
public record StoredMetrics(Path folder, AccuracyMatrix matrix, RunMetrics computed, RunMetrics figures) {
    /**
     * {@return the figures of a run}
     *
     * @param folder of the run
     * @throws InputException if it is none, or its files are not as the run wrote them
     */
    public static StoredMetrics of(Path folder) {
        if (Files.isRegularFile(folder.resolve(RunFile.RUNS))) {
            throw new InputException("%s is the folder of a comparison: name the folder of a run in it, or see %s"
                    .formatted(folder, folder.resolve(RunFile.COMPARISON)));
        }
        for (String file : List.of(RunFile.MATRIX, RunFile.METRICS)) {
            if (!Files.isRegularFile(folder.resolve(file))) {
                throw new InputException(
                        "%s holds no %s: name the folder of a run that learned tasks".formatted(folder, file));
            }
        }
        try {
            RunChecksums.check(folder);
            AccuracyMatrix matrix = only(folder, RunFile.MATRIX, AccuracyCsv::read);
            RunMetrics figures = only(folder, RunFile.METRICS, MetricsCsv::read);
            if (!Files.isRegularFile(folder.resolve(RunFile.ERRORS))) {
                RunMetrics computed = RunMetrics.of(ForgettingReport.of(matrix));
                return new StoredMetrics(
                        folder, matrix, computed, figures.explainedBy(computed.with(betweenSteps(matrix))));
            }
            RunMetrics computed = RegressionReport.of(only(folder, RunFile.ERRORS, ErrorCsv::read))
                    .metrics();
            return new StoredMetrics(folder, matrix, computed, figures.explainedBy(computed));
        } catch (IOException unreadable) {
            throw cannotRead(folder, unreadable);
        } catch (MatrixFormatException damaged) {
            throw new InputException(damaged.getMessage(), damaged);
        }
    }

    /** As if nothing had been measured there: figures that were are not looked at. */
    private static ContinualEvaluation betweenSteps(AccuracyMatrix matrix) {
        return new ContinualEvaluation(matrix.strategy(), matrix.seed(), matrix.tasks(), ImmutableList.of());
    }

    private static InputException cannotRead(Path folder, IOException why) {
        return new InputException(
                "%s cannot be read (%s): take the folder as the run wrote it".formatted(folder, why.getMessage()), why);
    }

    /** Reads a file of any runs. */
    private interface Parser<T> {
        List<T> read(Reader in, String source) throws IOException;
    }

    private static <T> T only(Path folder, String name, Parser<T> parser) throws IOException {
        Path file = folder.resolve(name);
        try (Reader in = Files.newBufferedReader(file)) {
            List<T> runs = parser.read(in, file.toString());
            if (runs.size() != 1) {
                throw new InputException("%s holds %d runs: name the folder of one".formatted(file, runs.size()));
            }
            return runs.get(0);
        }
    }

    /**
     * These figures with more, as if the run had been asked for them at its end.
     *
     * @param keys of metrics
     * @return with each of them, undefined where that is what the run would have said; those that are there already as they are
     * @throws InputException if one is unknown, or nothing that the run kept tells it
     */
    public StoredMetrics with(List<String> keys) {
        RunMetrics all = figures;
        Map<String, TaskPredictions> predictions = null;
        for (String key : keys) {
            Metric metric = metric(key);
            if (all.values().containsKey(key)) {
                continue;
            }
            if (computed.values().containsKey(key)) {
                all = all.with(key, computed.values().get(key));
            } else {
                if (!figures.areOfNumbers() && !Metrics.isOfClasses(metric)) {
                    throw new InputException(
                            "metric %s tells of numbers, and tasks of %s have classes: sluice metrics %s lists what it has"
                                    .formatted(key, folder, folder));
                }
                if (figures.areOfNumbers() && !Metrics.isOfNumbers(metric)) {
                    throw new InputException(
                            "metric %s tells nothing of %s, whose tasks predict numbers: sluice metrics %s lists what does"
                                    .formatted(key, folder, folder));
                }
                if (!isOfPredictions(key)) {
                    throw new InputException("metric %s is measured while a run trains, and %s did not: run it again"
                            .formatted(key, folder));
                }
                predictions = predictions == null ? predictions() : predictions;
                all = all.with(key, value(key, predictions));
            }
        }
        return new StoredMetrics(folder, matrix, computed, all);
    }

    /**
     * {@return the metric of that name}
     *
     * @param key its name in files
     * @throws InputException if there is none
     */
    public static Metric metric(String key) {
        return Metrics.of(key)
                .orElseThrow(() ->
                        new InputException("unknown metric %s: %s".formatted(Printable.quoted(key), suggestion(key))));
    }

    /** There are too many to name all. */
    private static String suggestion(String key) {
        String known = Suggestion.of(key, Metrics.keys());
        return known.startsWith("did you mean") ? known : "sluice list metrics names all";
    }

    private static boolean isOfPredictions(String key) {
        return ProbabilityMetric.of(key).isPresent() || classification(key).isPresent();
    }

    private static Optional<ClassificationMetric> classification(String key) {
        return ImmutableList.copyOf(ClassificationMetric.values()).stream()
                .filter(metric -> metric.key().equals(key))
                .findFirst();
    }

    private MetricValue value(String key, Map<String, TaskPredictions> predictions) {
        if (!matrix.isTested()) {
            return AccuracyMatrix.NOT_TESTED;
        }
        Optional<ClassificationMetric> counted = classification(key);
        return counted.isPresent()
                ? counted.get()
                        .of(
                                matrix.tasks(),
                                ImmutableMap.copyOf(Maps.transformValues(predictions, TaskPredictions::report)))
                : ProbabilityMetric.of(key).orElseThrow().of(matrix.tasks(), predictions);
    }

    private Map<String, TaskPredictions> predictions() {
        if (!matrix.isTested()) {
            throw new InputException(
                    "%s predicted nothing, as none of its tasks has test examples: give it some (data.test_share above 0) and run its script again, or ask sluice evaluate"
                            .formatted(folder));
        }
        Path file = folder.resolve(RunFile.PREDICTIONS);
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    "%s kept no predictions (%s): run its script again with --set report.predictions=true --overwrite"
                            .formatted(folder, RunFile.PREDICTIONS));
        }
        try {
            return PredictionsCsv.readLast(file);
        } catch (IOException unreadable) {
            throw cannotRead(file, unreadable);
        } catch (MatrixFormatException damaged) {
            throw new InputException(damaged.getMessage(), damaged);
        }
    }

    /** {@return these figures, with reasons where answers and probabilities do not give one, as far as predictions tell them} */
    public StoredMetrics explained() {
        if (figures.areOfNumbers()) {
            return this;
        }
        if (matrix.isTested() && !Files.isRegularFile(folder.resolve(RunFile.PREDICTIONS))) {
            return this;
        }
        Map<String, TaskPredictions> predictions = matrix.isTested() ? predictions() : Map.of();
        RunMetrics told = figures;
        for (Map.Entry<String, MetricValue> figure : figures.values().entrySet()) {
            if (figure.getValue() instanceof MetricValue.Undefined
                    && isOfPredictions(figure.getKey())
                    && value(figure.getKey(), predictions) instanceof MetricValue.Undefined reason) {
                told = told.replacing(figure.getKey(), reason);
            }
        }
        return new StoredMetrics(folder, matrix, computed, told);
    }

    /**
     * Writes the figures in the place of those in the folder, and the report anew where there is one.
     *
     * @return the files that were written
     * @throws InputException if they cannot be
     */
    public ImmutableList<Path> write() {
        Path file = folder.resolve(RunFile.METRICS);
        RunFiles.writeText(file, out -> MetricsCsv.write(List.of(figures), out));
        try {
            RunChecksums.renew(file);
        } catch (IOException failed) {
            throw new InputException(
                    "%s is written, but its checksum cannot be (%s): remove %s, or make room and do this again"
                            .formatted(file, failed.getMessage(), RunChecksums.FILE),
                    failed);
        }
        if (!Files.isRegularFile(folder.resolve(Report.PAGE))) {
            return ImmutableList.of(file);
        }
        ReportFiles.write(folder);
        return ImmutableList.of(file, folder.resolve(Report.PAGE), folder.resolve(Report.MARKDOWN));
    }
}
