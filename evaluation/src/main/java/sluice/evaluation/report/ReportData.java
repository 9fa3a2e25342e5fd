package sluice.evaluation.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Metric;
import sluice.evaluation.Printable;
import sluice.evaluation.RegressionMetric;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.StrategyRuns;
import sluice.evaluation.matrix.MatrixFile;
import sluice.evaluation.matrix.MatrixOptions;
import sluice.evaluation.matrix.ReadMatrix;
import sluice.evaluation.run.RunRecord;

/**
 * Everything that a report shows: runs over one list of tasks, or of lists as long that each seed drew, told apart by
 * strategy and seed, at least one. Immutable.
 */
public final class ReportData {
    private final ImmutableList<ReportRun> runs;
    private final ImmutableList<FailedRun> failed;
    private final int waiting;
    private final ImmutableList<String> tasks;
    private final ImmutableList<StrategyRuns> strategies;

    private ReportData(List<ReportRun> runs, List<FailedRun> failed, int waiting) {
        this.runs = ImmutableList.copyOf(runs);
        this.failed = ImmutableList.copyOf(failed);
        this.waiting = waiting;
        this.tasks = tasks(this.runs);
        this.strategies = strategies(this.runs, this.failed);
    }

    /**
     * Reads folders of finished runs, and of comparisons with run folders in them, each as it is or packed as a {@code .zip}. A
     * comparison's strategies are named by variant. Where two folders hold runs of the same strategy and seed, the folders' names are added to tell them apart.
     *
     * @param folders at least one
     * @return their runs
     * @throws MatrixFormatException if a folder holds no results, or a file cannot be read, or the runs learned different
     *     tasks; one line that says what, where, and how to mend it
     */
    public static ReportData ofFolders(List<Path> folders) {
        List<ReportRun> runs = new ArrayList<>();
        List<FailedRun> failed = new ArrayList<>();
        int waiting = 0;
        Map<Path, List<ReportRun>> byFolder = new HashMap<>();
        for (Path folder : folders) {
            Path there = RunPlace.checked(folder);
            if (byFolder.containsKey(folder.toAbsolutePath().normalize())) {
                throw new MatrixFormatException(
                        "%s is named twice: name each folder once".formatted(Printable.of(folder.toString())));
            }
            ComparisonReader.Contents<ReportRun> here =
                    PackedRuns.isPacked(there) ? unpacked(there) : contents(there, folder);
            failed.addAll(here.failed());
            waiting += here.waiting();
            byFolder.put(folder.toAbsolutePath().normalize(), here.runs());
            runs.addAll(here.runs());
        }
        return checked(apart(folders, byFolder, runs), failed, waiting);
    }

    private static ComparisonReader.Contents<ReportRun> unpacked(Path archive) {
        try (PackedRuns packed = PackedRuns.open(archive)) {
            return contents(packed.folder(), packed.folder());
        } catch (IOException e) {
            throw RunFolderReader.unreadable(archive, e);
        }
    }

    private static ComparisonReader.Contents<ReportRun> contents(Path folder, Path place) {
        ComparisonReader<ReportRun> comparison = new ComparisonReader<>(folder, RunFolderReader.KIND);
        return comparison.isComparison()
                ? comparison.read()
                : new ComparisonReader.Contents<>(new RunFolderReader(folder, place).read(), ImmutableList.of(), 0);
    }

    /**
     * Reads the folder of a finished run that is on its way to its place.
     *
     * @param folder where it is now
     * @param place where a reader of the report finds it
     * @return its runs
     * @throws MatrixFormatException if the folder holds no results, or a file cannot be read; one line that says what, where,
     *     and how to mend it
     */
    public static ReportData onItsWay(Path folder, Path place) {
        return checked(new RunFolderReader(folder, place).read(), ImmutableList.of(), 0);
    }

    /**
     * Reads accuracies of any system.
     *
     * @param file text, UTF-8, as {@link MatrixFile} takes it
     * @param options what the user says of it
     * @return its runs, and how they were read
     * @throws MatrixFormatException if the file cannot be read, lacks cells, has values out of range, or can be read in two
     *     ways; one line that says what, where, and how to mend it
     */
    public static ForeignRuns ofMatrix(Path file, MatrixOptions options) {
        if (!Files.isRegularFile(file)) {
            throw new MatrixFormatException(
                    "%s is no file: name a file of accuracies".formatted(Printable.of(file.toString())));
        }
        String name = file.getFileName().toString().replaceFirst("(?i)\\.(csv|tsv|txt|json)$", "");
        ReadMatrix read = read(file, options, name.isEmpty() ? "results" : name);
        List<ReportRun> runs = read.runs().stream()
                .map(matrix -> new ReportRun(
                        file.toString(),
                        matrix,
                        read.isCounted(),
                        DerivedMetric.addTo(RunMetrics.of(ForgettingReport.of(matrix))),
                        RunDetails.none()))
                .toList();
        return new ForeignRuns(checked(runs, ImmutableList.of(), 0), read);
    }

    private static ReadMatrix read(Path file, MatrixOptions options, String strategy) {
        try (Reader in = Files.newBufferedReader(file)) {
            return MatrixFile.read(in, file.toString(), options, strategy);
        } catch (IOException e) {
            throw RunFolderReader.unreadable(file, e);
        }
    }

    /**
     * {@return the runs of both}
     *
     * @param other runs over the same tasks, none of a strategy and seed that is here
     * @throws MatrixFormatException if the tasks differ or a run is in both
     */
    public ReportData and(ReportData other) {
        return checked(
                Stream.concat(runs.stream(), other.runs.stream()).toList(),
                Stream.concat(failed.stream(), other.failed.stream()).toList(),
                waiting + other.waiting);
    }

    private static List<ReportRun> apart(
            List<Path> folders, Map<Path, List<ReportRun>> byFolder, List<ReportRun> runs) {
        Set<String> twice =
                runs.stream().collect(Collectors.groupingBy(run -> run.seed() + " " + run.strategy())).values().stream()
                        .filter(same -> same.size() > 1)
                        .map(same -> same.get(0).strategy())
                        .collect(Collectors.toSet());
        if (twice.isEmpty() || folders.size() == 1) {
            return runs;
        }
        List<ReportRun> apart = new ArrayList<>();
        for (Path folder : folders) {
            Path absolute = folder.toAbsolutePath().normalize();
            for (ReportRun run : byFolder.getOrDefault(absolute, List.of())) {
                apart.add(
                        twice.contains(run.strategy())
                                ? run.named(run.strategy() + " (" + absolute.getFileName() + ")")
                                : run);
            }
        }
        return apart;
    }

    private static ReportData checked(List<ReportRun> runs, List<FailedRun> failed, int waiting) {
        if (runs.isEmpty()) {
            throw new MatrixFormatException("no run has results: name a run that went to its end");
        }
        ReportRun first = runs.get(0);
        Map<String, ReportRun> seen = new HashMap<>();
        Map<Long, ReportRun> firstOfSeed = new HashMap<>();
        for (ReportRun run : runs) {
            if (run.errors().isPresent() != first.errors().isPresent()) {
                throw new MatrixFormatException("%s predicts numbers, and %s tells classes apart: make a report of each"
                        .formatted(
                                place(run.errors().isPresent() ? run : first),
                                place(run.errors().isPresent() ? first : run)));
            }
            ReportRun held = firstOfSeed.computeIfAbsent(run.seed(), seed -> run);
            boolean drawn =
                    run.matrix().tasks().size() == first.matrix().tasks().size()
                            && run.matrix().tasks().equals(held.matrix().tasks())
                            && run.seed() != first.seed();
            if (!drawn && !run.matrix().tasks().equals(first.matrix().tasks())) {
                throw new MatrixFormatException(
                        "the runs learned different tasks: %s has %s, %s has %s: make a report of each"
                                .formatted(place(first), tasks(first), place(run), tasks(run)));
            }
            ReportRun same = seen.putIfAbsent(run.seed() + " " + run.strategy(), run);
            if (same != null) {
                throw new MatrixFormatException(
                        "strategy %s with seed %d is in %s and in %s: leave one out, or give one another seed"
                                .formatted(
                                        Printable.quoted(run.strategy()),
                                        run.seed(),
                                        Printable.of(same.place()),
                                        place(run)));
            }
        }
        return new ReportData(JointRun.holdAgainst(runs), failed, waiting);
    }

    private static String place(ReportRun run) {
        return Printable.of(run.place());
    }

    private static String tasks(ReportRun run) {
        return run.matrix().tasks().stream()
                .limit(10)
                .map(task -> Printable.abbreviated(task, 20))
                .collect(Collectors.joining(", ", "[", run.matrix().tasks().size() > 10 ? ", ...]" : "]"));
    }

    ImmutableList<ReportRun> runs() {
        return runs;
    }

    /** What matrices are made of. */
    ReportScore score() {
        return runs.stream().anyMatch(run -> run.errors().isPresent()) ? ReportScore.RMSE : ReportScore.ACCURACY;
    }

    ImmutableList<FailedRun> failed() {
        return failed;
    }

    /** Says that runs are still to come, or were stopped; empty where none are. */
    Optional<String> unfinished() {
        List<String> said = new ArrayList<>();
        if (waiting > 0) {
            said.add((waiting == 1 ? "1 run is" : waiting + " runs are")
                    + " still to come: the comparison is running, or was stopped and goes on when it is run again");
        }
        long stopped = runs.stream()
                .filter(run ->
                        run.details().record().filter(RunRecord::interrupted).isPresent())
                .count();
        if (stopped > 0) {
            said.add((stopped == 1 ? "1 run was" : stopped + " runs were")
                    + " stopped before the end: figures are of the tasks that were learned");
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", said));
    }

    /**
     * {@return the tasks' names, in the order in which they were learned; {@code task 1} and so on where each seed drew
     * others}
     */
    public ImmutableList<String> tasks() {
        return tasks;
    }

    private static ImmutableList<String> tasks(List<ReportRun> runs) {
        ImmutableList<String> first = runs.get(0).matrix().tasks();
        return runs.stream().allMatch(run -> run.matrix().tasks().equals(first))
                ? first
                : IntStream.rangeClosed(1, first.size())
                        .mapToObj(j -> "task " + j)
                        .collect(toImmutableList());
    }

    /** {@return the runs of each strategy with their figures, in order of first appearance} */
    public ImmutableList<StrategyRuns> strategies() {
        return strategies;
    }

    private static ImmutableList<StrategyRuns> strategies(List<ReportRun> runs, List<FailedRun> failed) {
        ImmutableListMultimap<String, ReportRun> byStrategy = Multimaps.index(runs, ReportRun::strategy);
        ImmutableListMultimap<String, FailedRun> failures = Multimaps.index(failed, FailedRun::strategy);
        return Stream.concat(byStrategy.keySet().stream(), failures.keySet().stream())
                .distinct()
                .map(name -> new StrategyRuns(
                        name,
                        byStrategy.get(name).stream().map(ReportRun::metrics).collect(toImmutableList()),
                        failures.get(name).size()))
                .collect(toImmutableList());
    }

    /** The definition of forgetting that all runs chose; the default one where they did not or chose differently. */
    ForgettingDefinition definition() {
        List<String> words = runs.stream()
                .map(run ->
                        run.details().record().flatMap(RunRecord::forgetting).orElse(""))
                .distinct()
                .toList();
        return words.size() == 1
                ? ForgettingDefinition.of(words.get(0)).orElse(ForgettingDefinition.BEST_EARLIER)
                : ForgettingDefinition.BEST_EARLIER;
    }

    /** What a metric is in plain words, and of forward transfer whether it is noise in all runs. */
    String meaning(Metric metric) {
        Metric figure = metric instanceof RegressionMetric ofErrors ? ofErrors.figure() : metric;
        boolean noise = figure == ForgettingMetric.FWT
                && !runs.isEmpty()
                && runs.stream()
                        .allMatch(run -> run.details()
                                .record()
                                .filter(RunRecord::hasOwnHeads)
                                .isPresent());
        return noise ? ForgettingMetric.FWT_OF_OWN_HEADS + "; " + metric.meaning() : metric.meaning();
    }

    ReportData with(List<ReportRun> others) {
        return new ReportData(others, failed, waiting);
    }
}
