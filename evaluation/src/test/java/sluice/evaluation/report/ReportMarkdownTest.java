package sluice.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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
    void hostileNamesAreNoMarkup() {
        Path run = ExampleRuns.small().named("<b>|*a*", "two\nlines", "[x](y)").writeRun(folder.resolve("run"));

        String text = Report.of(ReportData.ofFolders(List.of(run))).markdown();

        assertThat(text)
                .contains("| after | \\<b\\>\\|\\*a\\* | two\ufffdlines | \\[x\\](y) |")
                .doesNotContain("<b>");
    }
}
