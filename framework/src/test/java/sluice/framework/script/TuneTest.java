package sluice.framework.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.framework.SmallTasks;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

class TuneTest {
    private static Tune tune(String section) {
        TaskSequenceScript script = (TaskSequenceScript)
                ScriptReader.parse("data: {set: digits}\ntune: " + section, "a", Path.of(""), List.of());
        return Tune.of(script.top()).orElseThrow();
    }

    @Test
    void allCombinationsAreTriedInOrder() {
        Tune tune = tune(
                "{try: {training.learning_rate: {from: 0.001, to: 0.1, count: 3, scale: log}, strategy: [er, {mas: {lambda: 2}}]}}");

        assertThat(tune.candidates(1))
                .startsWith(
                        ImmutableMap.of("training.learning_rate", "0.001", "strategy", "er"),
                        ImmutableMap.of("training.learning_rate", "0.001", "strategy", "{mas: {lambda: 2}}"),
                        ImmutableMap.of("training.learning_rate", "0.01", "strategy", "er"))
                .hasSize(6);
        assertThat(tune.by(false).key()).isEqualTo("acc");
        assertThat(tune.seeds()).containsExactly(101L, 102L);
        assertThat(tune.selection()).isEqualTo(Selection.DEFAULT);
    }

    @Test
    void trialsAreDrawnOnceEachFromTheSeed() {
        Tune tune = tune(
                "{trials: 5, by: forgetting, try: {training.learning_rate: {from: 0.001, to: 0.1, scale: log}, training.batch_size: [8, 16]}}");

        ImmutableList<ImmutableMap<String, String>> drawn = tune.candidates(1);

        assertThat(drawn).hasSize(5).doesNotHaveDuplicates().isEqualTo(tune.candidates(1));
        assertThat(tune.candidates(2)).isNotEqualTo(drawn);
        assertThat(drawn)
                .allSatisfy(settings -> assertThat(Double.parseDouble(settings.get("training.learning_rate")))
                        .isBetween(0.001, 0.1));
        assertThat(tune("{trials: 5, try: {training.batch_size: [8, 16]}}").candidates(1))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{by: acc} | tune.try: is missing",
                "{try: {}} | tries nothing",
                "{try: {seed: [1, 2]}} | seed is not searched for",
                "{try: {data.set: [a]}} | data is not searched for",
                "{try: {training.epochs: 3}} | must be a list of values, or a range",
                "{try: {training.epochs: []}} | must be a list of values, or a range",
                "{try: {a: {from: 2, to: 1}}} | must be above from, which is 2.0",
                "{try: {a: {from: 0, to: 1, scale: log}}} | must be above 0 where scale is log",
                "{by: steps, try: {a: [1]}} | unknown metric 'steps'",
                "{by: multiply_adds_dense, try: {a: [1]}} | unknown metric 'multiply_adds_dense'",
                "{seeds: [1, 1], try: {a: [1]}} | seed 1 is there already",
                "{held_out: 0.6, try: {a: [1]}} | must be",
                "{tries: 3} | unknown key 'tries': did you mean 'trials'"
            })
    void saysWhatIsWrong(String section, String message) {
        assertThatThrownBy(() -> tune(section))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    /** Test examples have no part in a selection: with others it is the same. */
    @Test
    void aSelectionHoldsOutTrainingExamples() {
        TaskSequence sequence = SmallTasks.sequence(3, 5);

        TaskSequence selected = new Selection(0.25, OptionalInt.of(2)).of(sequence);

        assertThat(selected.names()).isEqualTo(sequence.names().subList(0, 2));
        for (int t = 0; t < 2; t++) {
            Examples all = sequence.tasks().get(t).train();
            Examples train = selected.tasks().get(t).train();
            Examples test = selected.tasks().get(t).test();
            assertThat(train.size()).isEqualTo(36);
            assertThat(Arrays.stream(test.labels()).filter(label -> label == 0)).hasSize(6);
            assertThat(test.size()).isEqualTo(12);
            assertThat(rows(train, test)).containsExactlyInAnyOrderElementsOf(rows(all));
        }
        assertThat(new Selection(0.25, OptionalInt.empty()).of(sequence).names())
                .isEqualTo(sequence.names());
    }

    private static List<String> rows(Examples... parts) {
        return Arrays.stream(parts)
                .flatMap(part -> java.util.stream.IntStream.range(0, part.size())
                        .mapToObj(i -> part.label(i) + Arrays.toString(part.row(i))))
                .toList();
    }
}
