package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sluice.framework.cli.Console.sluice;

import java.awt.image.BufferedImage;
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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.framework.ContinualTrainer;
import sluice.framework.discriminant.DiscriminantModel;
import sluice.framework.network.GatedNetwork;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

/** {@code sluice predict}: new examples in, a file of predictions out. */
@Tag("slow")
class PredictCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 400, test_size: 100}
            split: {groups: [[0, 1], [7, 3]]}
            network: {hidden: [40, 30]}
            training: {epochs: 2, batch_size: 32}
            """;
    /** Islands two of which are known by their name alone, and weights a thousand times their neighbours' lengths. */
    private static final String TABLE = "length,island,weight,species\n"
            + "1.5,Dream,4100,gentoo\n2.5,Biscoe,3900,adelie\n1.4,Dream,,gentoo\n2.4,,3800,adelie\n".repeat(10)
            + "1.4,Biscoe,5200,macaroni\n1.5,Torgersen,5300,king\n1.3,Biscoe,5100,macaroni\n,Torgersen,5000,king\n"
                    .repeat(10);

    private static final String TABLE_SCRIPT = """
            data:
              {set: csv, train: table.csv, test: table.csv, label: species, categorical: [island], standardise: %s,
               missing: {fill: mean}}
            split: {groups: [[0, 1], [2, 3]]}
            network: {hidden: [20]}
            training: {epochs: 40, batch_size: 8}
            """;

    /** Runs of a gated network, of some of a table, and of a discriminant; and a network that was made in Java. */
    @TempDir
    private static Path runs;

    @TempDir
    private Path folder;

    @BeforeAll
    static void learn() throws IOException {
        run("gated", SCRIPT);
        run("taskless", SCRIPT + "scenario: class\ninference: {features: 180}\n");
        run("plain", SCRIPT + "strategy: fine-tuning\n");
        run(
                "generators",
                SCRIPT.replace("test_size: 100", "test_size: 100, normalisation: unit")
                        + "scenario: class\nstrategy: {generative-classifier: {hidden: 20, iterations: 60, samples: 5}}\n");
        Files.writeString(runs.resolve("table.csv"), TABLE);
        run("table", TABLE_SCRIPT.formatted("per-task"));
        run("table-class", TABLE_SCRIPT.formatted("first-task") + "scenario: class\ninference: {features: 60}\n");
        run("table-domain", TABLE_SCRIPT.formatted("first-task") + "scenario: domain\ninference: {features: 60}\n");
        run("table-apart", TABLE_SCRIPT.formatted("per-task") + "scenario: class\ninference: {features: 60}\n");
        run(
                "permuted",
                SCRIPT.replace("groups: [[0, 1], [7, 3]]", "permuted: 2")
                        .replace("epochs: 2", "epochs: 20")
                        .replace("[40, 30]", "[80, 80]"));
        run("framed", SCRIPT.replace("test_size: 100", "test_size: 100, padding: 2"));
        try (GatedNetwork own = GatedNetwork.create(2, List.of(8), Normalisation.NONE, 1)) {
            float[][] rows = {{0.1f, 0.2f}, {0.9f, 0.8f}};
            int[] labels = {3, 5};
            new ContinualTrainer()
                    .train(own, TaskSequence.of("own", Normalisation.NONE, Task.of("3-5", rows, labels, rows, labels)));
            own.save(runs.resolve("own.sluice"));
        }
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
    void generatorsOfClassesAnswerWithoutTheTaskAndOneImageAsAmongOthers() throws IOException {
        Examples digits = digits();
        Path images = file("images.csv", csv(digits));
        Path last = file("last.csv", csv(digits.select(new int[] {digits.size() - 1}, label -> label)));

        assertThat(predict("generators", images, "--task", "0-1"))
                .satisfies(Console.oneLine("--task: ", "answers without the task: remove the option"));
        assertNothingIsWritten();
        Console.Result result = predict("generators", images, "--all");
        List<String> together = written();
        predict("generators", last, "--all", "--overwrite");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(together)
                .first()
                .isEqualTo("row,predicted,probability,probability_0,probability_1,probability_7,probability_3");
        assertThat(written().get(1).substring(1)).isEqualTo(together.get(50).substring(2));
    }

    @Test
    void aModelThatNeedsNoTaskAnswersWithoutAndRefusesOne() throws IOException {
        Examples digits = digits();
        Path images = folder.resolve("images.idx");
        writeIdx(digits, 28, 28, Files.newOutputStream(images));
        float[][] rows = IntStream.range(0, digits.size()).mapToObj(digits::row).toArray(float[][]::new);

        assertThat(predict("taskless", images, "--task", "0-1"))
                .satisfies(Console.oneLine("--task: ", "answers without the task: remove the option"));
        assertNothingIsWritten();
        assertThat(predict("taskless", images).code()).isZero();

        int[] expected =
                DiscriminantModel.load(runs.resolve("taskless/model.sluice")).predict(rows);
        for (int i = 0; i < expected.length; i++) {
            assertThat(written().get(i + 1)).startsWith((i + 1) + "," + expected[i] + ",");
        }
    }

    /** Accuracy of the task after the last, as the run's own evaluation has it. */
    private static double evaluated(String run, String task) throws IOException {
        return Files.readAllLines(runs.resolve(run + "/accuracy-matrix.csv")).stream()
                .map(line -> line.split(",", -1))
                .filter(cells -> cells[2].equals("2") && cells[3].equals(task))
                .mapToDouble(cells -> Double.parseDouble(cells[4]) / Double.parseDouble(cells[5]))
                .findFirst()
                .orElseThrow();
    }

    private double shareOf(List<String> names) throws IOException {
        List<String> lines = written();
        assertThat(lines).hasSize(names.size() + 1);
        return IntStream.range(0, names.size())
                        .filter(i -> lines.get(i + 1).split(",", -1)[1].equals(names.get(i)))
                        .count()
                / (double) names.size();
    }

    @ParameterizedTest
    @CsvSource({"table,adelie-gentoo,gentoo,adelie", "table,king-macaroni,king,macaroni", "table-class,,king,macaroni"})
    void aTableIsEncodedAsItsModelsWasAndClassesGoByTheirNames(String run, String task, String one, String other)
            throws IOException {
        List<String> lines = TABLE.lines().toList();
        List<String> rows = lines.stream()
                .skip(1)
                .filter(line -> line.endsWith("," + one) || line.endsWith("," + other))
                .toList();
        List<String> species = rows.stream()
                .map(row -> row.substring(row.lastIndexOf(',') + 1))
                .toList();
        Path in = file("in.csv", lines.get(0) + "\n" + String.join("\n", rows));
        Object[] options = task == null ? new Object[0] : new Object[] {"--task", task};

        Console.Result result = predict(run, in, options);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(shareOf(species)).isCloseTo(evaluated(run, task == null ? "king-macaroni" : task), within(1e-9));
        assertThat(evaluated(run, task == null ? "king-macaroni" : task)).isGreaterThan(0.9);
        List<String> ofWhole = written();

        // columns in another order, and nothing that a new example would not have
        List<String> moved = rows.stream()
                .map(row -> row.split(","))
                .map(cells -> String.join(",", cells[2], cells[0], cells[1]))
                .toList();
        predict(
                run,
                file("moved.csv", "weight,length,island\n" + String.join("\n", moved)),
                Stream.concat(Stream.of("--overwrite"), Stream.of(options)).toArray());
        assertThat(written()).isEqualTo(ofWhole);
    }

    @Test
    void placesInATaskHaveNoNames() throws IOException {
        Path in = file("in.csv", "length,island,weight\n1.5,Dream,4100\n1.4,Biscoe,5200\n");

        Console.Result result = predict("table-domain", in);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(written().subList(1, 3)).allMatch(line -> line.matches("\\d,[01],\\d\\.\\d+"));
        assertThat(result.err())
                .isEqualTo(
                        "sluice: warning: answers are positions in the classes of each task, as no two tasks share a class: 0 is adelie or king, 1 is gentoo or macaroni\n");
    }

    @Test
    void whoIsNotToldTheTaskCannotHaveScalesOfEach() throws IOException {
        Console.Result result = predict("table-apart", file("in.csv", "0.1,0.2,0,0,1\n"));

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("sluice: warning: ", "give numbers encoded likewise")
                .hasLineCount(1);
    }

    @Test
    void imagesGetTheFrameThatTheModelsHad() throws IOException {
        Examples test = Digits.draw(400, 100, 1).test();
        Examples pair = test.select(
                IntStream.range(0, test.size()).filter(i -> test.label(i) < 2).toArray(), label -> label);
        Path images = folder.resolve("images.idx");
        writeIdx(pair, 28, 28, Files.newOutputStream(images));

        Console.Result result = predict("framed", images, "--task", "0-1");

        assertThat(result.code()).as(result.err()).isZero();
        List<String> labels = IntStream.range(0, pair.size())
                .mapToObj(i -> Integer.toString(pair.label(i)))
                .toList();
        assertThat(shareOf(labels)).isCloseTo(evaluated("framed", "0-1"), within(1e-9));
    }

    @Test
    void whatAScriptPermutesIsPermutedForTheTask() throws IOException {
        Examples test = Digits.draw(400, 100, 1).test();
        Path images = folder.resolve("images.idx");
        writeIdx(test, 28, 28, Files.newOutputStream(images));
        List<String> labels = IntStream.range(0, test.size())
                .mapToObj(i -> Integer.toString(test.label(i)))
                .toList();

        Console.Result result = predict("permuted", images, "--task", "permutation-2");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(evaluated("permuted", "permutation-2")).isGreaterThan(0.3);
        assertThat(shareOf(labels)).isCloseTo(evaluated("permuted", "permutation-2"), within(1e-9));
    }

    @Test
    void aCategoryThatTheModelHasNotSeenIsPredictedAndSaid() throws IOException {
        Path input = file("in.csv", "length,island,weight\n1.5,Atlantis,4000\n");

        Console.Result result = predict("table", input, "--task", "adelie-gentoo");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err())
                .contains("column 'island': 'Atlantis' in 1 row")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "length,island;1.5,Dream | line 1, column 'weight': there is no such column, which is a feature of the model",
                "1.5,Dream,4000 | line 1, column 'length': there is no such column, which is a feature of the model",
                "length,island,weight;1.5,Dream,heavy | line 2, column 'weight': must be a number such as",
                "length,island,weight;1.5,Dream,1;1.5,Dream | line 3, column 'weight': the row ends before this column",
                "length,island,weight | a header with no rows",
            })
    void aTableUnlikeTheModelsIsOneLineWithItsPlace(String text, String message) throws IOException {
        Path input = file("in.csv", text.replace(';', '\n'));

        assertThat(predict("table", input, "--task", "adelie-gentoo"))
                .satisfies(Console.oneLine(input + ", ", message));
        assertNothingIsWritten();
    }

    @Test
    void predictionsGoToStandardOutputUnlessAFileIsNamed() throws IOException {
        Path in = file("in.csv", "length,island,weight\n1.5,Atlantis,4000\n2.5,Biscoe,3900\n");
        predict("table", in, "--task", "adelie-gentoo");

        Console.Result result =
                sluice("predict", "--model", runs.resolve("table"), "--task", "adelie-gentoo", "--input", in);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo(Files.readString(folder.resolve("out.csv")));
        assertThat(result.err())
                .startsWith("sluice: warning: ")
                .contains("'Atlantis'")
                .hasLineCount(1);
    }

    @Test
    void allClassesHaveAColumnByTheirNames() throws IOException {
        Path in = file("in.csv", "length,island,weight\n1.5,Dream,4100\n1.4,Biscoe,5200\n");

        Console.Result result = predict("table-class", in, "--all");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(written())
                .hasSize(3)
                .first()
                .isEqualTo("row,predicted,probability,probability_adelie,probability_gentoo,probability_king,"
                        + "probability_macaroni");
    }

    /** What is printed after this line. */
    private static List<String> after(String start, String printed) {
        return printed.lines().dropWhile(line -> !line.startsWith(start)).toList();
    }

    @Test
    void aColumnOfLabelsGivesTheFiguresOfEachClass() throws IOException {
        Path in = file("in.csv", TABLE.replaceAll("(?m)^.*,(king|macaroni)\n", ""));

        Console.Result result = predict("table", in, "--task", "adelie-gentoo", "--label", "species");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        List<String> figures = after("accuracy", result.out());
        double accuracy = evaluated("table", "adelie-gentoo");
        assertThat(figures.get(0))
                .isEqualTo("accuracy           %.4f (%d of 40)".formatted(accuracy, Math.round(40 * accuracy)));
        assertThat(figures.get(1)).startsWith("balanced accuracy  ").endsWith("rows: 2 of 2)");
        assertThat(figures).anyMatch(line -> line.matches("\\| gentoo +\\| +[01]\\.\\d{4} .* 20 \\|"));
        assertThat(figures).anyMatch(line -> line.matches("\\| macro average +\\| +[01]\\.\\d{4} .* 40 \\|"));
    }

    @Test
    void figuresGoWhereThePredictionsDoNot() throws IOException {
        Path in = file("in.csv", TABLE);
        String model = runs.resolve("table-class").toString();

        Console.Result bare = sluice("predict", "--model", model, "--input", in);
        Console.Result result = sluice("predict", "--model", model, "--input", in, "--label", "species");

        assertThat(result.out()).isEqualTo(bare.out());
        assertThat(result.err()).startsWith("accuracy ").contains("| macro average ");
    }

    @Test
    void whatCannotBeRightIsCountedAndLeftOut() throws IOException {
        Path in = file("in.csv", """
                length,island,weight,species
                1.5,Dream,4100,gentoo
                2.5,Biscoe,3900,king
                2.4,Biscoe,3900,king
                2.4,Biscoe,3900,
                2.4,Biscoe,3900,emu
                """);

        Console.Result result = predict("table", in, "--task", "adelie-gentoo", "--label", "species");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(written()).hasSize(6);
        assertThat(result.out())
                .contains(
                        "1 row without a label\n",
                        "2 rows of class 'king', which task adelie-gentoo has not learned\n",
                        "1 row of class 'emu', which task adelie-gentoo has not learned\n",
                        " of 1)\n",
                        "rows: 1 of 2)\n");
    }

    @Test
    void classesThatShareAPositionAreRightAtIt() throws IOException {
        Console.Result result = predict("table-domain", file("in.csv", TABLE), "--label", "species");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains(" of 80)\n", "| 0 ", "| 1 ");
        double[] tasks = {evaluated("table-domain", "adelie-gentoo"), evaluated("table-domain", "king-macaroni")};
        assertThat(after("accuracy", result.out()).get(0)).contains(" %.4f ".formatted((tasks[0] + tasks[1]) / 2));
    }

    @Test
    void noLabelThatMayBeAnsweredIsSaid() throws IOException {
        Console.Result result = predict("table-class", file("in.csv", TABLE), "--label", "weight");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "of class '3800', which the model has not learned",
                        "accuracy           undefined: no row has a")
                .contains("adelie, gentoo, king, macaroni");
    }

    @Test
    void labelsOfNumbersAreNoFeature() throws IOException {
        Path last = file("last.csv", "width,height,kind\n0.1,0.2,3\n0.9,0.8,5\n");
        Path first = file("first.csv", "kind,0,1\n3,0.1,0.2\n5,0.9,0.8\n");
        predict("own.sluice", file("bare.csv", "0.1,0.2\n0.9,0.8\n"), "--task", "3-5");
        List<String> bare = written();

        for (Path input : List.of(first, last)) {
            Console.Result result = predict("own.sluice", input, "--task", "3-5", "--label", "kind", "--overwrite");

            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.out()).contains(" of 2)\n", "| 3 ", "| 5 ");
            assertThat(written()).isEqualTo(bare);
        }
    }

    @Test
    void aColumnThatIsNotThereIsOneLineThatNamesThoseThatAre() throws IOException {
        Path table = file("in.csv", TABLE);
        Path numbers = file("numbers.csv", "width,height\n0.1,0.2\n");
        Path bare = file("bare.csv", "0.1,0.2,3\n");
        Path images = folder.resolve("images.idx");
        writeIdx(digits(), 28, 28, Files.newOutputStream(images));

        assertThat(predict("table-class", table, "--label", "specie"))
                .satisfies(Console.oneLine(
                        table + ", line 1, column 'specie': there is no such column",
                        "the columns are 'length', 'island', 'weight', 'species'"));
        assertThat(predict("own.sluice", numbers, "--task", "3-5", "--label", "kind"))
                .satisfies(Console.oneLine("column 'kind': ", "the columns are 'width', 'height'"));
        assertThat(predict("own.sluice", bare, "--task", "3-5", "--label", "kind"))
                .satisfies(Console.oneLine("column 'kind': ", "write a header that names it"));
        assertThat(predict("taskless", images, "--label", "kind"))
                .satisfies(Console.oneLine("--label: ", "holds images, which have no column 'kind'"));
        assertNothingIsWritten();
    }

    @Test
    void theTaskOfAModelThatHasOneNeedNotBeNamed() throws IOException {
        Path row = file("in.csv", "0.1,0.2\n0.9,0.8\n");
        predict("own.sluice", row, "--task", "3-5");
        List<String> named = written();

        assertThat(predict("own.sluice", row, "--overwrite").code()).isZero();
        assertThat(written()).isEqualTo(named);
        assertThat(predict("plain", row, "--overwrite"))
                .satisfies(Console.oneLine("--task: ", "must be told the task: choose one of 0-1, "));
    }

    @Test
    void numbersMayHaveAHeader() throws IOException {
        Path bare = file("bare.csv", "0.1,0.2\n\n0.9,0.8\n");
        Path headed = file("headed.csv", "width,height\n0.1,0.2\n0.9,0.8\n");

        predict("own.sluice", bare, "--task", "3-5");
        List<String> withoutHeader = written();
        Console.Result result = predict("own.sluice", headed, "--task", "3-5", "--overwrite");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(written()).isEqualTo(withoutHeader).hasSize(3);
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

        assertThat(predict("own.sluice", input, "--task", "3-5")).satisfies(Console.oneLine(input + ", ", message));
        assertNothingIsWritten();
    }

    /** A folder for each class, with the images of it. */
    private Path classFolders(Examples images) throws IOException {
        for (int i = 0; i < images.size(); i++) {
            BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setPixels(0, 0, 28, 28, images.row(i));
            Path of = Files.createDirectories(folder.resolve("images/" + images.label(i)));
            ImageIO.write(image, "png", of.resolve("%03d.png".formatted(i)).toFile());
        }
        return folder.resolve("images");
    }

    @Test
    void imagesInFoldersNamedAsTheirClassesAreAnsweredAndCompared() throws IOException {
        Examples digits = digits();
        Path images = classFolders(digits);
        Files.writeString(images.resolve("notes.txt"), "of autumn");
        Path idx = folder.resolve("images.idx");
        writeIdx(digits, 28, 28, Files.newOutputStream(idx));
        predict("taskless", idx);
        List<String> ofIdx = written();

        Console.Result result = predict("taskless", images, "--label", "folder", "--overwrite");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err())
                .startsWith("sluice: warning: " + images + ": 1 of 51 files left out")
                .endsWith(": notes.txt\n");
        assertThat(written()).hasSize(51).first().isEqualTo("file,predicted,probability");
        List<String> lines = written().subList(1, 51);
        assertThat(lines).isSorted().allSatisfy(line -> {
            int digit = Integer.parseInt(line.substring(2, 5));
            assertThat(line).startsWith(digits.label(digit) + "/").contains(".png,");
            assertThat(line.substring(line.indexOf(',')))
                    .isEqualTo(
                            ofIdx.get(digit + 1).substring(ofIdx.get(digit + 1).indexOf(',')));
        });
        assertThat(result.out())
                .contains("predicted 50 examples\n", "accuracy  ", "of class '9', which the model has not learned\n");
    }

    @Test
    void oneImageIsAnswered() throws IOException {
        Examples digits = digits();
        Path images = classFolders(digits);
        Path image = images.resolve("%d/000.png".formatted(digits.label(0)));

        Console.Result result = predict("gated", image, "--task", "0-1");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(written()).hasSize(2).last().asString().startsWith("000.png,");
        assertThat(predict("gated", images, "--task", "0-1", "--overwrite", "--label", "kind"))
                .satisfies(Console.oneLine("--label: images have no column 'kind': write --label folder"));
        assertThat(predict("table", image, "--task", "adelie-gentoo", "--overwrite"))
                .satisfies(Console.oneLine(image + ": is an image: the model learned from tables"));
        assertThat(predict("own.sluice", image, "--task", "3-5", "--overwrite"))
                .satisfies(Console.oneLine(image + " is 28x28 pixels, the model takes 2 features"));
    }

    @ParameterizedTest
    @CsvSource({"gated,0-1", "framed,0-1", "plain,0-1", "taskless,"})
    void anImageOfAnotherSizeIsRefusedEvenWithAsManyPixels(String run, String task) throws IOException {
        Path image = folder.resolve("wide.png");
        ImageIO.write(new BufferedImage(56, 14, BufferedImage.TYPE_BYTE_GRAY), "png", image.toFile());
        Object[] options = task == null ? new Object[0] : new Object[] {"--task", task};

        assertThat(predict(run, image, options))
                .satisfies(Console.oneLine(image + " is 56x14 pixels, the model takes 28x28: "));
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

        assertThat(predict("own.sluice", row, "--task", "3-6"))
                .satisfies(Console.oneLine("has not learned task '3-6': did you mean '3-5'?"));
        assertThat(predict("plain", row, "--task", "0-1"))
                .satisfies(Console.oneLine("the row has 2 cells, the model takes 784 features"));
        Files.createDirectory(runs.resolve("empty"));
        assertThat(predict("empty", row, "--task", "0-1")).satisfies(Console.oneLine("holds no model.sluice"));
        assertThat(predict("none", row, "--task", "0-1")).satisfies(Console.oneLine("no model at"));
        assertThat(predict("table.csv", row, "--task", "0-1"))
                .satisfies(Console.oneLine("is damaged or no Sluice model"));
        assertThat(predict("own.sluice", nowhere, "--task", "3-5"))
                .satisfies(Console.oneLine(nowhere + " does not exist"));
        assertThat(predict("own.sluice", empty, "--task", "3-5")).satisfies(Console.oneLine("the file is empty"));
        assertThat(predict("own.sluice", folder, "--task", "3-5")).satisfies(Console.oneLine(folder.toString()));
        assertThat(predict("gated", small, "--task", "0-1"))
                .satisfies(Console.oneLine("holds images of 2 x 2 pixels, 4 features; the model takes 784"));
        assertThat(predict("gated", labels, "--task", "0-1")).satisfies(Console.oneLine("holds labels"));
        assertNothingIsWritten();
    }

    @Test
    void aFileThatIsThereIsKeptUnlessItMayBeReplaced() throws IOException {
        file("out.csv", "precious");
        Path row = file("in.csv", "0.1,0.2\n");

        assertThat(predict("own.sluice", row, "--task", "3-5"))
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
