package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.ShippedScript;

/** {@code sluice validate} and {@code sluice init}. */
class ValidateCommandTest {
    @TempDir
    private Path folder;

    private Path script(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void everyShippedSequenceIsWell() {
        String[] names =
                ScriptReader.shippedScripts().stream().map(ShippedScript::name).toArray(String[]::new);
        Object[] arguments = new Object[names.length + 1];
        arguments[0] = "validate";
        System.arraycopy(names, 0, arguments, 1, names.length);

        Console.Result result = sluice(arguments);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines()).hasSize(names.length).allMatch(line -> line.startsWith("ok  "));
        assertThat(result.out())
                .contains("ok  split-digits: split-digits, one run\n")
                .contains("ok  compare-split-mnist-task: compare-split-mnist-task, 19 runs of 19 variants\n");
    }

    @Test
    void theMistakesOfAllScriptsAreToldWithTheirPlaces() throws IOException {
        Path unknownKey = script("key.yaml", "data: {set: digits}\ntraining:\n  epoch: 3\n");
        Path well = script("well.yaml", "data: {set: digits}\n");
        Path estimator = script(
                "compare.yaml",
                "data: {set: digits}\ncompare:\n  variants:\n  - name: a\n    set: {gates.estimator: st-sigmod}\n");

        Console.Result result = sluice("validate", unknownKey, well, estimator, folder.resolve("none.yaml"));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEqualTo("ok  " + well + ": well, one run\n");
        assertThat(result.err().lines()).hasSize(3).allMatch(line -> line.startsWith("sluice: "));
        assertThat(result.err())
                .contains("sluice: " + unknownKey + ":3: training: unknown key 'epoch': did you mean 'epochs'?")
                .contains("sluice: " + estimator + ":5: gates.estimator: unknown estimator 'st-sigmod'")
                .contains("none.yaml' is neither a file nor a shipped script");
    }

    @Test
    void dataThatIsNotThereIsNoMistakeYet() throws IOException {
        Path script = script("mine.yaml", "data: {set: idx, folder: nowhere}\n");

        assertThat(sluice("validate", script).code()).isZero();
    }

    @Test
    void foldersOfIdxFilesAreReadWhereTheyAreThere() throws IOException {
        Path idx = Files.createDirectory(folder.resolve("idx"));
        for (String part : new String[] {"train", "t10k"}) {
            Files.write(idx.resolve(part + "-images-idx3-ubyte"), idx(3, 4));
            Files.write(idx.resolve(part + "-labels-idx1-ubyte"), idx(1, 4));
        }
        Path script = script("mine.yaml", "data: {set: idx, folder: idx, padding: 0}\nsplit: {groups: [[0, 1]]}\n");

        Console.Result whole = sluice("validate", script);
        Files.write(idx.resolve("t10k-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 9, 1});

        assertThat(whole.err()).doesNotContain("idx");
        assertThat(whole.out()).isEqualTo("ok  " + script + ": mine, one run of 4 training and 4 test examples\n");
        assertThat(sluice("validate", script)).satisfies(Console.oneLine("t10k-labels-idx1-ubyte is truncated"));
        assertThat(sluice("validate", script, "--set", "training.epoch=3").err())
                .contains("did you mean 'epochs'?", "t10k-labels-idx1-ubyte is truncated");
        assertThat(sluice("validate", "--without-data", script).code()).isZero();
    }

    /** An IDX file of so many examples, each 2 in other directions, whose values are 0 and 1 by turns. */
    private static byte[] idx(int dimensions, int count) {
        int values = count << (dimensions - 1);
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (1 + dimensions) + values)
                .putInt(0x800 + dimensions)
                .putInt(count);
        for (int d = 1; d < dimensions; d++) {
            bytes.putInt(2);
        }
        for (int i = 0; i < values; i++) {
            bytes.put((byte) (i % 2));
        }
        return bytes.array();
    }

    @Test
    void keysThatDoNothingAreWarnedOfWithoutTheData() throws IOException {
        Path script = script("mine.yaml", "data: {set: mnist}\nstrategy: ewc\ngates: {sparsity: 0.3}\n");
        Path compared = script(
                "compare.yaml",
                "data: {set: mnist}\ncompare:\n  variants:\n  - {name: a, set: {strategy: ewc, gates.sparsity: 0.3}}\n");

        Console.Result result = sluice("validate", script, compared);

        assertThat(result.code()).isZero();
        assertThat(result.err())
                .contains("sluice: warning: " + script + ":3: gates.sparsity: does nothing")
                .contains("sluice: warning: " + compared + ":4: gates.sparsity: does nothing", "(variant a)");
    }

    @Test
    void settingsFromTheCommandLineAreCheckedToo() throws IOException {
        Path script = script("mine.yaml", "data: {set: digits}\n");

        assertThat(sluice("validate", script, "--set", "strategy=ewk"))
                .satisfies(
                        Console.oneLine("--set strategy=ewk: strategy: unknown strategy 'ewk': did you mean 'ewc'?"));
    }

    @Test
    void aNewScriptIsWellAndRuns() throws IOException {
        Path file = folder.resolve("start.yaml");

        Console.Result written = sluice("init", file);

        assertThat(written.code()).isZero();
        assertThat(written.out()).contains("written", "sluice validate " + file, "sluice run " + file);
        assertThat(sluice("validate", file)).isEqualTo(new Console.Result(0, "ok  " + file + ": start, one run\n", ""));
        Console.Result run = sluice(
                "run",
                file,
                "--out",
                folder.resolve("run"),
                "--set",
                "data.train_size=200",
                "--set",
                "data.test_size=100",
                "--set",
                "training.epochs=1");
        assertThat(run.code()).as(run.err()).isZero();
    }

    @Test
    void theComparisonInTheNewScriptIsWellOnceItsSignsAreRemoved() throws IOException {
        Path file = folder.resolve("start.yaml");
        sluice("init", file);
        String text = Files.readString(file);
        int start = text.indexOf("# compare:");
        Files.writeString(file, text.substring(0, start) + text.substring(start).replaceAll("(?m)^# ", ""));

        assertThat(sluice("validate", file).out()).contains("9 runs of 3 variants");
    }

    @ParameterizedTest
    @ValueSource(strings = {"split-digits", "compare-split-mnist-class"})
    void aShippedSequenceCanBeStartedFrom(String name) throws IOException {
        Path file = folder.resolve("copy.yaml");

        assertThat(sluice("init", file, "--from", name).code()).isZero();

        assertThat(Files.readString(file)).contains("name: " + name, "# ");
        assertThat(sluice("validate", file).code()).isZero();
    }

    @Test
    void whatIsThereIsKeptUnlessItMayBeReplaced() throws IOException {
        Path file = script("mine.yaml", "precious");

        assertThat(sluice("init", file)).satisfies(Console.oneLine(file + " is there already", "--overwrite"));
        assertThat(sluice("init", folder)).satisfies(Console.oneLine("is a folder: name a file in it"));
        assertThat(sluice("init", folder.resolve("none/mine.yaml"))).satisfies(Console.oneLine("cannot write "));
        assertThat(sluice("init", folder.resolve("b.yaml"), "--from", "split-digit"))
                .satisfies(Console.oneLine("did you mean 'split-digits'?"));
        assertThat(file).hasContent("precious");

        assertThat(sluice("init", file, "--overwrite").code()).isZero();
        assertThat(Files.readString(file)).contains("data:");
    }

    @Test
    void theTablesOfAScriptAreLookedAt() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "size,kind,label\n1,x,a\n2,y,b\nNA,x,a\nred,y,b\n3,x,a\n4,y,b\n");
        Path script = Files.writeString(
                folder.resolve("own.yaml"),
                "data: {set: csv, file: t.csv, test_share: 0.4, label: label, exclude: [kind]}\n");

        Console.Result wrong = sluice("validate", script);
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("t.csv, line 4", "'NA' (1 cell)", "t.csv, line 5, column 'size'")
                .hasLineCount(2);
        assertThat(sluice("validate", script, "--without-data").out()).isEqualTo("ok  " + script + ": own, one run\n");

        Files.writeString(folder.resolve("t.csv"), "size,kind,label\n1,x,a\n2,y,b\n3,x,a\n4,y,b\n");
        assertThat(sluice("validate", script).out())
                .isEqualTo("ok  " + script + ": own, one run of 2 training and 2 test examples\n");
    }

    @Test
    void mistakesOfAScriptAndOfItsDataAreToldAtOnceByEveryCommand() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "size,label\n1,a\nred,b\n3,\n");
        Path script = Files.writeString(folder.resolve("own.yaml"), """
                data: {set: csv, file: t.csv, test_share: 0.4, label: label}
                network: {hidden: [0, 20]}
                training:
                  epoch: 3
                  batch_size: many
                """);

        assertThat(sluice("validate", script).err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("own.yaml:2: network.hidden[0]: must be in"),
                        line -> assertThat(line).contains("own.yaml:4: training: unknown key 'epoch': did you mean"),
                        line -> assertThat(line).contains("own.yaml:5: training.batch_size: must be a whole number"),
                        line -> assertThat(line).contains("t.csv, line 3, column 'size': must be a number"),
                        line -> assertThat(line).contains("t.csv, line 4, column 'label': the cell has no value"));
        assertThat(sluice("validate", script, "--without-data").err()).hasLineCount(3);
        Console.Result run = sluice("run", script, "--out", folder.resolve("run"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(3).allMatch(line -> line.startsWith("sluice: " + script));
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void dataThatAScriptDoesNotSayRightlyAreNotLookedAt() throws IOException {
        Path script = Files.writeString(
                folder.resolve("own.yaml"), "data: {set: csv, file: none.csv, test_share: 4, label: label}\n");

        assertThat(sluice("validate", script).err()).hasLineCount(1).contains("data.test_share: must be in");
    }

    @Test
    void theDataOfAllVariantsAreLookedAt() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "size,kind,label\n1,1,a\n2,2,b\nred,x,a\n4,4,b\n");
        Path script = Files.writeString(folder.resolve("own.yaml"), """
                data: {set: csv, file: t.csv, test_share: 0.4, label: label}
                compare:
                  seeds: [1, 2]
                  variants:
                  - {name: kind, set: {data.exclude: [size]}}
                  - {name: size, set: {data.exclude: [kind]}}
                  - {name: drawn, set: {data: {set: digits}}}
                """);

        Console.Result wrong = sluice("validate", script);
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("variant kind: ", "t.csv, line 4, column 'kind'"),
                        line -> assertThat(line).contains("variant size: ", "t.csv, line 4, column 'size'"));

        Files.writeString(folder.resolve("t.csv"), "size,kind,label\n1,1,a\n2,2,b\n3,3,a\n4,4,b\n");
        assertThat(sluice("validate", script).out()).isEqualTo("ok  " + script + ": own, 6 runs of 3 variants\n");
    }
}
