package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.StrategyRuns;
import sluice.tasks.InputException;

class MetricCheckTest {
    private static RunMetrics run(String strategy, long seed, double acc) {
        return RunMetrics.empty(strategy, seed)
                .with("acc", acc)
                .with("bwt", MetricValue.undefined("there is only one task"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acc < 0.9 | 0.9 | false",
                "acc < 0.9 | 0.8999 | true",
                "acc<=0.9 | 0.9 | true",
                "acc > 0 | 0 | false",
                "acc >-0.5 | -0.4 | true",
                "acc>=1e-3 | 0.001 | true",
                "  acc   ==  1 | 1 | true",
                "acc == 1 | 0.9999999999 | false",
                "acc != 1 | 1 | false",
                "acc != 1 | 0.5 | true"
            })
    void aConditionThatHoldsFails(String condition, double value, boolean failed) {
        assertThat(MetricCheck.parse(condition).of(run("gates", 1, value)).failed())
                .isEqualTo(failed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "forgeting > 0 | unknown metric 'forgeting': did you mean 'forgetting'?",
                "learning-accuracy < 1 | unknown metric 'learning-accuracy': did you mean 'learning_accuracy'?",
                "occupancy_layer_0 > 1 | unknown metric 'occupancy_layer_0': did you mean 'occupancy_layer_1'?",
                "colour > 0 | unknown metric 'colour': choose one of acc, bwt,",
                "acc => 0.9 | unknown operator '=>': choose one of <, <=, >, >=, ==, !=",
                "acc = 0.9 | unknown operator '=': choose one of",
                "acc lt 0.9 | write a metric, an operator (<, <=, >, >=, ==, !=) and a number, such as 'forgetting > 0'",
                "acc | write a metric",
                "acc < | write a metric",
                "'' | write a metric",
                "acc < 0.9 or bwt < 0 | write a metric",
                "acc < 99% | '99%' is no number: metrics are shares, write 0.99 for 99 %",
                "acc < many | 'many' is no finite number: write one such as 0.99",
                "acc < NaN | 'NaN' is no finite number",
                "acc < 1e999 | '1e999' is no finite number"
            })
    void aWrongConditionIsRefusedWithWhatThereIs(String condition, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> MetricCheck.parse(condition))
                .withMessageStartingWith("--fail-if '")
                .withMessageContaining(message);
    }

    @Test
    void whatCannotBeToldFailsAndSaysWhy() {
        MetricCheck.Result undefined = MetricCheck.parse("bwt < 0").of(run("gates", 1, 1));
        MetricCheck.Result unmeasured = MetricCheck.parse("reuse < 0").of(run("gates", 1, 1));

        assertThat(undefined.failed()).isTrue();
        assertThat(undefined.line()).isEqualTo("bwt < 0: it is undefined because there is only one task");
        assertThat(unmeasured.line()).isEqualTo("reuse < 0: it is undefined because this run did not measure it");
    }

    @Test
    void ofAComparisonEveryVariantsMeanIsLookedAt() {
        ImmutableList<StrategyRuns> variants =
                StrategyRuns.of(List.of(run("a", 1, 0.5), run("b", 1, 1), run("a", 2, 0.75), run("b", 2, 1)));

        List<MetricCheck.Result> results = MetricCheck.parse("acc < 0.7").of(variants);

        assertThat(results).extracting(MetricCheck.Result::failed).containsExactly(true, false);
        assertThat(results.get(0).line()).isEqualTo("acc < 0.7: the mean of variant a is 0.625");
    }

    @Test
    void theXmlIsThatOfJUnitAndHoldsAnyText() throws Exception {
        List<MetricCheck.Result> results =
                MetricCheck.parse("acc < 0.7").of(StrategyRuns.of(List.of(run("a<&\"'>", 1, 0.5), run("b", 1, 1))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ChecksXml.write("mine", results, out);

        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(out.toByteArray()));
        Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertThat(xml.getDocumentElement().getTagName()).isEqualTo("testsuites");
        assertThat(suite.getAttribute("name")).isEqualTo("mine");
        assertThat(suite.getAttribute("tests")).isEqualTo("2");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        Element failing = (Element) xml.getElementsByTagName("testcase").item(0);
        assertThat(failing.getAttribute("classname")).isEqualTo("mine.a<&\"'>");
        assertThat(failing.getAttribute("name")).isEqualTo("not acc < 0.7");
        assertThat(((Element) failing.getElementsByTagName("failure").item(0)).getAttribute("message"))
                .isEqualTo("acc < 0.7: the mean of variant a<&\"'> is 0.5");
        Element passing = (Element) xml.getElementsByTagName("testcase").item(1);
        assertThat(passing.getElementsByTagName("failure").getLength()).isZero();
    }
}
