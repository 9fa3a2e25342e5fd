package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sluice.framework.cli.Console.sluice;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.framework.GatedNetwork;
import sluice.framework.discriminant.DiscriminantModel;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.digits.Digits;

/** {@code sluice predict}: new examples in, a file of predictions out. */
class PredictCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 400, test_size: 100}
            split: {groups: [[0, 1], [7, 3]]}
            network: {hidden: [40, 30]}
            training: {epochs: 2, batch_size: 32}
            """;
    private static final String TABLE =
            "a,b,label\n" + "0.1,0.2,3\n0.9,0.8,5\n".repeat(20) + "0.2,0.1,7\n0.7,0.9,9\n".repeat(20);

    /** Runs of a gated network, of one of a table, and of a discriminant. */
    @TempDir
    private static Path runs;

    @TempDir
    private Path folder;

    @BeforeAll
    static void learn() throws IOException {
        run("gated", SCRIPT);
        run("taskless", SCRIPT + "scenario: class\ninference: {features: 180}\n");
        run("plain", SCRIPT + "strategy: fine-tuning\n");
        Files.writeString(runs.resolve("table.csv"), TABLE);
        String table = """
                data: {set: csv, train: table.csv, test: table.csv, label: label, standardise: none}
                split: {classes_per_task: 2}
                network: {hidden: [8]}
                """;
        run("table", table);
        run("scaled", table.replace("none", "first-task"));
    }

    private static void run(String name, String script) throws IOException {
        Path file = Files.writeString(runs.resolve(name + ".yaml"), script);
        Console.Result result = sluice("run", file, "--out", runs.resolve(name));
        assertThat(result.code()).as(result.err()).isZero();
    }

    private static Examples digits() {
        DataSet drawn = Digits.draw(20, 50, 3);
        return drawn.test();
    }

    private static void writeIdx(Examples images, int height, int width, OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(0x803);
        data.writeInt(images.size());
        data.writeInt(height);
        data.writeInt(width);
        for (int i = 0; i < images.size(); i++) {
            for (float pixel : images.row(i)) {
                data.writeByte((int) pixel);
            }
        }
        data.close();
    }

    private static String csv(Examples images) {
        return IntStream.range(0, images.size())
                .mapToObj(images::row)
                .map(row -> IntStream.range(0, row.length)
                        .mapToObj(f -> Float.toString(row[f]))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
    }

    private Console.Result predict(String run, Path input, Object... options) {
        Object[] start = {"predict", "--model", runs.resolve(run), "--input", input, "--out", folder.resolve("out.csv")
        };
        return sluice(Stream.concat(Stream.of(start), Stream.of(options)).toArray());
    }

    private List<String> written() throws IOException {
        return Files.readAllLines(folder.resolve("out.csv"));
    }

    private void assertNothingIsWritten() {
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void imagesPlainOrCompressedAndTheSameAsATableGiveTheSamePredictions() throws IOException {
        Examples digits = digits();
        Path plain = folder.resolve("images.idx");
        writeIdx(digits, 28, 28, Files.newOutputStream(plain));
        Path gzip = folder.resolve("images.gz");
        writeIdx(digits, 28, 28, new GZIPOutputStream(Files.newOutputStream(gzip)));

        Console.Result result = predict("gated", plain, "--task", "7-3");
        List<String> ofPlain = written();
        predict("gated", gzip, "--task", "7-3", "--overwrite");
        List<String> ofGzip = written();
        predict("gated", file("images.csv", csv(digits)), "--task", "7-3", "--overwrite");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("predicted 50 examples", folder.resolve("out.csv").toString());
        assertThat(ofGzip).isEqualTo(ofPlain);
        assertThat(written()).isEqualTo(ofPlain);
        assertThat(ofPlain).hasSize(51).first().isEqualTo("row,predicted,probability");
        assertThat(ofPlain.subList(1, 51)).allMatch(line -> line.matches("\\d+,[73],(0\\.[5-9]\\d{5}|1\\.000000)"));
    }

    @Test
    void predictionsAreTheNetworksOwn() throws IOException {
        Examples digits = digits();
        Path images = folder.resolve("images.idx");
        writeIdx(digits, 28, 28, Files.newOutputStream(images));
        float[][] rows = IntStream.range(0, digits.size()).mapToObj(digits::row).toArray(float[][]::new);

        predict("gated", images, "--task", "0-1");

        try (GatedNetwork network = GatedNetwork.load(runs.resolve("gated/model.sluice"))) {
            int[] expected = network.predict("0-1", rows);
            float[] logits = network.logits("0-1", digits);
            for (int i = 0; i < expected.length; i++) {
                String[] cells = written().get(i + 1).split(",");
                assertThat(cells).startsWith("" + (i + 1), "" + expected[i]);
                double difference = Math.abs(logits[2 * i] - logits[2 * i + 1]);
                assertThat(Double.parseDouble(cells[2])).isCloseTo(1 / (1 + Math.exp(-difference)), within(1e-6));
            }
        }
    }

    @Test
    void aModelThatNeedsNoTaskAnswersWithoutAndRefusesOne() throws IOException {
        Examples digits = digits();
        Path images = folder.resolve("images.idx");
        writeIdx(digits, 28, 28, Files.newOutputStream(images));
        float[][] rows = IntStream.range(0, digits.size()).mapToObj(digits::row).toArray(float[][]::new);

        assertThat(predict("taskless", images, "--task", "0-1"))
                .satisfies(Console.oneLine("--task: ", "tells classes apart without the task: remove the option"));
        assertNothingIsWritten();
        assertThat(predict("taskless", images).code()).isZero();

        int[] expected =
                DiscriminantModel.load(runs.resolve("taskless/model.sluice")).predict(rows);
        for (int i = 0; i < expected.length; i++) {
            assertThat(written().get(i + 1)).startsWith((i + 1) + "," + expected[i] + ",");
        }
    }

    @Test
    void aTableMayHaveAHeaderAndTheModelItselfBeNamed() throws IOException {
        Path bare = file("bare.csv", "0.1,0.2\n\n0.9,0.8\n");
        Path headed = file("headed.csv", "width,height\n0.1,0.2\n0.9,0.8\n");

        predict("table", bare, "--task", "3-5");
        List<String> withoutHeader = written();
        Console.Result result = predict("table/model.sluice", headed, "--task", "3-5", "--overwrite");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(written()).isEqualTo(withoutHeader).hasSize(3);
    }

    @Test
    void whoGivesATableToAModelOfEncodedColumnsIsWarned() throws IOException {
        Console.Result result = predict("scaled", file("in.csv", "0.1,0.2\n"), "--task", "3-5");

        assertThat(result.code()).isZero();
        assertThat(result.err())
                .contains("sluice: warning: ", "give numbers encoded likewise")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.1,0.2,0.3 | line 1: the row has 3 cells, the model takes 2 features",
                "a,b,c | line 1: the row has 3 cells, the model takes 2 features",
                "a,b;0.1,0.2;0.1 | line 3: the row has 1 cells",
                "a,b;0.1,0.2;0.1,x | line 3, column 'b': must be a finite number such as 0.25 or 1.5e9, got 'x'",
                "0.1,0.2;0.3,-1e99 | line 2, column '2': must be a finite number",
                "0.1,x | line 1, column '2': must be a finite number such as 0.25 or 1.5e9, got 'x': mend it, or a header",
                "0.1,0.2;NaN,1 | line 2, column '1': must be a finite number such as 0.25 or 1.5e9, got 'NaN'",
                "0.1,0.2;,1 | line 2, column '1': must be a finite number such as 0.25 or 1.5e9, got ''",
                "a,b | there is a header and no row",
            })
    void aWrongTableIsOneLineWithItsPlace(String text, String message) throws IOException {
        Path input = file("in.csv", text.replace(';', '\n'));

        assertThat(predict("table", input, "--task", "3-5")).satisfies(Console.oneLine(input + ", ", message));
        assertNothingIsWritten();
    }

    @Test
    void everyOtherMistakeIsOneLineToo() throws IOException {
        Path row = file("in.csv", "0.1,0.2\n");
        Path empty = file("empty.csv", "");
        Path small = folder.resolve("small.idx");
        writeIdx(Examples.of(new float[4], 4, new int[1]), 2, 2, Files.newOutputStream(small));
        Path labels = folder.resolve("labels.idx");
        Files.write(labels, new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 5});
        Path nowhere = folder.resolve("none.csv");

        assertThat(predict("table", row, "--task", "3-6"))
                .satisfies(Console.oneLine("has not learned task '3-6': did you mean '3-5'?"));
        assertThat(predict("table", row))
                .satisfies(Console.oneLine("--task: ", "must be told the task: choose one of 3-5, 7-9"));
        assertThat(predict("plain", row, "--task", "0-1")).satisfies(Console.oneLine("holds no model.sluice"));
        assertThat(predict("none", row, "--task", "0-1")).satisfies(Console.oneLine("no model at"));
        assertThat(predict("table.csv", row, "--task", "0-1"))
                .satisfies(Console.oneLine("is damaged or no Sluice model"));
        assertThat(predict("table", nowhere, "--task", "3-5")).satisfies(Console.oneLine(nowhere + " does not exist"));
        assertThat(predict("table", empty, "--task", "3-5")).satisfies(Console.oneLine("the file is empty"));
        assertThat(predict("table", folder, "--task", "3-5")).satisfies(Console.oneLine(folder.toString()));
        assertThat(predict("gated", small, "--task", "0-1"))
                .satisfies(Console.oneLine("holds images of 2 x 2 pixels, 4 features; the model takes 784"));
        assertThat(predict("gated", labels, "--task", "0-1")).satisfies(Console.oneLine("holds labels"));
        assertNothingIsWritten();
    }

    @Test
    void aFileThatIsThereIsKeptUnlessItMayBeReplaced() throws IOException {
        file("out.csv", "precious");
        Path row = file("in.csv", "0.1,0.2\n");

        assertThat(predict("table", row, "--task", "3-5"))
                .satisfies(Console.oneLine("is there already", "--overwrite"));

        assertThat(written()).containsExactly("precious");
    }

    @Test
    void aDiscriminantHasNoTaskToForget() {
        Path model = runs.resolve("taskless/model.sluice");

        assertThat(sluice("forget", "--model", model, "--task", "0-1", "--out", folder.resolve("less.sluice")))
                .satisfies(Console.oneLine(
                        model + " is a discriminant model, which tells classes apart without the task",
                        "name the model of a gated network (scenario task)"));
    }
}
