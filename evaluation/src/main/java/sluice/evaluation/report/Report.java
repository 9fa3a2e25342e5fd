package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.knowm.xchart.internal.chartpart.Chart;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.WholeFile;
import sluice.evaluation.run.RunRecord;

/**
 * A report over runs: {@code report.html}, one page that needs no network, and {@code report.md}, for pull requests. Of runs
 * that learned tasks it tells what was forgotten, of networks that generate how likely images are to them and what they draw.
 */
public final class Report {
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

    private final ReportKind kind;

    private Report(ReportKind kind) {
        this.kind = kind;
    }

    /**
     * A report of forgetting with a title of its own.
     *
     * @param data what it shows
     * @param title of the page, any text
     */
    Report(ReportData data, String title) {
        this(new TaskReport(data, title));
    }

    /**
     * {@return its report, titled by the sequence that was learned, where that is known}
     *
     * @param data what it shows
     */
    public static Report of(ReportData data) {
        return new Report(
                data,
                title(
                        data.runs().stream()
                                .map(run -> title(run.details().record(), run.strategy()))
                                .toList(),
                        "Forgetting report"));
    }

    private static Report of(GeneratorRuns data) {
        return new Report(new GeneratorReport(
                data,
                title(
                        data.runs().stream()
                                .map(run -> title(run.record(), run.strategy()))
                                .toList(),
                        "Networks that generate")));
    }

    private static String title(List<String> names, String otherwise) {
        List<String> distinct = names.stream().distinct().toList();
        boolean isNamed = distinct.size() == 1 && !distinct.get(0).isEmpty();
        return isNamed ? distinct.get(0) : otherwise;
    }

    /** The run's name, without the variant that a comparison adds to it. */
    private static String title(Optional<RunRecord> record, String strategy) {
        String name = record.map(RunRecord::name).orElse("");
        String variant = "-" + strategy;
        return name.endsWith(variant) ? name.substring(0, name.length() - variant.length()) : name;
    }

    /**
     * Reads folders of finished runs, and of comparisons with run folders in them, each as it is or packed as a {@code .zip}:
     * all of runs that learned tasks, as {@link ReportData#ofFolders} has it, or all of networks that generate.
     *
     * @param folders at least one
     * @return the report over all
     * @throws MatrixFormatException if a folder holds no results, or a file cannot be read, or runs do not belong into one
     *     report; one line that says what, where, and how to mend it
     */
    public static Report ofFolders(List<Path> folders) {
        return GeneratorFolders.are(folders) ? of(GeneratorFolders.read(folders)) : of(ReportData.ofFolders(folders));
    }

    /**
     * Reads the folder of a finished run that is on its way to its place.
     *
     * @param folder where it is now
     * @param place where a reader of the report finds it
     * @return the report of the run
     * @throws MatrixFormatException if the folder holds no results, or a file cannot be read; one line that says what, where,
     *     and how to mend it
     */
    public static Report onItsWay(Path folder, Path place) {
        return GeneratorFolderReader.isRun(folder)
                ? of(new GeneratorRuns(
                        ImmutableList.of(new GeneratorFolderReader(folder, place).read()), ImmutableList.of(), 0))
                : of(ReportData.onItsWay(folder, place));
    }

    /**
     * {@return the page: HTML with style, scripts and data, below 3 MB; what had to be left out for that is said on it}
     */
    public String html() {
        return kind.page().html();
    }

    /** {@return the short report, whose links begin at the working directory} */
    public String markdown() {
        return kind.markdown(Path.of(""));
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
        ReportPage page = kind.page();
        Map<String, String> files = ImmutableMap.of(PAGE, page.html(), MARKDOWN, kind.markdown(folder));
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
     * are several strategies, bars per metric and accuracy against cost. Of networks that generate: of the first run of each
     * variant the bound over steps and the use of latents.
     *
     * @param folder which is made if it is not there
     * @return the files
     * @throws IOException if they cannot be written
     */
    public List<Path> writeCharts(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, Chart<?, ?>> chart : kind.charts().entrySet()) {
            Picture picture = new Picture(chart.getValue());
            written.add(write(folder.resolve(chart.getKey() + ".png"), picture.png()));
            written.add(write(folder.resolve(chart.getKey() + ".svg"), picture.svg()));
        }
        return written;
    }

    /**
     * Writes an event file per run for TensorBoard: accuracy on each task by tasks learned, learning curves and accuracy
     * between steps by step, and the run's metrics; of networks that generate the bound by step, and metrics.
     *
     * @param folder which is made if it is not there; TensorBoard's {@code --logdir}
     * @return the files
     * @throws IOException if they cannot be written
     */
    public List<Path> writeEvents(Path folder) throws IOException {
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, byte[]> events : kind.events().entrySet()) {
            Path place = folder.resolve(events.getKey());
            Files.createDirectories(place);
            written.add(write(place.resolve("events.out.tfevents.0.sluice"), events.getValue()));
        }
        return written;
    }

    /** The whole file or none of it. */
    static Path write(Path file, byte[] content) throws IOException {
        WholeFile.write(file, out -> out.write(content));
        return file;
    }
}
