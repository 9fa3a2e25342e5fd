package sluice.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RunChecksums;
import sluice.evaluation.StrategyRuns;

class ReportDataTest {
    @TempDir
    private Path folder;

    private Path run;

    @BeforeEach
    void writeRun() {
        run = ExampleRuns.small().writeRun(folder.resolve("run"));
    }

    @Test
    void aRunsFolderIsReadWhole() {
        ReportRun read = ReportData.ofFolders(List.of(run)).runs().get(0);

        assertThat(read.matrix()).isEqualTo(ExampleRuns.small().matrix(0, 1));
        assertThat(read.metric("macs_saved")).isEqualTo(MetricValue.of(0.75));
        assertThat(read.details().curves()).hasSize(18);
        assertThat(read.details().curves().get(0).accuracy()).isNaN();
        assertThat(read.details().confusion()).hasSize(12);
        assertThat(read.details().hardest()).hasSize(6);
        assertThat(read.details().gates()).hasSize(6);
        assertThat(read.details().overlaps()).hasSize(3);
        assertThat(Retention.of(read)).isEqualTo(Retention.EXACT);
        assertThat(Retention.comparedLogits(read)).isEqualTo(512);
    }

    @Test
    void whatAFileOfAnEarlierVersionLacksFollowsFromConfusionAndMatrix() throws IOException {
        assertThat(run.resolve("metrics.csv")).content().doesNotContain("macro_f1");

        ReportRun read = ReportData.ofFolders(List.of(run)).runs().get(0);
        Files.delete(run.resolve("confusion.csv"));
        ReportRun without = ReportData.ofFolders(List.of(run)).runs().get(0);

        assertThat(read.metric("balanced_accuracy").number().orElseThrow()).isCloseTo(0.985, within(1e-12));
        assertThat(read.metric("macro_precision").number().orElseThrow())
                .isCloseTo((1 + 490 / 495.0) / 2, within(1e-12));
        assertThat(without.metric("macro_f1"))
                .isEqualTo(MetricValue.undefined("what was answered to task 0-1 after the last task is not known"));
        assertThat(without.metric("worst_task").number()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // what builds up to now wrote
                "a b c | {'exact_retention': true, 'tasks': [{'unchanged': 0}, {'unchanged': 512}, {'unchanged': 1024}]} | EXACT | 1024",
                "a     | {'exact_retention': true, 'tasks': [{'unchanged': 0}]} | UNDEFINED | 0",
                "a b c | {'exact_retention': null, 'tasks': [{'unchanged': 0}]} | NOT_PROMISED | 0",
                "a b c | {'exact_retention': true, 'compared_logits': 7, 'tasks': [{'unchanged': 9}]} | EXACT | 7",
                "a b c | {'exact_retention': false, 'compared_logits': 7} | BROKEN | 7",
                "a     | {'exact_retention': null, 'exact_retention_undefined': 'there is only one task', 'compared_logits': 0} | UNDEFINED | 0",
                "a b c | {'exact_retention': null, 'exact_retention_undefined': 'strategy er promises none', 'compared_logits': null} | NOT_PROMISED | 0",
            })
    void retentionIsWhatTheRecordSays(String tasks, String record, Retention kind, long logits) throws IOException {
        ExampleRuns runs = new ExampleRuns(Splitter.on(' ').splitToList(tasks), List.of("gates"), 1, 3, 0);
        Path one = runs.writeRun(folder.resolve("one"));
        Files.writeString(one.resolve("run.json"), record.replace('\'', '"'));
        Files.deleteIfExists(one.resolve(RunChecksums.FILE));

        ReportData data = ReportData.ofFolders(List.of(one));

        assertThat(Retention.of(data.runs().get(0))).isEqualTo(kind);
        assertThat(Retention.comparedLogits(data.runs().get(0))).isEqualTo(logits);
        assertThat(RetentionVerdict.of(data))
                .singleElement()
                .asString()
                .contains(
                        kind == Retention.UNDEFINED
                                ? "undefined (gates) because there is only one task"
                                : "retention: ");
    }

    /** Versions before took lucky guesses before learning for knowledge, under the same names. */
    @Test
    void forgettingOfAnEarlierVersionsRunIsThatOfThePresentDefinition() throws IOException {
        Path matrix = run.resolve("accuracy-matrix.csv");
        Files.writeString(matrix, """
                strategy,seed,after_task,task,correct,total,accuracy
                gates,1,0,a,9,10,0.9
                gates,1,0,b,9,10,0.9
                gates,1,0,c,5,10,0.5
                gates,1,1,a,9,10,0.9
                gates,1,1,b,9,10,0.9
                gates,1,1,c,5,10,0.5
                gates,1,2,a,9,10,0.9
                gates,1,2,b,8,10,0.8
                gates,1,2,c,5,10,0.5
                gates,1,3,a,9,10,0.9
                gates,1,3,b,8,10,0.8
                gates,1,3,c,7,10,0.7
                """);
        Path alone = Files.createDirectory(folder.resolve("earlier"));
        Files.copy(matrix, alone.resolve("accuracy-matrix.csv"));
        Files.writeString(
                alone.resolve("metrics.csv"),
                "strategy,seed,metric,value\ngates,1,forgetting,0.04999999999999999\ngates,1,forgetting_first,0\n");

        ReportRun read = ReportData.ofFolders(List.of(alone)).runs().get(0);

        assertThat(read.metric("forgetting")).isEqualTo(MetricValue.of(0));
        assertThat(read.metric("forgetting_best_earlier_literal").number().orElseThrow())
                .isCloseTo(0.05, within(1e-12));
    }

    @Test
    void aRunThatWasStoppedIsToldForWhatItIs() throws IOException {
        Path record = run.resolve("run.json");
        Files.writeString(
                record, Files.readString(record).replace("\"interrupted\" : false", "\"interrupted\" : true"));

        assertThat(ReportData.ofFolders(List.of(run)).unfinished().orElseThrow())
                .isEqualTo("1 run was stopped before the end: figures are of the tasks that were learned");
    }

    @Test
    void theMatrixAloneIsEnough() throws IOException {
        Path alone = Files.createDirectory(folder.resolve("alone"));
        Files.copy(run.resolve("accuracy-matrix.csv"), alone.resolve("accuracy-matrix.csv"));

        ReportRun read = ReportData.ofFolders(List.of(alone)).runs().get(0);

        assertThat(read.metric("forgetting")).isEqualTo(MetricValue.of(0));
        assertThat(read.metric("intransigence")).isInstanceOf(MetricValue.Undefined.class);
        assertThat(Retention.of(read)).isEqualTo(Retention.UNKNOWN);
    }

    @Test
    void aComparisonNamesStrategiesByVariantAndTellsWhatFailed() throws IOException {
        ExampleRuns runs = new ExampleRuns(List.of("a", "b"), List.of("gates", "ewc"), 2, 3, 0);
        Path comparison = runs.writeComparison(folder.resolve("comparison"));
        Files.move(comparison.resolve("gates-seed1"), comparison.resolve("wide-seed1"));
        Files.move(comparison.resolve("gates-seed2"), comparison.resolve("wide-seed2"));
        replace(comparison.resolve("metrics.csv"), "gates", "wide");
        replace(comparison.resolve("comparison.csv"), "gates", "wide");
        Files.writeString(
                comparison.resolve("runs.csv"), "variant,seed,status,reason\nwide,1,done,\nsi,1,failed,loss is NaN\n");

        ReportData data = ReportData.ofFolders(List.of(comparison));

        assertThat(data.strategies()).extracting(StrategyRuns::strategy).containsExactly("wide", "ewc", "si");
        assertThat(data.failed()).containsExactly(new FailedRun("si", 1, "loss is NaN"));
    }

    @Test
    void pointsBetweenStepsThatAreMissingAreNotTakenForTheRuns() throws IOException {
        Path file = run.resolve("continual-evaluation.csv");
        Files.writeString(file, Files.readString(file).lines().limit(30).collect(Collectors.joining("\n", "", "\n")));

        assertThatThrownBy(() -> ReportData.ofFolders(List.of(run)))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageContaining("metrics.csv: metric min_acc is ")
                .hasMessageContaining("but continual-evaluation.csv does not give it (task 1 was not evaluated while");
    }

    @Test
    void runsThatAreStillToComeAreCountedAndFailNothing() throws IOException {
        ExampleRuns runs = new ExampleRuns(List.of("a", "b"), List.of("gates", "ewc"), 1, 3, 0);
        Path comparison = runs.writeComparison(folder.resolve("comparison"));
        Files.writeString(
                comparison.resolve("runs.csv"),
                "variant,seed,status,reason\ngates,1,done,\newc,1,done,\nsi,1,waiting,\nmas,1,waiting,\n");

        ReportData data = ReportData.ofFolders(List.of(comparison));

        assertThat(data.failed()).isEmpty();
        assertThat(data.strategies()).extracting(StrategyRuns::strategy).containsExactly("gates", "ewc");
        assertThat(Report.of(data).markdown()).contains("2 runs are still to come");
        assertThat(Report.of(data).html()).contains("2 runs are still to come");
    }

    @Test
    void aRunWhoseComparisonWasKilledBeforeItsFiguresWereWrittenIsNoStranger() throws IOException {
        ExampleRuns runs = new ExampleRuns(List.of("a", "b"), List.of("gates", "ewc"), 1, 3, 0);
        Path comparison = runs.writeComparison(folder.resolve("comparison"));
        Path metrics = comparison.resolve("metrics.csv");
        Files.writeString(
                metrics,
                Files.readString(metrics)
                        .lines()
                        .filter(line -> !line.startsWith("ewc,"))
                        .collect(Collectors.joining("\n", "", "\n")));
        assertThatThrownBy(() -> ReportData.ofFolders(List.of(comparison)))
                .hasMessageContaining("is not a run of this comparison");
        Files.writeString(
                comparison.resolve("runs.csv"),
                "variant,seed,status,reason\ngates,1,done,\newc,1,waiting,\nmas,1,waiting,\n");

        ReportData data = ReportData.ofFolders(List.of(comparison));

        assertThat(data.strategies()).extracting(StrategyRuns::strategy).containsExactly("gates", "ewc");
        assertThat(Report.of(data).markdown()).contains("1 run is still to come");
    }

    @Test
    void aRunOnItsWayIsToldByItsPlace() {
        ReportData data = ReportData.onItsWay(run, folder.resolve("place"));

        assertThat(data.runs())
                .singleElement()
                .extracting(ReportRun::place)
                .isEqualTo(folder.resolve("place").toString());
    }

    @Test
    void foldersOfTheSameStrategyAndSeedAreToldApartByTheirNames() {
        Path other = ExampleRuns.small().writeRun(folder.resolve("other"));

        ReportData data = ReportData.ofFolders(List.of(run, other));

        assertThat(data.strategies())
                .extracting(StrategyRuns::strategy)
                .containsExactly("gates (run)", "gates (other)");
    }

    @Test
    void aFolderWithoutResultsIsRefused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        refuses(List.of(empty), "holds no results", "name the folder of a run");
        refuses(List.of(folder.resolve("absent")), "is no folder");
        refuses(List.of(run, run), "named twice");
    }

    @Test
    void differentTasksAreRefused() {
        Path other = ExampleRuns.small().named("0-1", "2-3", "other").writeRun(folder.resolve("other"));

        refuses(List.of(run, other), "different tasks", "make a report of each");
    }

    @Test
    void tasksThatEachSeedDrewGoByTheirPlaces() throws IOException {
        Path other = ExampleRuns.small().named("0-7", "2-3", "5-4").writeRun(folder.resolve("other"));
        for (Path file : List.of(other.resolve("accuracy-matrix.csv"), other.resolve("metrics.csv"))) {
            replace(file, "gates,1,", "gates,2,");
        }

        ReportData data = ReportData.ofFolders(List.of(run, other));

        assertThat(data.tasks()).containsExactly("task 1", "task 2", "task 3");
        assertThat(data.runs()).hasSize(2);
    }

    @Test
    void intransigenceFollowsFromAJointRunOfTheSameSeed() throws IOException {
        Path joint = Files.createDirectories(folder.resolve("joint"));
        Path plain = Files.createDirectories(folder.resolve("plain"));
        String header = "strategy,seed,after_task,task,correct,total,accuracy\n";
        Files.writeString(joint.resolve("accuracy-matrix.csv"), header + "joint,3,2,a,9,10,0.9\njoint,3,2,b,10,10,1\n");
        Files.writeString(
                plain.resolve("accuracy-matrix.csv"),
                header + "er,3,1,a,8,10,0.8\ner,3,2,a,5,10,0.5\ner,3,2,b,6,10,0.6\n");

        ReportData data = ReportData.ofFolders(List.of(joint, plain));

        // (0.9 - 0.8 + 1 - 0.6) / 2
        assertThat(data.runs().get(1).metric("intransigence").number().orElseThrow())
                .isCloseTo(0.25, within(1e-12));
        assertThat(data.runs().get(0).metric("intransigence").number()).isEmpty();
    }

    @Test
    void aMissingCellIsRefused() throws IOException {
        Path matrix = run.resolve("accuracy-matrix.csv");
        Files.write(
                matrix,
                Files.readAllLines(matrix).stream()
                        .filter(line -> !line.startsWith("gates,1,3,2-3,"))
                        .toList());

        refuses(List.of(run), "no accuracy on task \"2-3\" after task 3 of 3", "add the cell");
    }

    @Test
    void metricsOfAnotherRunAreRefused() throws IOException {
        replace(run.resolve("metrics.csv"), "gates,1,bwt,0", "gates,1,bwt,0.5");

        refuses(List.of(run), "metric bwt is 0.5", "files are of one run");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "accuracy-matrix.csv | strategy,seed | strategy,sed | unknown column",
                "accuracy-matrix.csv | gates,1,0,0-1 | gates,1,1,0-1 | already",
                "metrics.csv | gates,1,acc, | gates,1,acc,x | column value",
                "learning-curves.csv | gates,1,2-3,4,1, | gates,1,2-3,0,1, | column step",
                "learning-curves.csv | ,epoch, | ,round, | unknown column",
                "confusion.csv | zero,zero,495 | zero,zero,0 | column count",
                "confusion.csv | gates,1,0-1,zero,zero | gates,1,7-8,zero,zero | no such task",
                "hardest.csv | 0.01,28,28 | 1.01,28,28 | must be in [0, 1]",
                "hardest.csv | 0.01,28,28 | 0.01,28,27 | base64",
                "gates.csv | 200,0-48 | 200,48-0 | must ascend",
                "gates.csv | 200,0-48 | 20,0-48 | below the 20 units",
                "gates.csv | 100 20 5 | 100 20 | ten counts",
                "overlap.csv | layer_1,0.25 | layer_1,25 | must be in [0, 1]",
                "run.json | { | [ | JSON"
            })
    void badInputIsRefusedInOneLineThatSaysWhere(String file, String from, String to, String said) throws IOException {
        String before = Files.readString(run.resolve(file));
        assertThat(before).contains(from);
        Files.writeString(run.resolve(file), before.replaceFirst(Pattern.quote(from), to));

        assertThatThrownBy(() -> ReportData.ofFolders(List.of(run)))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageContaining(file)
                .hasMessageContaining("line")
                .hasMessageContaining(said)
                .hasMessageNotContaining("\n");
    }

    private static void replace(Path file, String from, String to) throws IOException {
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    private static void refuses(List<Path> folders, String... said) {
        assertThatThrownBy(() -> ReportData.ofFolders(folders))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageContainingAll(said)
                .hasMessageNotContaining("\n");
    }
}
