package sluice.framework.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.evaluation.MetricValue;
import sluice.framework.inference.StreamBorder;
import sluice.framework.stream.StreamSettings.Borders;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** What was noticed of a stream, beside what it was. */
class StreamTruthTest {
    private static final int MINI_BATCH = 10;
    private static final StreamBorder FIRST = new StreamBorder(0, true);

    /** Two tasks of 90 and 100 examples, and then the first again, of 10. */
    private static final StreamOrder ORDER = StreamOrder.of(
            TaskSequence.of("two", Normalisation.NONE, task("a"), task("b")).withScenario(Scenario.DOMAIN),
            new StreamSettings(Borders.HIDDEN).repeating("a"),
            1);

    private static Task task(String name) {
        int[] labels = IntStream.range(0, 100).map(i -> i % 2).toArray();
        Examples all = Examples.of(new float[100], 1, labels);
        return new Task(name, ImmutableList.of(0, 1), all, all);
    }

    /** Of a learner that answers 0 always and notices this, by mini-batch. */
    private static ImmutableMap<String, MetricValue> metrics(Map<Integer, StreamBorder> noticed) {
        StreamTruth truth = new StreamTruth(ORDER, MINI_BATCH);
        for (int from = 0; from < ORDER.size(); from += MINI_BATCH) {
            Examples batch = ORDER.examples(from, from + MINI_BATCH);
            int[] labels = IntStream.range(0, MINI_BATCH).map(batch::label).toArray();
            Optional<StreamBorder> border = Optional.ofNullable(noticed.get(from / MINI_BATCH));
            truth.learned(from, from + MINI_BATCH, labels, new StreamStep(new int[MINI_BATCH], MINI_BATCH, 1, border));
        }
        return truth.metrics();
    }

    private static OptionalDouble number(Map<String, MetricValue> metrics, String name) {
        return metrics.get(name).number();
    }

    @Test
    void bordersThatAreNoticedLateAreFoundAndTheLatestSaysHowLate() {
        ImmutableMap<String, MetricValue> metrics =
                metrics(Map.of(0, FIRST, 12, new StreamBorder(1, true), 19, new StreamBorder(0, false)));

        assertThat(number(metrics, "borders_found")).hasValue(1);
        assertThat(number(metrics, "borders_false")).hasValue(0);
        assertThat(number(metrics, "border_delay")).hasValue(3);
        assertThat(number(metrics, "tasks_recognised")).hasValue(1);
        assertThat(number(metrics, "prequential_accuracy")).hasValue(0.5);
    }

    @Test
    void whatIsNoticedWhereNothingIsOrTakenForAnotherTaskIsFalse() {
        ImmutableMap<String, MetricValue> metrics = metrics(Map.of(
                0, FIRST, 4, new StreamBorder(1, true), 10, new StreamBorder(2, true), 19, new StreamBorder(2, false)));

        assertThat(number(metrics, "borders_found")).hasValue(0.5);
        assertThat(number(metrics, "borders_false")).hasValue(2);
        assertThat(number(metrics, "border_delay")).hasValue(1);
        assertThat(number(metrics, "tasks_recognised")).hasValue(0);
    }

    @Test
    void whereNothingIsNoticedThereIsNoDelay() {
        ImmutableMap<String, MetricValue> metrics = metrics(Map.of(0, FIRST));

        assertThat(number(metrics, "borders_found")).hasValue(0);
        assertThat(number(metrics, "borders_false")).hasValue(0);
        assertThat(metrics.get("border_delay").text()).contains("no border was found");
    }
}
