package sluice.evaluation.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ClassificationMetric;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.ContinualMetric;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.MetricValue;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.Printable;
import sluice.evaluation.ReferenceAccuracies;
import sluice.evaluation.ReferencesCsv;
import sluice.evaluation.RunChecksums;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.ShownPath;
import sluice.evaluation.regression.ErrorCsv;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.evaluation.regression.RegressionReport;
import sluice.evaluation.run.ConfusionCount;
import sluice.evaluation.run.RunFile;
import sluice.evaluation.run.RunJson;
import sluice.evaluation.run.RunRecord;

/** The files of one run's folder; accuracy-matrix.csv is the only one that must be there. */
final class RunFolderReader {
    private static final double TOLERANCE = 1e-9;

    private final Path folder;
    private final Path place;

    RunFolderReader(Path folder) {
        this(folder, folder);
    }

    /** Files that lie elsewhere than a reader is told. */
    RunFolderReader(Path folder, Path place) {
        this.folder = folder;
        this.place = place;
    }

    /** How the runs of a comparison are read. */
    static final ComparisonReader.Kind<ReportRun> KIND = new ComparisonReader.Kind<>() {
        @Override
        public String file() {
            return RunFile.MATRIX;
        }

        @Override
        public List<ReportRun> read(Path folder, String variant) {
            return new RunFolderReader(folder)
                    .read().stream().map(run -> run.named(variant)).toList();
        }
    };

    /** A parser of whole files, such as {@link AccuracyCsv#read}. */
    interface Parser<T> {
        List<T> read(Reader in, String source) throws IOException;
    }

    /** The runs of the folder: one, or several where files of several were joined. */
    ImmutableList<ReportRun> read() {
        if (!Files.isRegularFile(folder.resolve(RunFile.MATRIX))) {
            throw new MatrixFormatException(
                    "%s holds no results: there is no %s in it: name the folder of a run that went to its end, or of a comparison"
                            .formatted(Printable.of(ShownPath.of(folder)), RunFile.MATRIX));
        }
        checkChecksums();
        List<AccuracyMatrix> matrices = read(RunFile.MATRIX, AccuracyCsv::read);
        if (matrices.isEmpty()) {
            throw new MatrixFormatException(
                    source(RunFile.MATRIX) + ": there is no line but the header: name a run that went to its end");
        }
        List<RegressionMatrix> errors = read(RunFile.ERRORS, ErrorCsv::read);
        List<RunMetrics> metrics = read(RunFile.METRICS, MetricsCsv::read);
        List<ReferenceAccuracies> references = read(RunFile.REFERENCES, ReferencesCsv::read);
        boolean isOne = matrices.size() == 1;
        Optional<RunJson> provenance = isOne ? provenance() : Optional.empty();
        DetailFiles details = new DetailFiles(this);
        return matrices.stream()
                .map(matrix -> {
                    RunDetails more = details.of(matrix, provenance, isOne);
                    Optional<RegressionMatrix> own = errors(matrix, errors);
                    RunMetrics figures = own.isPresent()
                            ? figures(matrix, own.get(), metrics)
                            : figures(matrix, metrics, references, more);
                    return checked(new ReportRun(ShownPath.of(place), matrix, own, true, figures, more));
                })
                .collect(toImmutableList());
    }

    void checkChecksums() {
        try {
            RunChecksums.check(folder);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private Optional<RegressionMatrix> errors(AccuracyMatrix matrix, List<RegressionMatrix> all) {
        Optional<RegressionMatrix> own = all.stream()
                .filter(errors -> errors.strategy().equals(matrix.strategy()) && errors.seed() == matrix.seed())
                .findFirst();
        if (own.isPresent() && !own.get().tasks().equals(matrix.tasks())) {
            throw new MatrixFormatException("%s is of other tasks than %s: name a folder whose files are of one run"
                    .formatted(source(RunFile.ERRORS), RunFile.MATRIX));
        }
        return own;
    }

    private ReportRun checked(ReportRun run) {
        String source = source(run.errors().isPresent() ? RunFile.ERRORS : RunFile.MATRIX);
        checkEnded(run, source);
        // what was learned in several runs, or is asked again, has rows that nobody measured
        if (!run.details().record().map(RunRecord::goesOn).orElse(false)
                && !Files.exists(folder.resolve(RunFile.EVALUATION))) {
            Matrices.checkComplete(run, source);
        }
        return run;
    }

    /** A run that was stopped left its rows, and nothing else. */
    private void checkEnded(ReportRun run, String source) {
        int tasks = run.matrix().tasks().size();
        if (!Matrices.isMeasured(run, tasks) && !Files.exists(folder.resolve(RunFile.METRICS))) {
            int learned = IntStream.rangeClosed(1, tasks)
                    .filter(i -> Matrices.isMeasured(run, i))
                    .max()
                    .orElse(0);
            throw new MatrixFormatException(
                    "%s is of a run that was stopped after %d of %d tasks: run it to its end with --overwrite, and then report it"
                            .formatted(source, learned, tasks));
        }
    }

    /** What errors say, and what else the run measured. */
    private RunMetrics figures(AccuracyMatrix matrix, RegressionMatrix errors, List<RunMetrics> files) {
        RunMetrics computed = RegressionReport.of(errors).metrics();
        return DerivedMetric.addTo(together(computed, measured(matrix, files), false, RunFile.ERRORS));
    }

    private static RunMetrics measured(AccuracyMatrix matrix, List<RunMetrics> files) {
        return files.stream()
                .filter(m -> m.strategy().equals(matrix.strategy()) && m.seed() == matrix.seed())
                .findFirst()
                .orElseGet(() -> RunMetrics.empty(matrix.strategy(), matrix.seed()));
    }

    /** What the matrix says, with its reasons where it says nothing, and what else the run measured. */
    private RunMetrics figures(
            AccuracyMatrix matrix, List<RunMetrics> files, List<ReferenceAccuracies> references, RunDetails details) {
        ImmutableList<ContinualEvaluation.Point> continual = details.continual();
        ReferenceAccuracies own = references.stream()
                .filter(r -> r.seed() == matrix.seed())
                .findFirst()
                .orElseGet(() -> ReferenceAccuracies.empty(matrix.seed()));
        RunMetrics computed = RunMetrics.of(ForgettingReport.of(matrix, ForgettingDefinition.BEST_EARLIER)
                        .against(own))
                .with(new ContinualEvaluation(matrix.strategy(), matrix.seed(), matrix.tasks(), continual));
        RunMetrics measured = measured(matrix, files).withPresentForgetting(matrix);
        RunMetrics all = together(computed, measured, !continual.isEmpty(), RunFile.MATRIX);
        return DerivedMetric.addTo(withClassification(all, matrix, details));
    }

    /** What follows from other files, and then what the run alone could measure. */
    private RunMetrics together(RunMetrics computed, RunMetrics measured, boolean isContinual, String from) {
        RunMetrics all = RunMetrics.empty(computed.strategy(), computed.seed());
        for (Map.Entry<String, MetricValue> metric : computed.values().entrySet()) {
            String key = metric.getKey();
            String source = ContinualMetric.isKey(key) ? RunFile.CONTINUAL : from;
            all = all.with(key, agreed(key, metric.getValue(), measured.values().get(key), isContinual, source));
        }
        for (Map.Entry<String, MetricValue> metric : measured.values().entrySet()) {
            if (!all.values().containsKey(metric.getKey())) {
                all = all.with(metric.getKey(), metric.getValue());
            }
        }
        return all;
    }

    /** What the file lacks of how well classes are told apart, as files of earlier versions do, follows from confusion. */
    private static RunMetrics withClassification(RunMetrics metrics, AccuracyMatrix matrix, RunDetails details) {
        RunMetrics all = metrics;
        Map<String, MetricValue> counted =
                ClassificationMetric.all(matrix.tasks(), ConfusionCount.reports(details.confusion()));
        for (Map.Entry<String, MetricValue> metric : counted.entrySet()) {
            if (!(all.values().get(metric.getKey()) instanceof MetricValue.Defined)) {
                all = all.replacing(metric.getKey(), metric.getValue());
            }
        }
        return all;
    }

    private MetricValue agreed(String key, MetricValue computed, MetricValue file, boolean isContinual, String from) {
        if (file instanceof MetricValue.Defined inFile) {
            if (computed instanceof MetricValue.Defined own && isApart(own.value(), inFile.value())) {
                throw new MatrixFormatException(
                        "%s: metric %s is %s, but %s gives %s: name a folder whose files are of one run"
                                .formatted(source(RunFile.METRICS), key, inFile.value(), from, own.value()));
            }
            if (computed instanceof MetricValue.Undefined gap && ContinualMetric.isKey(key) && isContinual) {
                throw new MatrixFormatException(
                        "%s: metric %s is %s, but %s does not give it (%s): take the files as the run wrote them"
                                .formatted(
                                        source(RunFile.METRICS), key, inFile.value(), RunFile.CONTINUAL, gap.reason()));
            }
            return file;
        }
        return computed;
    }

    /** By more than rounding, of figures of any size. */
    private static boolean isApart(double own, double inFile) {
        return Math.abs(own - inFile) > TOLERANCE * Math.max(1, Math.abs(own));
    }

    Optional<RunJson> provenance() {
        Path file = folder.resolve(RunFile.RECORD);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (Reader in = Files.newBufferedReader(file)) {
            return RunJson.read(in, source(RunFile.RECORD));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** What a file holds; nothing where it is not there. */
    <T> List<T> read(String name, Parser<T> parser) {
        return readIfThere(folder.resolve(name), parser);
    }

    static <T> List<T> readIfThere(Path file, Parser<T> parser) {
        if (!Files.isRegularFile(file)) {
            return ImmutableList.of();
        }
        try (Reader in = Files.newBufferedReader(file)) {
            return parser.read(in, ShownPath.of(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (UncheckedIOException e) {
            throw unreadable(file, e.getCause());
        }
    }

    static MatrixFormatException unreadable(Path file, IOException e) {
        String why = e instanceof MalformedInputException ? "it is not UTF-8 text" : String.valueOf(e.getMessage());
        return new MatrixFormatException("%s cannot be read (%s): take the file as the run wrote it"
                .formatted(Printable.of(ShownPath.of(file)), Printable.of(why)));
    }

    String source(String name) {
        return ShownPath.of(folder.resolve(name));
    }
}
