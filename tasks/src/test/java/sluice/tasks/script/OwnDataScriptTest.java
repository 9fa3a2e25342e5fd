package sluice.tasks.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.Loaded;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.TestShare;
import sluice.tasks.csv.CsvColumns;
import sluice.tasks.csv.CsvData;
import sluice.tasks.csv.CsvFiles;
import sluice.tasks.csv.CsvParts;
import sluice.tasks.csv.Missing;
import sluice.tasks.csv.Standardise;
import sluice.tasks.images.Colour;
import sluice.tasks.images.ImageFolder;
import sluice.tasks.images.ImageSize;

class OwnDataScriptTest {
    private static final Task TASK =
            Task.of("s", new float[][] {{0}, {1}}, new int[] {0, 1}, new float[][] {{0}}, new int[1]);
    private static final Task OTHER =
            Task.of("t", new float[][] {{0}, {1}}, new int[] {0, 1}, new float[][] {{0}}, new int[1]);

    @TempDir
    Path folder;

    @Test
    void aTableHasFilesColumnsScalesAndFills() throws IOException {
        DataSettings data = script("data: {set: csv, train: train.csv, test: /x/test.csv, label: species, "
                + "categorical: [island, sex], exclude: [id], standardise: per-task, missing: {text: NA, fill: mean}}");

        assertThat(data.source())
                .isEqualTo(new DataSettings.Tables(new CsvData(
                        new CsvFiles.OneSet(
                                new CsvParts.TrainAndTest(folder.resolve("train.csv"), Path.of("/x/test.csv"))),
                        new CsvColumns(
                                new CsvColumns.Predicted.Label("species"),
                                ImmutableSet.of("island", "sex"),
                                ImmutableSet.of("id")),
                        Standardise.PER_TASK,
                        new Missing(ImmutableSet.of("NA"), new Missing.Fill.Mean()))));
        assertThat(data.scaling()).isEqualTo(DataSettings.Scaling.NONE);
    }

    @Test
    void aTableIsStandardisedByTheFirstTaskAndRefusesMissingCellsUnlessTold() throws IOException {
        CsvData table = table("data: {set: csv, train: a, test: b, label: l}");

        assertThat(table.standardise()).isEqualTo(Standardise.FIRST_TASK);
        assertThat(table.missing()).isEqualTo(Missing.REFUSED);
    }

    @Test
    void aFileInPlaceOfTwoIsDivided() throws IOException {
        CsvData table =
                table("data: {set: csv, file: all.csv, test_share: 0.25, seed: 9, label: l, task_column: site}");

        assertThat(table.files())
                .isEqualTo(new CsvFiles.TaskColumn(
                        new CsvParts.Shared(folder.resolve("all.csv"), new TestShare(0.25, 9)), "site"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {column: year, bounds: [1990, 2000.50]}              | {column=year, bounds=[1990.0, 2000.5], feature=drop}
            {column: year, bounds: [-1], feature: keep}          | {column=year, bounds=[-1.0], feature=keep}
            {column: year, parts: 4}                             | {column=year, parts=4, feature=drop}
            {column: sold, format: d.M.yyyy, bounds: [1.2.2020]} | {column=sold, format=d.M.yyyy, bounds=[1.2.2020], feature=drop}
            {column: day, parts: 2}                              | {column=day, format=yyyy-MM-dd, parts=2, feature=drop}
            """)
    void rangesOfAColumnMayBeTasksAndAreRecorded(String written, String recorded) throws IOException {
        String script = "data: {set: csv, train: a, test: b, label: l, task_column: %s, "
                + "dates: [{column: day, format: yyyy-MM-dd, as: [month]}]}";

        DataSettings read = script(script.formatted(written));

        assertThat(read.settings().get("task_column")).hasToString(recorded);
        assertThat(read.isDivided()).isTrue();
        assertThat(script(script.formatted(recorded.replace("=", ": "))).source())
                .isEqualTo(read.source());
    }

    @Test
    void tasksMayHaveTablesOfTheirOwn() throws IOException {
        CsvData table = table("data: {set: csv, label: l, test_share: 0.5, "
                + "tasks: [{name: a, train: x, test: y}, {name: b, file: z}]}");

        assertThat(table.files())
                .isEqualTo(new CsvFiles.PerTask(ImmutableList.of(
                        new CsvFiles.NamedTable(
                                "a", new CsvParts.TrainAndTest(folder.resolve("x"), folder.resolve("y"))),
                        new CsvFiles.NamedTable(
                                "b", new CsvParts.Shared(folder.resolve("z"), new TestShare(0.5, 1))))));
    }

    @Test
    void aPathOfAnOverrideStartsAtTheWorkingDirectory() throws IOException {
        DataSettings data = WrittenScript.in(folder, "data: {set: csv, train: a, test: b, label: l}")
                .read("data.test=c")
                .data();

        CsvFiles files = ((DataSettings.Tables) data.source()).data().files();
        assertThat(files)
                .isEqualTo(new CsvFiles.OneSet(new CsvParts.TrainAndTest(
                        folder.resolve("a"), Path.of("c").toAbsolutePath())));
    }

    @Test
    void imagesAreInAFolderAndMayBeDivided() throws IOException {
        assertThat(script("data: {set: images, folder: pictures}").source())
                .isEqualTo(new DataSettings.Images(new ImageFolder.TrainAndTest(folder.resolve("pictures"))));
        assertThat(script("data: {set: images, folder: pictures, test_share: 0.5}")
                        .source())
                .isEqualTo(new DataSettings.Images(
                        new ImageFolder.Shared(folder.resolve("pictures"), new TestShare(0.5, 1))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"28 | 28 | 28", "{width: 32, height: 24} | 32 | 24"})
    void imagesMayBeBroughtToASizeThatIsRecorded(String resize, int width, int height) throws IOException {
        DataSettings read = script("data: {set: images, folder: pictures, resize: %s}".formatted(resize));

        assertThat(read.source())
                .isEqualTo(new DataSettings.Images(new ImageFolder.TrainAndTest(
                        folder.resolve("pictures"), new ImageSize.Resized(height, width), Colour.GREY)));
        assertThat(read.settings()).containsEntry("resize", Map.of("width", width, "height", height));
    }

    @Test
    void imagesMayBeInColourWhichIsRecorded() throws IOException {
        DataSettings read = script("data: {set: images, folder: pictures, colour: rgb, test_share: 0.5}");

        assertThat(((DataSettings.Images) read.source()).data().colour()).isEqualTo(Colour.RGB);
        assertThat(read.settings()).containsEntry("colour", "rgb");
        assertThat(script("data: {set: images, folder: pictures, colour: grey}").settings())
                .doesNotContainKey("colour");
    }

    @Test
    void oneOfSeveralSetsOfFilesMayBeNamedWhichIsRecorded() throws IOException {
        DataSettings read = script("data: {set: idx, folder: gzip, files: emnist-letters}");

        assertThat(read.source()).isEqualTo(new DataSettings.Files("emnist-letters"));
        assertThat(read.settings()).containsEntry("files", "emnist-letters");
        assertThat(script("data: {set: mnist}").settings()).doesNotContainKey("files");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            set: mnist, label: a               | data.label: applies only where set is csv, here it is mnist
            set: digits, test_share: 0.5       | data.test_share: applies only where set is csv or images, here it is digits
            set: images, folder: x, train: a   | data.train: applies only where set is csv, here it is images
            set: csv, padding: 2               | data.padding: applies only where set is mnist or fashion-mnist or idx or digits or images, here it is csv
            set: idx, resize: 28               | data.resize: applies only where set is images, here it is idx
            set: idx, colour: rgb              | data.colour: applies only where set is images, here it is idx
            set: images, folder: x, colour: red | data.colour: unknown choice 'red': did you mean 'grey'?
            set: mnist, files: emnist-letters  | data.files: applies only where set is idx, here it is mnist
            set: idx, files: ../x              | data.files: must be what names of files begin with, such as emnist-letters, got ../x
            set: images, folder: x, resize: 0  | data.resize: must be in [1, 4096], got 0
            set: images, folder: x, resize: all | data.resize: must be a whole number in [1, 4096], got all
            set: images, folder: x, resize: {width: 9} | data.resize.height: is missing: write for instance height: 28
            set: images, folder: x, resize: {side: 9} | data.resize: unknown key 'side'
            set: csv, train_size: 100          | data.train_size: applies only where set is digits, here it is csv
            set: images                        | data.folder: is missing: write for instance folder: my-images
            set: images, folder: x, seed: 1    | data.seed: has no meaning without test_share
            set: csv, train: a, test: b        | data.label: is missing: write for instance label: species
            set: csv, label: l                 | data.train: is missing: write for instance train: train.csv
            set: csv, label: l, train: a       | data.test: is missing: write for instance test: test.csv
            set: csv, label: l, train: a, test: b, folder: x | data.folder: has no meaning where set is csv
            set: csv, label: l, train: a, test: b, normalisation: unit | data.normalisation: is for pixels
            set: csv, label: l, train: ' ', test: b | data.train: must be a file, got nothing
            set: csv, label: l, file: a        | data.test_share: is missing: write for instance test_share: 0.2
            set: csv, label: l, file: a, test_share: 1 | data.test_share: must be in [0, 1), got 1
            set: csv, label: l, file: a, test: b, test_share: 0.5 | data.test: cannot stand beside file
            set: csv, label: l, train: a, test: b, test_share: 0.5 | data.test_share: applies only to a file in place of
            set: csv, label: l, train: a, test: b, task_column: l | data.task_column: is the label too
            set: csv, label: l, train: a, test: b, task_column: c, clusters: 2 | data.task_column: cannot stand beside clusters
            set: csv, label: l, train: a, test: b, clusters: 1 | data.clusters: must be in [2, 100], got 1
            set: csv, label: l, train: a, test: b, task_column: c, categorical: [c] | data.categorical[0]: column 'c' is named before
            set: csv, label: l, train: a, test: b, task_column: {column: l, parts: 2} | data.task_column.column: is the label too
            set: csv, label: l, train: a, test: b, task_column: {parts: 2} | data.task_column.column: is missing: write for instance column: year
            set: csv, label: l, train: a, test: b, task_column: {column: c} | data.task_column.bounds: is missing: write for instance bounds: [10, 20]
            set: csv, label: l, train: a, test: b, task_column: {column: c, parts: 1} | data.task_column.parts: must be in [2, 1000], got 1
            set: csv, label: l, train: a, test: b, task_column: {column: c, parts: 2, bounds: [1]} | data.task_column.bounds: cannot stand beside parts
            set: csv, label: l, train: a, test: b, task_column: {column: c, bounds: [2, 1]} | data.task_column.bounds: bounds must rise, got 1 after 2
            set: csv, label: l, train: a, test: b, task_column: {column: c, bounds: [2, 2]} | data.task_column.bounds: bounds must rise, got 2 after 2
            set: csv, label: l, train: a, test: b, task_column: {column: c, bounds: [2020-01-01]} | data.task_column.bounds[0]: must be a finite number, got 2020-01-01
            set: csv, label: l, train: a, test: b, task_column: {column: c, format: yyyy-MM-dd, bounds: [2020-02-30]} | data.task_column.bounds: a bound must be a date of the form yyyy-MM-dd, got '2020-02-30'
            set: csv, label: l, train: a, test: b, task_column: {column: c, format: nope, parts: 2} | data.task_column.format:
            set: csv, label: l, train: a, test: b, task_column: {column: c, format: EEE, parts: 2} | data.task_column.format: EEE tells neither date nor time
            set: csv, label: l, train: a, test: b, task_column: {column: c, format: yyyy, parts: 2, feature: keep} | data.task_column.feature: is for numbers
            set: csv, label: l, train: a, test: b, task_column: {column: c, parts: 2}, exclude: [c] | data.exclude[0]: column 'c' is named before
            set: csv, label: l, train: a, test: b, categorical: [l] | data.categorical[0]: column 'l' is named before
            set: csv, label: l, train: a, test: b, categorical: [c], exclude: [d, c] | data.exclude[1]: column 'c' is named
            set: csv, label: l, train: a, test: b, missing: {fill: median} | data.missing.fill: must be a number or mean
            set: csv, label: l, train: a, test: b, missing: {fill: 1e39} | data.missing.fill: must be in [-3.4
            set: csv, label: l, train: a, test: b, missing: {text: ''} | data.missing.text: must be what stands in
            set: csv, label: l, train: a, test: b, standardise: all | data.standardise: unknown choice 'all'
            set: csv, label: l, tasks: [{name: a, train: a}] | data.tasks[0].test: is missing
            set: csv, label: l, tasks: [{train: a, test: b}] | data.tasks[0].name: is missing
            set: csv, label: l, tasks: [{name: a, train: a, test: b}, {name: a, train: a, test: b}] | data.tasks[1].name: must be a printable name that no other task has
            set: csv, label: l, task_column: c, tasks: [{name: a, train: a, test: b}] | data.task_column: cannot stand beside tasks
            """)
    void dataThatCannotBeMeantIsRefused(String data, String complaint) throws IOException {
        assertThat(WrittenScript.in(folder, "data: {%s}".formatted(data)).complaint())
                .startsWith("mine.yaml:1: ")
                .contains(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"task_column: site, train: a, test: b", "tasks: [{name: a, train: a, test: b}]"})
    void dataThatComesAsTasksHasNoSplit(String tasks) throws IOException {
        String script = "data: {set: csv, label: l, %s}\n".formatted(tasks);

        assertThat(WrittenScript.in(folder, script + "split: {classes_per_task: 2}")
                        .complaint())
                .startsWith("mine.yaml:2: split: has no meaning where data says itself which tasks there are");
        assertThat(WrittenScript.in(folder, script).read().settings()).doesNotContainKey("split");
    }

    @Test
    void loadedTasksAreNamedAfterTheScript() throws IOException {
        TaskSequenceScript script = WrittenScript.in(
                        folder, "data: {set: csv, label: l, task_column: site, train: a, test: b}")
                .read();

        TaskSequence tasks = script.tasks(new Loaded.Tasks(TaskSequence.of("csv", Normalisation.NONE, TASK, OTHER)));

        assertThat(tasks.name()).isEqualTo("mine");
        assertThat(tasks.names()).containsExactly("s", "t");
    }

    private DataSettings script(String text) throws IOException {
        return WrittenScript.in(folder, text).read().data();
    }

    private CsvData table(String text) throws IOException {
        return ((DataSettings.Tables) script(text).source()).data();
    }
}
