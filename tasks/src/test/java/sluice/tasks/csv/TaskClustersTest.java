package sluice.tasks.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.InputException;
import sluice.tasks.Loaded;
import sluice.tasks.MemoryBudget;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.TestShare;

class TaskClustersTest {
    @TempDir
    private Path folder;

    /** Rows of so many places far apart, twice as many at each as at the next, of two classes that x within the place tells. */
    private static String table(int places, int least) {
        Random random = new Random(4);
        StringBuilder rows = new StringBuilder("x,y,kind,label\n");
        for (int place = 0; place < places; place++) {
            for (int i = 0; i < least << (places - 1 - place); i++) {
                boolean yes = random.nextBoolean();
                rows.append("%.3f,%s,%s,%s%n"
                        .formatted(
                                1000.0 * place + (yes ? 1 : -1) + random.nextDouble(),
                                place == 0 && i % 9 == 0 ? "NA" : place + ".0" + random.nextInt(1, 99),
                                i % 2 == 0 ? "a" : "b",
                                yes ? "yes" : "no"));
            }
        }
        return rows.toString();
    }

    private CsvData data(String table, int clusters) {
        CsvParts parts = new CsvFixture(folder).shared(table, 0.25);
        return new CsvData(
                new CsvFiles.Clusters(parts, clusters, 1),
                CsvColumns.labelled("label").withCategorical("kind"),
                Standardise.PER_TASK,
                CsvFixture.filled(new Missing.Fill.Mean()));
    }

    private static TaskSequence sequence(CsvData data, KnownEncodings known) {
        return ((Loaded.Tasks) CsvLoading.load(data, known)).sequence();
    }

    private static TableEncoding encoding(TaskSequence sequence, int task) {
        return (TableEncoding) sequence.encodings().get(task);
    }

    @Test
    void rowsThatAreAlikeAreATaskTheLargestFirst() {
        TaskSequence tasks = sequence(data(table(3, 20), 3), KnownEncodings.NONE);

        assertThat(tasks.names()).containsExactly("cluster 1", "cluster 2", "cluster 3");
        assertThat(tasks.tasks().stream()
                        .map(task -> task.train().size() + task.test().size()))
                .containsExactly(80, 40, 20);
        assertThat(tasks.tasks()).allMatch(Task::isTested);
    }

    @Test
    void theSameSeedFindsTheSame() {
        CsvData data = data(table(3, 20), 3);

        assertThat(encoding(sequence(data, KnownEncodings.NONE), 0))
                .isEqualTo(encoding(sequence(data, KnownEncodings.NONE), 0));
    }

    @Test
    void newRowsGoWhereTheirLikesAreWhateverTheScalesOfTasks() {
        TaskSequence tasks = sequence(data(table(3, 20), 3), KnownEncodings.NONE);
        TableEncoding any = TableEncoding.parse(encoding(tasks, 2).json());
        Path rows = new CsvFixture(folder).file("new.csv", "kind,y,x\nb,2.1,2000\na,NA,-3\n,0.9,1004\n");

        List<String> found = any.clusters()
                .tasksOf(TableReading.read(any.clusters().encoding(any), rows, Optional.empty())
                        .examples());

        assertThat(found).containsExactly("cluster 3", "cluster 1", "cluster 2");
    }

    @Test
    void aModelKeepsItsClustersWhateverRowsComeLater() {
        TaskSequence tasks = sequence(data(table(2, 20), 2), KnownEncodings.NONE);
        TableEncoding first = encoding(tasks, 0);
        KnownEncodings known = new KnownEncodings(ImmutableMap.of("cluster 1", first, "cluster 2", encoding(tasks, 1)));
        // the place with most rows is now the other
        String turned = table(2, 20).replaceAll("(?m)^-?[01]\\.", "3000.");

        TaskSequence later = sequence(data(turned + table(2, 20).replace("x,y,kind,label\n", ""), 2), known);

        assertThat(encoding(later, 0).clusters()).isEqualTo(first.clusters());
        assertThat(sequence(data(turned, 2), KnownEncodings.NONE).encodings().get(0))
                .extracting(found -> ((TableEncoding) found).clusters())
                .isNotEqualTo(first.clusters());
    }

    @Test
    void encodingsWithoutClustersAreWrittenAsBefore() {
        CsvData one = new CsvData(
                new CsvFiles.TaskColumn(new CsvFixture(folder).shared(table(2, 20), 0.25), "kind"),
                CsvFixture.LABELLED,
                Standardise.NONE,
                CsvFixture.filled(new Missing.Fill.Constant(0)));
        TableEncoding encoding = encoding(sequence(one, KnownEncodings.NONE), 0);

        assertThat(encoding.json()).doesNotContain("clusters", "none");
        assertThat(TableEncoding.parse(encoding.json())).isEqualTo(encoding);
        assertThat(encoding.clusters()).isEqualTo(TaskClusters.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3 | 1,no 1,no 2,yes 2,yes                     | all.csv: 3 clusters need as many training rows that differ, and there are 2: write fewer clusters
            2 | 1,no 2,no 1,no 2,no 900,yes 901,yes 900,yes | of 2 has training rows of one class alone, so that there is nothing to tell apart: write fewer clusters
            """)
    void tooManyClustersAreRefusedWithWhatToDo(int clusters, String rows, String message) {
        CsvParts parts = new CsvParts.Shared(
                new CsvFixture(folder).file("all.csv", "x,label\n" + rows.replace(" ", "\n") + "\n"),
                new TestShare(0, 1));
        CsvData data = CsvFixture.data(new CsvFiles.Clusters(parts, clusters, 1));

        assertThatThrownBy(() -> CsvLoading.load(data))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void oneClusterIsNoTaskOfSeveral() {
        CsvParts parts = new CsvFixture(folder).shared(table(2, 20), 0.25);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CsvFiles.Clusters(parts, 1, 1))
                .withMessage("clusters must be at least 2, got 1");
    }

    @Test
    void clustersMayHaveThreeClasses() {
        StringBuilder rows = new StringBuilder("x,kind,label\n");
        for (int i = 0; i < 60; i++) {
            rows.append(i % 2 == 0 ? i : 1000 + i)
                    .append(",k,")
                    .append("abc".charAt(i / 2 % 3))
                    .append('\n');
        }

        TaskSequence tasks = sequence(data(rows.toString(), 2), KnownEncodings.NONE);

        assertThat(tasks.names()).containsExactly("cluster 1", "cluster 2");
        assertThat(tasks.tasks()).allSatisfy(task -> assertThat(task.classes()).containsExactly(0, 1, 2));
    }

    @Test
    void aModelOfSoManyClustersHasNoOthers() {
        TaskSequence tasks = sequence(data(table(2, 20), 2), KnownEncodings.NONE);
        KnownEncodings known = new KnownEncodings(ImmutableMap.of("cluster 1", encoding(tasks, 0)));
        CsvData three = data(table(3, 20), 3);

        assertThatThrownBy(() -> CsvLoading.load(three, known))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "data.clusters: 3 are asked for, and the model's tasks are 2 clusters, which rows are divided into: write clusters: 2");
    }

    @Test
    void whatFindingClustersTakesIsOfTheBudget() {
        CsvData data = CsvFixture.data(new CsvFiles.Clusters(
                new CsvFixture(folder).shared(table(2, 200).replaceAll(",.*,", ","), 0.25), 2, 1));
        RowClusters rows = new RowClusters(
                new EncodedRows(
                        new float[] {1, 2, 3, 2}, 1, new int[4], new BitSet(), new double[0], ImmutableList.of()),
                ImmutableList.of("x"));

        assertThat(rows.distinct(2)).isEqualTo(2);
        assertThat(rows.distinct(100)).isEqualTo(3);
        assertThat(rows.of(2, 1, MemoryBudget.ofBytes(400), () -> "it").tasks()).hasSize(2);
        assertThatThrownBy(() -> rows.of(2, 1, MemoryBudget.ofBytes(300), () -> "clusters of all.csv"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("clusters of all.csv: does not fit in memory");
        assertThat(((Loaded.Tasks) CsvLoading.load(data, MemoryBudget.ofBytes(1 << 20)))
                        .sequence()
                        .tasks())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "centres":[[                                | "centres":[[1.0],[
            "tasks":["cluster 1",                       | "tasks":[
            "tasks":["cluster 1","cluster 2"]           | "tasks":["cluster 2","cluster 2"]
            "numbers":[{                                | "numbers":[{"kind":"number","name":"z","fill":0,"mean":0,"deviation":1},{
            "numbers":[{"kind":"number","name":"x"      | "numbers":[{"kind":"number","name":"z"
            "centres":                                  | "centers":
            """)
    void clustersThatAreDamagedAreNone(String written, String instead) {
        String json = encoding(sequence(data(table(2, 20), 2), KnownEncodings.NONE), 0)
                .json();

        assertThat(json).contains(written);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableEncoding.parse(json.replace(written, instead)))
                .withMessageStartingWith("no encoding of a table: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        TableEncoding.parse(json.replaceFirst("\"centres\":\\[\\[[^,]*,", "\"centres\":[[\"NaN\",")))
                .withStackTraceContaining("a centre has a value that is not finite");
    }

    @Test
    void clustersPredictNoNumber() {
        CsvParts parts = new CsvFixture(folder).shared(table(2, 20), 0.25);
        CsvFiles clusters = new CsvFiles.Clusters(parts, 2, 1);
        CsvColumns columns = CsvColumns.targeting("y").withCategorical("kind");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CsvData(clusters, columns, Standardise.NONE, Missing.REFUSED))
                .withMessage("tasks that are clusters tell classes apart, and y is a target");
    }

    @Test
    void aTableOfTwoClassesThatNoColumnDividesIsProposedClusters() {
        String table = table(3, 40).replaceAll(",[ab],", ",").replace(",kind", "");
        Path file = new CsvFixture(folder).file("two.csv", table);
        Path divided = new CsvFixture(folder).file("divided.csv", table(3, 40));

        assertThat(TableSketch.of(file, Optional.empty()).clusters().orElseThrow())
                .isBetween(2, 5);
        assertThat(TableSketch.of(divided, Optional.empty()).clusters()).isEmpty();
        assertThat(TableSketch.of(divided, Optional.empty()).tasks()).isPresent();
    }
}
