package sluice.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportMarkdownTest {
    @TempDir
    private Path folder;

    @Test
    void verdictHeadlineAndMatricesAreThere() {
        ExampleRuns runs = new ExampleRuns(List.of("a", "b"), List.of("gates", "ewc"), 2, 3, 0);

        String text = Report.of(ReportData.ofFolders(List.of(runs.writeComparison(folder.resolve("c")))))
                .markdown();

        assertThat(text)
                .startsWith("# example\n")
                .contains("exact retention: yes (gates): every frozen parameter, and 1,024 logits")
                .contains("not promised (ewc)")
                .contains("| strategy | runs | ACC | Forgetting (best-earlier) | BWT |")
                .contains("| gates | 2 | ")
                .contains("### Accuracy: ewc, mean over seeds")
                .contains("| untrained | 0.");
    }

    @Test
    void figuresArePutInWordsAndFormulasAreFoldedAway() {
        Path run = ExampleRuns.small().writeRun(folder.resolve("run"));

        String text = Report.of(ReportData.ofFolders(List.of(run))).markdown();

        assertThat(text)
                .contains("ACC: accuracy on all tasks after the last one was learned, mean (Lopez-Paz ")
                .contains("<details><summary>Formulas</summary>")
                .contains("- ACC: mean of R\\[T\\]\\[j\\], j = 1..T\n")
                .doesNotContain("- Training time: ");
    }

    @Test
    void hostileNamesAreNoMarkup() {
        Path run = ExampleRuns.small().named("<b>|*a*", "two\nlines", "[x](y)").writeRun(folder.resolve("run"));

        String text = Report.of(ReportData.ofFolders(List.of(run))).markdown();

        assertThat(text)
                .contains("| after | \\<b\\>\\|\\*a\\* | two\ufffdlines | \\[x\\](y) |")
                .doesNotContain("<b>");
    }

    @Test
    void eachClassOfTheFirstRunHasItsFigures() {
        ExampleRuns runs = new ExampleRuns(List.of("a", "b"), List.of("gates"), 2, 3, 0);

        String text = Report.of(ReportData.ofFolders(List.of(runs.writeComparison(folder.resolve("c")))))
                .markdown();

        assertThat(text).contains("""
                        ### Classes: gates, seed 1

                        What is answered to each task's own test rows after the last task.

                        | task | class | precision | recall | F1 | rows |
                        | --- | --- | ---: | ---: | ---: | ---: |
                        | a | zero | 1.0000 | 0.9900 | 0.9950 | 500 |
                        | a | one | 0.9899 | 0.9800 | 0.9849 | 500 |
                        | b | zero |""");
    }

    @Test
    void ofManyClassesThoseToldApartWorstAreShown() {
        List<String> tasks = IntStream.rangeClosed(1, 30).mapToObj(t -> "t" + t).toList();
        Path run = new ExampleRuns(tasks, List.of("gates"), 1, 3, 0).writeRun(folder.resolve("run"));

        String text = Report.of(ReportData.ofFolders(List.of(run))).markdown();

        assertThat(text)
                .contains("Shown: the 20 of 60 classes with the least F1; confusion.csv has all.")
                .contains("| t20 | one |")
                .doesNotContain("| zero |", "| t21 | one |");
    }

    @Test
    void ofOneTaskTheHeadlineTellsHowWellClassesAreToldApart() {
        Path run = new ExampleRuns(List.of("a"), List.of("gates"), 1, 3, 0).writeRun(folder.resolve("run"));

        assertThat(Report.of(ReportData.ofFolders(List.of(run))).markdown())
                .contains("| ACC | Balanced accuracy | Macro F1 |")
                .doesNotContain("Forgetting", "BWT");
    }
}
