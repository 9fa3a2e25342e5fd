package sluice.evaluation.report;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.knowm.xchart.internal.chartpart.Chart;
import sluice.evaluation.WholeFile;
import sluice.evaluation.run.RunRecord;

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

    /** The default name of the folder of charts as pictures. */
    public static final String CHARTS = "charts";

    /** The default name of the folder of event files. */
    public static final String EVENTS = "tensorboard";

    /** The page is smaller: 3 MB. */
    static final int LARGEST_PAGE = 3_000_000;

    /**
     * {@return its report, titled by the sequence that was learned, where that is known}
     *
     * @param data what it shows
     */
    public static Report of(ReportData data) {
        List<String> names =
                data.runs().stream().map(Report::sequence).distinct().toList();
        boolean isNamed = names.size() == 1 && !names.get(0).isEmpty();
        return new Report(data, isNamed ? names.get(0) : "Forgetting report");
    }

    /** The sequence's name, without the variant that a comparison adds to it. */
    private static String sequence(ReportRun run) {
        String name = run.details().record().map(RunRecord::name).orElse("");
        String variant = "-" + run.strategy();
        return name.endsWith(variant) ? name.substring(0, name.length() - variant.length()) : name;
    }

    /**
     * {@return the page: HTML with style, scripts and data, below 3 MB; what had to be left out for that is said on it}
     */
    public String html() {
        return FittedPage.of(data, title).html();
    }

    /** {@return the short report} */
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
        return writeTo(folder, cut -> {});
    }

    /**
     * The same, and tells what was left out.
     *
     * @param folder which is made if it is not there
     * @param listener told, on one line, what the page leaves out to stay below its size; not told where it has all
     * @return the files
     * @throws IOException if they cannot be written
     */
    public List<Path> writeTo(Path folder, Consumer<String> listener) throws IOException {
        FittedPage page = FittedPage.of(data, title);
        Map<String, String> files = ImmutableMap.of(PAGE, page.html(), MARKDOWN, markdown());
        Files.createDirectories(folder);
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            written.add(write(folder.resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8)));
        }
        if (!page.cuts().isEmpty()) {
            listener.accept(PAGE + " would be larger than 3 MB: " + String.join("; ", page.cuts()));
        }
        return written;
    }

    /**
     * Writes each chart as {@code NAME.png} and {@code NAME.svg}: per strategy its accuracy matrix, accuracy over the
     * sequence and forgetting per task, and of its first run accuracy between steps, the gates, learning curves and confusion of classes; where there
     * are several strategies, bars per metric and accuracy against cost.
     *
     * @param folder which is made if it is not there
     * @return the files
     * @throws IOException if they cannot be written
     */
    public List<Path> writeCharts(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, Chart<?, ?>> chart : ChartPictures.of(data).entrySet()) {
            Picture picture = new Picture(chart.getValue());
            written.add(write(folder.resolve(chart.getKey() + ".png"), picture.png()));
            written.add(write(folder.resolve(chart.getKey() + ".svg"), picture.svg()));
        }
        return written;
    }

    /**
     * Writes an event file per run for TensorBoard: accuracy on each task by tasks learned, learning curves and accuracy
     * between steps by step, and the run's metrics.
     *
     * @param folder which is made if it is not there; TensorBoard's {@code --logdir}
     * @return the files
     * @throws IOException if they cannot be written
     */
    public List<Path> writeEvents(Path folder) throws IOException {
        List<Path> written = new ArrayList<>();
        int number = 1;
        for (ReportRun run : data.runs()) {
            Path place = folder.resolve(number++ + "-" + FileNames.of(run.strategy()) + "-seed" + run.seed());
            Files.createDirectories(place);
            written.add(write(place.resolve("events.out.tfevents.0.sluice"), RunEvents.of(run)));
        }
        return written;
    }

    /** The whole file or none of it. */
    static Path write(Path file, byte[] content) throws IOException {
        WholeFile.write(file, out -> out.write(content));
        return file;
    }
}
