package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sluice compare}: finished runs held against each other. */
class CompareCommandTest {
    private static final String PLAIN = """
        data: {set: digits, train_size: 100, test_size: 50}
        split: {groups: [[0, 1], [7, 3]]}
        network: {hidden: [12]}
        gates: {logit_mean: 0, logit_spread: 1}
        training: {epochs: 1, batch_size: 20}
        """;

    @TempDir
    private static Path runs;

    @TempDir
    private Path folder;

    @BeforeAll
    static void learn() throws IOException {
        run("one", PLAIN);
        run("two", PLAIN, "--set", "training.epochs=2", "--set", "description==1+1");
        run("other", PLAIN, "--seed", "2");
        run("compared", PLAIN + """
            compare:
              seeds: [1, 2, 3, 4, 5, 6]
              variants:
              - name: gates
              - name: tuning
                set: {strategy: fine-tuning}
            """);
        run("alone", PLAIN + "compare: {seeds: [1, 2], variants: [{name: gates}]}\n");
    }

    private static void run(String name, String script, String... options) throws IOException {
        Path file = Files.writeString(runs.resolve(name + ".yaml"), script);
        Object[] arguments = new Object[4 + options.length];
        arguments[0] = "run";
        arguments[1] = file;
        arguments[2] = "--out";
        arguments[3] = runs.resolve(name);
        System.arraycopy(options, 0, arguments, 4, options.length);
        Console.Result result = sluice(arguments);
        assertThat(result.code()).as(result.err()).isZero();
    }

    @Test
    void settingsAndMetricsThatDifferAreInTablesAndOnePairCannotTell() {
        Console.Result result = sluice("compare", runs.resolve("one"), runs.resolve("two"));

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("A  " + runs.resolve("one") + ", seed 1\n")
                .containsPattern("\\| training.epochs +\\| +1 \\| +2 \\|")
                .containsPattern("\\| train_seconds +\\| +1 \\|")
                .containsPattern("\\| forgetting +\\| +1 \\| +0 \\| +0 \\| +0 \\| +- \\| +1 \\| +none \\|")
                .contains("too few pairs", "with 1 pair p cannot be below 1: run 6 seeds or more")
                .contains("two-sided sign-flip permutation test")
                .contains("undefined in A or B: ", "intransigence")
                .doesNotContain("gates.sparsity", "macs_forward_layer_1", "| seed ");
    }

    @Test
    void variantsOfAComparisonArePairedOverTheirSeeds() throws IOException {
        Path file = folder.resolve("differences.csv");

        Console.Result result = sluice(
                "compare", runs.resolve("compared") + ":tuning", runs.resolve("compared") + ":gates", "--out", file);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("seeds 1, 2, 3, 4, 5, 6")
                .containsPattern("\\| strategy +\\| +fine-tuning \\| +gates \\|")
                .containsPattern("\\| macs_share +\\| +6 \\| .* \\| +0\\.0313 \\| more than noise \\|")
                .doesNotContain("cannot be below");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).isEqualTo("kind,name,a,b,pairs,difference,ci95_low,ci95_high,p,least_p,verdict");
        assertThat(lines)
                .contains("setting,strategy,fine-tuning,gates,,,,,,,")
                .anyMatch(line -> line.matches("metric,macs_share,\\S+,6,-\\S+,0\\.03125,0\\.03125,more than noise"))
                .anyMatch(line -> line.startsWith("metric,macs_forward_layer_1,"));
    }

    @Test
    void whatARunAndAComparisonOfOneVariantHaveInCommonIsPaired() {
        Console.Result result = sluice("compare", runs.resolve("alone"), runs.resolve("other"));

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("means over the seed 2 in common");
    }

    @Test
    void noTextBecomesAFormula() throws IOException {
        Path file = folder.resolve("differences.csv");

        sluice("compare", runs.resolve("one"), runs.resolve("two"), "--out", file);

        assertThat(Files.readAllLines(file)).contains("setting,description,,'=1+1,,,,,,,");
    }

    @Test
    void everyMistakeIsOneLine() throws IOException {
        Path one = runs.resolve("one");
        Path compared = runs.resolve("compared");
        Path file = Files.writeString(folder.resolve("there.csv"), "precious");

        assertThat(sluice("compare", one, runs.resolve("none"))).satisfies(Console.oneLine("none is no folder"));
        assertThat(sluice("compare", one, folder)).satisfies(Console.oneLine("holds no finished run"));
        assertThat(sluice("compare", one, compared))
                .satisfies(Console.oneLine(
                        "is a comparison of several variants: name one, as " + compared + ":VARIANT (gates, tuning)"));
        assertThat(sluice("compare", one, compared + ":tunning"))
                .satisfies(Console.oneLine("has no finished run of variant 'tunning': did you mean 'tuning'?"));
        assertThat(sluice("compare", one, runs.resolve("other")))
                .satisfies(Console.oneLine("has seeds [1]", "has [2]: run one of them with a seed of the other"));
        assertThat(sluice("compare", one)).satisfies(Console.oneLine("RUN_B"));
        assertThat(sluice("compare", one, one, "--out", file)).satisfies(Console.oneLine("is there already"));
        assertThat(file).hasContent("precious");
    }
}
