package sluice.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Floats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Loaded;
import sluice.tasks.Normalisation;
import sluice.tasks.TaskSequence;
import sluice.tasks.TestShare;

/** CSV files of a test, and what becomes of them. */
record CsvFixture(Path folder) {
    static final CsvColumns LABELLED = CsvColumns.labelled("label");

    Path file(String name, String text) {
        return bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Path bytes(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    CsvParts.TrainAndTest parts(String train, String test) {
        return new CsvParts.TrainAndTest(file("train.csv", train), file("test.csv", test));
    }

    CsvFiles set(String train, String test) {
        return new CsvFiles.OneSet(parts(train, test));
    }

    CsvFiles byColumn(String train, String test) {
        return new CsvFiles.TaskColumn(parts(train, test), "site");
    }

    CsvParts shared(String text, double share) {
        return new CsvParts.Shared(file("all.csv", text), new TestShare(share, 1));
    }

    /** Tasks a and b. */
    CsvFiles perTask(String trainA, String testA, String trainB, String testB) {
        return new CsvFiles.PerTask(ImmutableList.of(
                new CsvFiles.NamedTable(
                        "a", new CsvParts.TrainAndTest(file("a-train.csv", trainA), file("a-test.csv", testA))),
                new CsvFiles.NamedTable(
                        "b", new CsvParts.TrainAndTest(file("b-train.csv", trainB), file("b-test.csv", testB)))));
    }

    static CsvData data(CsvFiles files) {
        return data(files, LABELLED);
    }

    static CsvData data(CsvFiles files, CsvColumns columns) {
        return new CsvData(files, columns, Standardise.NONE, Missing.REFUSED);
    }

    static Missing filled(Missing.Fill fill) {
        return new Missing(ImmutableSet.of("NA"), fill);
    }

    /** The data set with all classes in one task. */
    static DataSet whole(CsvData data) {
        Loaded.OneSet loaded = (Loaded.OneSet) CsvLoading.load(data);
        return prepared(loaded, loaded.dataSet().train().distinctLabels().length);
    }

    /** The data set with so many classes in each task. */
    static DataSet prepared(Loaded.OneSet loaded, int classesPerTask) {
        ClassSplit split = ClassSplit.consecutive(loaded.dataSet(), classesPerTask);
        return loaded.prepared(TaskSequence.split(loaded.dataSet(), Normalisation.NONE, split))
                .dataSet();
    }

    /** All values, row by row. */
    static float[] values(Examples examples) {
        return Floats.concat(rows(examples).toArray(float[][]::new));
    }

    static TaskSequence tasks(CsvData data) {
        return ((Loaded.Tasks) CsvLoading.load(data)).sequence();
    }

    static List<float[]> rows(Examples examples) {
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            rows.add(examples.row(i));
        }
        return rows;
    }

    /** The one line that loading complains with, the folder left out. */
    String complaint(CsvData data) {
        Throwable thrown = catchThrowable(() -> CsvLoading.load(data));
        assertThat(thrown).isInstanceOf(InputException.class);
        assertThat(thrown.getMessage()).doesNotContain("\n").doesNotContain("\r");
        return thrown.getMessage().replace(folder + "/", "");
    }
}
