package sluice.tasks.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.tasks.Scenario;
import sluice.tasks.TargetScale;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.CsvColumns;
import sluice.tasks.csv.CsvData;
import sluice.tasks.csv.CsvLoading;

/** Scripts that name a target in the place of a label. */
class TargetScriptTest {
    @TempDir
    private Path folder;

    private TaskSequenceScript script(String text) throws IOException {
        return WrittenScript.in(folder, text).read();
    }

    private static CsvData table(TaskSequenceScript script) {
        return ((DataSettings.Tables) script.data().source()).data();
    }

    private TaskSequence tasks(String scenario) throws IOException {
        Files.writeString(folder.resolve("t.csv"), "x,site,price\n1,a,1\n2,a,3\n3,b,100\n4,b,500\n");
        TaskSequenceScript script = script(
                "data: {set: csv, train: t.csv, test: t.csv, target: price, task_column: site}\nscenario: " + scenario);
        return script.tasks(CsvLoading.load(table(script)));
    }

    @Test
    void aTargetStandsInThePlaceOfALabelAndIsRecorded() throws IOException {
        TaskSequenceScript read = script("data: {set: csv, train: a, test: b, target: price}");

        assertThat(table(read).columns()).isEqualTo(CsvColumns.targeting("price"));
        assertThat(read.data().settings()).containsEntry("target", "price").doesNotContainKey("label");
        assertThat(read.data().hasTarget()).isTrue();
        assertThat(read.data().isDivided()).isTrue();
        assertThat(read.settings()).doesNotContainKey("split");
        assertThat(script("data: {set: csv, train: a, test: b, label: price}")
                        .data()
                        .hasTarget())
                .isFalse();
    }

    @Test
    void tasksThatAreToldHaveAScaleOfTheirOwn() throws IOException {
        TaskSequence tasks = tasks("task");

        assertThat(tasks.scenario()).isEqualTo(Scenario.TASK);
        assertThat(tasks.tasks().get(0).train().scale()).contains(new TargetScale(2, 1));
        assertThat(tasks.tasks().get(1).train().scale()).contains(new TargetScale(300, 200));
    }

    @Test
    void tasksThatAreNotToldShareTheScaleOfTheFirst() throws IOException {
        TaskSequence tasks = tasks("domain");

        assertThat(tasks.scenario()).isEqualTo(Scenario.DOMAIN);
        assertThat(tasks.tasks()).allSatisfy(task -> {
            assertThat(task.train().scale()).contains(new TargetScale(2, 1));
            assertThat(task.test().scale()).contains(new TargetScale(2, 1));
        });
        assertThat(tasks.tasks().get(1).test().targets()).containsExactly(100, 500);
        assertThat(tasks.tasks().get(1).test().target(1)).isEqualTo(498);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            train: a, test: b, target: p, label: q                     | data.label: cannot stand beside target: remove label, and the number of target is predicted, or remove target, and the class is
            train: a, test: b                                          | data.label: is missing: write for instance label: species, or target: price where a number is to be predicted
            train: a, test: b, target:                                 | data.target: has nothing: write for instance target: price
            train: a, test: b, target: [p]                             | data.target: must be text, got a list
            train: a, test: b, target: p, categorical: [p]             | data.categorical[0]: column 'p' is named before, here or as label, target, categorical or task_column: name it once
            train: a, test: b, target: p, clusters: 3                  | data.clusters: makes tasks of rows that are told apart by class, and data.target predicts a number of each row: remove it; tasks are values or ranges of a column
            train: a, test: b, target: p, exclude: [p]                 | data.exclude[0]: column 'p' is named before
            train: a, test: b, target: p, task_column: p               | data.task_column: is the target too: name another column
            train: a, test: b, target: p, task_column: {column: p, parts: 3} | data.task_column.column: is the target too: name another column
            train: a, test: b, target: p, dates: [{column: p, format: yyyy, as: [year]}] | data.dates: column 'p' is the target, of which no part may be an input: leave it out here
            """)
    void dataThatCannotBeMeantIsRefused(String data, String complaint) throws IOException {
        assertThat(WrittenScript.in(folder, "data: {set: csv, %s}".formatted(data))
                        .complaint())
                .contains("mine.yaml:1: " + complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            split: {classes_per_task: 2}   | split.classes_per_task: divides classes or images, and data.target predicts a number of each row: remove split; tasks are values or ranges of a column (data: {task_column: site}) or a table each
            split: {class_order: shuffled} | split.class_order: divides classes
            split: {groups: [[0, 1]]}      | split.groups: divides classes
            split: {permuted: 3}           | split.permuted: divides classes
            split: {rotated: [0, 20]}      | split.rotated: divides classes
            scenario: class                | scenario: class tells classes apart, and data.target predicts a number of each row: write task (which task a row is of is told) or domain (it is not)
            generator: {latents: [9]}      | generator: a network that generates learns what classes look like, and data.target names no class: write data.label, or remove the section
            """)
    void whatSpeaksOfClassesIsRefusedAtItsKey(String key, String complaint) throws IOException {
        assertThat(WrittenScript.in(folder, "data: {set: csv, train: a, test: b, target: p}\n" + key)
                        .complaint())
                .contains("mine.yaml:2: " + complaint);
    }
}
