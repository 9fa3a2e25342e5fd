package sluice.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.evaluation.MetricValue;

/** Runs that are kept stay readable, and each short report is what they give. */
@Tag("slow")
class GalleryTest {
    private static final Path GALLERY = Path.of("gallery");
    private static final int MOST_BYTES = 4_000_000;

    private static List<String> reports() throws IOException {
        try (Stream<Path> folders = Files.list(GALLERY)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static ReportData kept(String name) {
        return ReportData.ofFolders(List.of(GALLERY.resolve(name).resolve("runs.zip")));
    }

    /** Where the wording of reports changes, {@code evaluation/gallery/make pages} writes them anew. */
    @ParameterizedTest
    @MethodSource("reports")
    void theShortReportIsWhatItsRunsGive(String name) {
        String markdown = Report.of(kept(name)).markdown();

        assertThat(GALLERY.resolve(name).resolve(Report.MARKDOWN)).content().isEqualToNormalizingNewlines(markdown);
    }

    @ParameterizedTest
    @MethodSource("reports")
    void aPageHasTheFiguresOfEachRun(String name) {
        ReportData data = kept(name);

        String page = Report.of(data).html();

        assertThat(page.length()).isLessThan(Report.LARGEST_PAGE);
        assertThat(data.runs()).isNotEmpty().allSatisfy(run -> {
            MetricValue.Defined acc = (MetricValue.Defined) run.metric("acc");
            assertThat(page).contains("\"acc\":" + acc.value());
            assertThat(run.details().record()).isPresent();
        });
    }

    @Test
    void theGalleryIsSmall() throws IOException {
        try (Stream<Path> files = Files.walk(GALLERY)) {
            long bytes = files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(Report.PAGE))
                    .mapToLong(file -> file.toFile().length())
                    .sum();

            assertThat(bytes).isLessThan(MOST_BYTES);
        }
    }
}
