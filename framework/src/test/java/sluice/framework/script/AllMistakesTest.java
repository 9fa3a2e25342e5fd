package sluice.framework.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import sluice.tasks.script.ScriptReader;

/** All mistakes of a script are told at once, and nothing that only follows from them. */
class AllMistakesTest {
    private static final Pattern KEY = Pattern.compile(".*?\\.yaml:[0-9]+: ([^ ]+): .*");

    private Path folder;

    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("mistakes");
    }

    @AfterTry
    void removeFolder() throws IOException {
        Files.deleteIfExists(folder.resolve("mine.yaml"));
        Files.delete(folder);
    }

    private List<String> complaints(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), script);
        return ScriptReader.named(file.toString(), ImmutableList.of(), ScriptSections::check).mistakes().stream()
                .map(mistake -> mistake.getMessage().replace(folder + "/mine.yaml", ""))
                .toList();
    }

    @Example
    void mistakesOfAllSectionsAreToldByTheirLines() throws IOException {
        assertThat(complaints("""
                        nme: Test
                        data:
                          set: csvv
                          train: t.csv
                          lable: y
                        scenario: clas
                        strategy: ewk
                        network:
                          hidden: [0, 400, -3, x]
                          hiden: 3
                        gates:
                          sparsity: lots
                          estimator: {concrete: {temperature: -1}}
                          slope: {schedule: linear, end: 3}
                        training:
                          epochs: many
                          iterations: 3
                          batch-size: 0
                          optimizer: adm
                          momentum: 2
                        report: {references: [join, joint], continual: maybe}
                        threads: 0
                        """))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(":1: unknown key 'nme': did you mean 'name'?"),
                        line -> assertThat(line).startsWith(":2: data.test: is missing"),
                        line -> assertThat(line).startsWith(":3: data.set: unknown data set 'csvv'"),
                        line -> assertThat(line).startsWith(":5: data: unknown key 'lable': did you mean 'label'?"),
                        line -> assertThat(line).startsWith(":6: scenario: unknown choice 'clas'"),
                        line -> assertThat(line).startsWith(":7: strategy: unknown strategy 'ewk'"),
                        line -> assertThat(line).startsWith(":9: network.hidden[0]: must be in"),
                        line -> assertThat(line).startsWith(":9: network.hidden[2]: must be in"),
                        line -> assertThat(line).startsWith(":9: network.hidden[3]: must be a whole number"),
                        line -> assertThat(line).startsWith(":10: network: unknown key 'hiden'"),
                        line -> assertThat(line).startsWith(":12: gates.sparsity: must be a finite number"),
                        line -> assertThat(line).startsWith(":13: gates.estimator: estimator concrete: temperature"),
                        line -> assertThat(line).startsWith(":14: gates.slope.end: has no meaning"),
                        line -> assertThat(line).startsWith(":16: training.epochs: cannot stand beside iterations"),
                        line -> assertThat(line).startsWith(":18: training: unknown key 'batch-size'"),
                        line -> assertThat(line).startsWith(":18: training.batch_size: must be in"),
                        line -> assertThat(line).startsWith(":19: training.optimizer: unknown optimizer 'adm'"),
                        line -> assertThat(line).startsWith(":21: report.references[0]: unknown choice 'join'"),
                        line -> assertThat(line).startsWith(":21: report.continual: must be none"),
                        line -> assertThat(line).startsWith(":22: threads: must be in"));
    }

    @Example
    void whatOnlyFollowsFromAnotherMistakeIsNotTold() throws IOException {
        assertThat(complaints("data: {set: digits}\nnetwork: {hidden: [x]}\ngates: {groups: 500}\n"))
                .singleElement()
                .asString()
                .startsWith(":2: network.hidden[0]");
        assertThat(
                        complaints(
                                "data: {set: digits}\nstrategy: gatez\nnetwork: {layers: [{dense: no, exit: margin}], budget: 3}\n"))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(":2: strategy: unknown"),
                        line -> assertThat(line).startsWith(":3: network.layers[0].dense: must be"));
        assertThat(complaints("data: {set: digits}\nscenario: 3\nstrategy: ewc\nnetwork: {normalisation: batch}\n"))
                .singleElement()
                .asString()
                .startsWith(":2: scenario: unknown choice");
    }

    @Example
    void contradictionsAreToldBesideEachOther() throws IOException {
        assertThat(complaints("""
                        data: {set: digits}
                        split: {permuted: 0}
                        generator: {kind: structured, latents: [9]}
                        network: {hidden: 3}
                        training: {gradient_clip: 1, epochs: 0}
                        """))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(":2: split: has no meaning beside generator"),
                        line -> assertThat(line).startsWith(":4: network: has no meaning beside generator"),
                        line -> assertThat(line).startsWith(":5: training.gradient_clip: has no meaning"),
                        line -> assertThat(line).startsWith(":5: training.epochs: must be in"));
    }

    @Example
    void aKeyThatIsGivenTwiceHidesNoOther() throws IOException {
        assertThat(complaints("data: {set: digits}\nseed: 1\ntraining: {epochs: 0, epochs: 2}\nseed: 2\nthreads: 0\n"))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(":3: training.epochs: given twice"),
                        line -> assertThat(line).startsWith(":3: training.epochs: must be in"),
                        line -> assertThat(line).startsWith(":4: seed: given twice, first at :2"),
                        line -> assertThat(line).startsWith(":5: threads: must be in"));
    }

    @Example
    void mistakesOfVariantsAreToldOnceAndThoseOfAllVariantsToo() throws IOException {
        assertThat(complaints("""
                        data: {set: digits}
                        training: {epoch: 3, learning_rate: -1}
                        compare:
                          seeds: [1, 2, b]
                          variants:
                          - {name: a}
                          - {name: A}
                          - {name: b, set: {training.batch_size: no, gates.foo: 3}}
                          - {set: {strategy: ewcc}}
                          - {name: c, set: {seed: 3}}
                        """))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(":2: training: unknown key 'epoch'"),
                        line -> assertThat(line).startsWith(":2: training.learning_rate: must be above 0"),
                        line -> assertThat(line).startsWith(":4: compare.seeds[2]: must be a whole number"),
                        line -> assertThat(line).startsWith(":7: compare.variants[1].name: there is a variant 'a'"),
                        line -> assertThat(line).startsWith(":8: gates: unknown key 'foo'"),
                        line -> assertThat(line).startsWith(":8: training.batch_size: must be a whole number"),
                        line -> assertThat(line).startsWith(":9: compare.variants[3].name: is missing"),
                        line -> assertThat(line).startsWith(":9: strategy: unknown strategy 'ewcc'"),
                        line -> assertThat(line).startsWith(":10: compare.variants[4].set.seed: seed is the same"));
    }

    @Property(tries = 100)
    @Domain(ScriptDomain.class)
    @Domain(DomainContext.Global.class)
    void onlyKeysThatWereSpoiltAreToldOf(@ForAll ScriptDomain.Written script, @ForAll long seed) throws IOException {
        List<String> spoilt = new ArrayList<>();
        Map<String, Object> settings = spoil(script.settings(), "", new Random(seed), spoilt);

        List<String> told = complaints(ScriptDomain.yaml(settings)).stream()
                .map(AllMistakesTest::key)
                .toList();

        assertThat(spoilt).containsAll(told);
        assertThat(told).doesNotHaveDuplicates();
        assertThat(told.isEmpty()).isEqualTo(spoilt.isEmpty());
    }

    private static String key(String line) {
        Matcher matcher = KEY.matcher("mine.yaml" + line);
        return matcher.matches() ? matcher.group(1) : line;
    }

    /** Nothing in place of some values. */
    private static Map<String, Object> spoil(Map<?, ?> settings, String around, Random random, List<String> spoilt) {
        Map<String, Object> written = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            String key = around + name;
            if (random.nextInt(6) == 0) {
                spoilt.add(key);
                written.put((String) name, null);
            } else {
                written.put(
                        (String) name,
                        value instanceof Map<?, ?> inner ? spoil(inner, key + ".", random, spoilt) : value);
            }
        });
        return written;
    }
}
