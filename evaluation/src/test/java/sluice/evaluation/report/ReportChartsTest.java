package sluice.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ReportChartsTest {
    @TempDir
    private Path folder;

    @Test
    void everyChartIsAPictureInBothFormats() throws IOException {
        ExampleRuns runs = new ExampleRuns(List.of("<a>", "=b", "c".repeat(500)), List.of("gates", "ewc"), 2, 3, 0);
        Path comparison = runs.writeComparison(folder.resolve("c"));

        List<Path> written =
                Report.of(ReportData.ofFolders(List.of(comparison))).writeCharts(folder.resolve("charts"));

        assertThat(written)
                .extracting(file -> file.getFileName().toString())
                .contains(
                        "accuracy-matrix-1-gates.png",
                        "accuracy-sequence-2-ewc.svg",
                        "forgetting-tasks-2-ewc.png",
                        "strategies-acc.svg",
                        "accuracy-cost.png",
                        "learning-loss-1-gates-seed1.svg",
                        "learning-accuracy-2-ewc-seed1.png",
                        "occupancy-1-gates-seed1.png",
                        "units-layer1-1-gates-seed1.svg",
                        "overlap-layer1-1-gates-seed1.png",
                        "gate-probabilities-layer1-1-gates-seed1.png",
                        "confusion-task3-2-ewc-seed1.svg");
        for (Path file : written) {
            if (file.toString().endsWith(".png")) {
                assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1800);
            } else {
                assertThat(Files.readString(file)).contains("<svg");
            }
        }
    }

    @Test
    void chartsOfManyTasksShowSomeOfThemAndStaySmall() throws IOException {
        ReportData data = ReportSizeTest.data(folder, List.of(ReportSizeTest.run("any", 1, 400)));

        List<Path> written = Report.of(data).writeCharts(folder.resolve("charts"));

        assertThat(written).allSatisfy(file -> assertThat(Files.size(file)).isLessThan(4_000_000));
        assertThat(ChartPictures.of(data).get("accuracy-matrix-1-any").getTitle())
                .isEqualTo("Accuracy matrix: any (every 5th task of 400, and the last)");
    }
}
