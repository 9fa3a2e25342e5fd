package sluice.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.tasks.InputException;
import sluice.tasks.TaskSequence;

/** What a model keeps of its tables makes of their rows what they were learned as. */
class TableEncodingTest {
    @TempDir
    Path folder;

    @Property(tries = 100)
    void fromJsonItGivesTheTasksOwnInputsBitForBit(
            @ForAll Standardise standardise, @ForAll long seed, @ForAll @IntRange(max = 2) int fill)
            throws IOException {
        Path files = Files.createTempDirectory("encoding");
        CsvFixture csv = new CsvFixture(files);
        Random random = new Random(seed);
        boolean holes = fill > 0;
        CsvFiles tasks =
                csv.perTask(table(random, holes), table(random, holes), table(random, holes), table(random, holes));
        Missing missing =
                switch (fill) {
                    case 0 -> Missing.REFUSED;
                    case 1 -> CsvFixture.filled(new Missing.Fill.Mean());
                    default -> CsvFixture.filled(new Missing.Fill.Constant(-7.5));
                };
        CsvColumns columns = CsvFixture.LABELLED.withCategorical("k").without("noise");

        TaskSequence sequence = CsvFixture.tasks(new CsvData(tasks, columns, standardise, missing));

        assertThat(sequence.encodings()).hasSize(2);
        for (int task = 0; task < 2; task++) {
            TableEncoding kept =
                    TableEncoding.parse(sequence.encodings().get(task).json());
            Path test = files.resolve(sequence.names().get(task) + "-test.csv");
            assertThat(kept).isEqualTo(sequence.encodings().get(task));
            assertThat(CsvFixture.values(TableReading.read(kept, test).examples()))
                    .isEqualTo(CsvFixture.values(sequence.tasks().get(task).test()));
            assertThat(kept.className(0)).isEqualTo("no");
            assertThat(kept.className(1)).isEqualTo("yes");
        }
        MoreFiles.deleteRecursively(files, RecursiveDeleteOption.ALLOW_INSECURE);
    }

    /** Numbers of several sizes, a constant one, categories, and a column that is not looked at; some cells empty or NA. */
    private static String table(Random random, boolean holes) {
        StringBuilder text = new StringBuilder("x,k,noise,label,same,y\n");
        String[] categories = {"p", "q", "r"};
        for (int row = 0; row < 12; row++) {
            boolean hole = holes && row > 5 && random.nextInt(3) == 0;
            text.append(hole ? "" : 1000 * random.nextGaussian()).append(',');
            text.append(hole && random.nextBoolean() ? "NA" : categories[row % 3])
                    .append(",anything,");
            text.append(row % 2 == 0 ? "yes" : "no").append(",0.1,");
            text.append(hole && random.nextBoolean() ? "NA" : 1e-3 * random.nextDouble())
                    .append('\n');
        }
        return text.toString();
    }

    @Test
    void aColumnWhoseCategoriesNoRowHasBecomesNoFeature() {
        CsvFixture csv = new CsvFixture(folder);
        String rows = "x,k,label\n1,,3\n2,,5\n";
        CsvData data = new CsvData(
                csv.perTask(rows, rows, rows, rows),
                CsvColumns.labelled("label").withCategorical("k"),
                Standardise.NONE,
                CsvFixture.filled(new Missing.Fill.Constant(0)));

        TableEncoding encoding =
                TableEncoding.parse(CsvFixture.tasks(data).encodings().get(0).json());

        assertThat(encoding.features()).isEqualTo(1);
        assertThat(CsvFixture.values(TableReading.read(encoding, csv.file("in.csv", "x,k\n7,\n"))
                        .examples()))
                .containsExactly(7);
    }

    @Test
    void whatTheModelHasNotSeenIsRefusedWithItsPlace() {
        CsvFixture csv = new CsvFixture(folder);
        String rows = "x,k,label\n1,p,3\n2,q,5\n";
        CsvData data = CsvFixture.data(
                csv.perTask(rows, rows, rows, rows),
                CsvColumns.labelled("label").withCategorical("k"));
        TableEncoding encoding =
                TableEncoding.parse(CsvFixture.tasks(data).encodings().get(0).json());

        assertThat(encoding.className(5)).isEqualTo("5");
        assertThat(CsvFixture.values(TableReading.read(encoding, csv.file("in.csv", "k,x\nq,9\n"))
                        .examples()))
                .containsExactly(9, 0, 1);
        assertThat(CsvFixture.values(TableReading.read(encoding, csv.file("in.csv", "k,x\nr,9\n"))
                        .examples()))
                .containsExactly(9, 0, 0);
        assertThat(TableReading.read(encoding, csv.file("in.csv", "k,x\nr,9\nr,8\n"))
                        .notes()
                        .get(0))
                .contains("column 'k': 'r' in 2 rows");
        assertThatThrownBy(() -> TableReading.read(encoding, csv.file("in.csv", "k,x\nq,\n")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("in.csv, line 2, column 'x': the cell has no value");
        assertThatThrownBy(() -> TableEncoding.parse("{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no encoding of a table");
    }
}
