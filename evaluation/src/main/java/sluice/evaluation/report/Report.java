package sluice.evaluation.report;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A report of forgetting over runs: {@code report.html}, one page that needs no network, and {@code report.md}, for pull
 * requests.
 *
 * @param data what it shows
 * @param title of the page, any text
 */
public record Report(ReportData data, String title) {
    /** The page's name. */
    public static final String PAGE = "report.html";

    /** The name of the short report. */
    public static final String MARKDOWN = "report.md";

    /** The page is smaller: 3 MB. */
    static final int LARGEST_PAGE = 3_000_000;

    /**
     * @param data what it shows
     * @return its report, titled by the sequence that was learned, where that is known
     */
    public static Report of(ReportData data) {
        List<String> names = data.runs().stream()
                .map(run -> run.details().provenance().path("name").asText(""))
                .distinct()
                .toList();
        boolean isNamed = names.size() == 1 && !names.get(0).isEmpty();
        return new Report(data, isNamed ? names.get(0) : "Forgetting report");
    }

    /**
     * @return the page: HTML with style, scripts and data, below 3 MB unless matrices and metrics alone are more
     */
    public String html() {
        List<String> notes = new ArrayList<>();
        ReportData shown = data;
        String page = Page.of(PageData.of(shown, title, notes), title);
        for (PageBudget cut : PageBudget.values()) {
            if (page.getBytes(StandardCharsets.UTF_8).length < LARGEST_PAGE) {
                break;
            }
            shown = cut.applyTo(shown);
            notes.add(cut.note());
            page = Page.of(PageData.of(shown, title, notes), title);
        }
        return page;
    }

    /**
     * @return the short report
     */
    public String markdown() {
        return new MarkdownReport(data, title).text();
    }

    /**
     * Writes {@value #PAGE} and {@value #MARKDOWN}, in the place of any that are there. Both are made before either is
     * written.
     *
     * @param folder which is made if it is not there
     * @return the files
     * @throws IOException if they cannot be written
     */
    public List<Path> writeTo(Path folder) throws IOException {
        Map<String, String> files = ImmutableMap.of(PAGE, html(), MARKDOWN, markdown());
        Files.createDirectories(folder);
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            written.add(write(folder.resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8)));
        }
        return written;
    }

    /** The whole file or none of it. */
    static Path write(Path file, byte[] content) throws IOException {
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".report", ".tmp");
        try {
            Files.write(draft, content);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
        return file;
    }
}
