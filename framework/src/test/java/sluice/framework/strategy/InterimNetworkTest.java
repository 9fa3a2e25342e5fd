package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.result.InterimModel;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.Scenario;

/** Whoever asks a network between steps changes nothing of what comes of it. */
@Tag("slow")
class InterimNetworkTest {
    private static final int TASKS = 3;
    private static final int TESTED = 30;

    static Stream<Arguments> strategies() {
        return Strategies.BY_NAME.values().stream()
                .filter(entry -> entry.with(ImmutableMap.of(), new Strategies.Conditions(Scenario.TASK, TASKS))
                        instanceof PlainStrategy)
                .flatMap(entry -> entry.scenarios().stream().map(scenario -> Arguments.of(entry.name(), scenario)));
    }

    private static PlainStrategy strategy(String name, Scenario scenario) {
        Strategies.Entry entry = Strategies.BY_NAME.get(name);
        ImmutableMap<String, Double> small = Clouds.small(entry);
        return (PlainStrategy) entry.with(small, new Strategies.Conditions(scenario, TASKS));
    }

    private static TrainingResult learn(PlainStrategy strategy, Scenario scenario, TrainingListener listener) {
        return strategy.learn(Clouds.sequence(strategy, scenario, TASKS), Clouds.setup(), listener);
    }

    /** Asks for everything, always, and keeps the answers. */
    private static final class Curious implements TrainingListener {
        final List<Long> steps = new ArrayList<>();
        final List<Integer> ofFirstTask = new ArrayList<>();
        int learning;
        long lasts;

        @Override
        public void taskStarted(String task, int position, long steps) {
            learning = position;
            lasts = steps;
        }

        @Override
        public void betweenSteps(long done, InterimModel model) {
            steps.add(done);
            for (int task = 0; task < learning; task++) {
                if (!model.answers(task)) {
                    assertThat(task).isEqualTo(learning - 1);
                    continue;
                }
                InterimModel.Answers answers = model.ask(task, TESTED + 1);
                assertThat(answers.total()).isEqualTo(TESTED);
                assertThat(answers.correct()).isBetween(0, TESTED);
                assertThat(model.ask(task, 7).total()).isEqualTo(7);
                assertThat(model.features(task, 7)).hasDimensions(7, 10);
                if (task == 0) {
                    ofFirstTask.add(answers.correct());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void resultsAndAccountsAreTheSame(String name, Scenario scenario) {
        TrainingResult silent = learn(strategy(name, scenario), scenario, TrainingListener.SILENT);

        TrainingResult asked = learn(strategy(name, scenario), scenario, new Curious());

        assertThat(asked.matrix()).isEqualTo(silent.matrix());
        assertThat(asked.tasks())
                .extracting(TaskSummary::account)
                .isEqualTo(silent.tasks().stream().map(TaskSummary::account).toList());
    }

    @Test
    void aTaskIsAskedForBeforeItsFirstStepAndAfterEach() {
        Curious curious = new Curious();

        TrainingResult result = learn(strategy("fine-tuning", Scenario.TASK), Scenario.TASK, curious);

        long steps = result.tasks().get(0).steps();
        assertThat(curious.steps)
                .isEqualTo(LongStream.range(0, TASKS)
                        .flatMap(task -> LongStream.rangeClosed(0, steps))
                        .boxed()
                        .toList());
        assertThat(curious.ofFirstTask.get(0))
                .isEqualTo(result.matrix().cell(0, 1).orElseThrow().correct());
        for (int task = 1; task <= TASKS; task++) {
            assertThat(curious.ofFirstTask.get((int) (task * (steps + 1) - 1)))
                    .as("after task %s", task)
                    .isEqualTo(result.matrix().cell(task, 1).orElseThrow().correct());
        }
    }

    @Test
    void anEndedSupermaskIsTheOneThatWasSeenInTheMiddle() {
        Curious curious = new Curious();

        learn(strategy("supermasks", Scenario.TASK), Scenario.TASK, curious);

        List<Integer> during = curious.ofFirstTask.subList(0, (int) curious.lasts + 1);
        assertThat(during.get(during.size() - 2)).isGreaterThan(during.get(0));
    }

    @Test
    void icarlHasNoAnswersForATaskWhoseExemplarsAreNotChosenYet() {
        Curious curious = new Curious();

        TrainingResult result = learn(strategy("icarl", Scenario.CLASS), Scenario.CLASS, curious);

        int steps = (int) curious.lasts;
        assertThat(curious.ofFirstTask).hasSize(1 + 2 * (steps + 1));
        assertThat(curious.ofFirstTask.get(0))
                .isEqualTo(result.matrix().cell(1, 1).orElseThrow().correct());
    }

    @Test
    void nothingIsToldWhereAllIsLearnedAtOnce() {
        Curious curious = new Curious();

        learn(strategy("joint", Scenario.TASK), Scenario.TASK, curious);

        assertThat(curious.steps).isEmpty();
    }
}
