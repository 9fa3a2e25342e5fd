package sluice.framework.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.ContinualResult;
import sluice.framework.ContinualTrainer;
import sluice.framework.Evaluation;
import sluice.framework.SmallTasks;
import sluice.framework.conditional.EarlyExits;
import sluice.framework.conditional.ExitLayer;
import sluice.framework.conditional.ExitTrainer;
import sluice.framework.conditional.GaterTarget;
import sluice.framework.conditional.View;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.InputGates;
import sluice.framework.internal.state.StateMisfitException;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.Optimizers;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.optimizer.Validation;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.gating.Estimators;
import sluice.gating.Granularity;
import sluice.gating.OpenBudget;
import sluice.gating.StraightThrough;
import sluice.tasks.InputException;
import sluice.tasks.Shape;
import sluice.tasks.TaskSequence;

/** A gated network that goes on from a checkpoint ends as if nothing had happened. */
class GatedCheckpointTest {
    private static final int TASKS = 3;

    @TempDir
    private Path folder;

    /** Where a copy of the state does not fit in memory. */
    private static final class Full implements Checkpoints {
        private int missed;

        @Override
        public Optional<Checkpoint> start() {
            return Optional.empty();
        }

        @Override
        public boolean due() {
            return missed < 2;
        }

        @Override
        public void take(Checkpoint checkpoint) {
            throw new OutOfMemoryError("as if");
        }

        @Override
        public void missed(String why) {
            missed++;
        }
    }

    private record Form(ContinualTrainer trainer, NetworkShape shape) {
        GatedNetwork network(TaskSequence sequence) {
            return GatedNetwork.create(shape, sequence.normalisation(), 11);
        }

        TaskSequence sequence() {
            TaskSequence plain = SmallTasks.sequence(TASKS, 11);
            return shape.input() instanceof Shape.Vector ? plain : plain.withShape(shape.input());
        }
    }

    private static ContinualTrainer trainer(GateSettings gates, String optimizer, int threads) {
        return new ContinualTrainer(
                gates,
                new TrainingSettings(
                        3, 16, Optimizers.BY_NAME.get(optimizer).of(0.01, 0, 0.01), Double.POSITIVE_INFINITY),
                threads);
    }

    private static GateSettings estimator(String name) {
        return GateSettings.DEFAULT.withEstimator(Estimators.BY_NAME.get(name).estimator());
    }

    static Stream<Arguments> forms() {
        NetworkShape dense = SmallTasks.dense(ImmutableList.of(9, 8), false);
        EarlyExits exits = new EarlyExits(
                ImmutableList.of(new ExitLayer(3, 0.1, View.BELOW, false)), 0.1, 0.3, ExitTrainer.NO_BUDGET);
        InputGates gater = new InputGates(ImmutableList.of(3), 1, 0.5, new GaterTarget.Budget(), 5);
        return Stream.of(
                Arguments.of("adam", new Form(trainer(GateSettings.DEFAULT, "adam", 1), dense)),
                Arguments.of("two threads", new Form(trainer(GateSettings.DEFAULT, "adam", 2), dense)),
                Arguments.of("sgd", new Form(trainer(GateSettings.DEFAULT, "sgd", 1), dense)),
                Arguments.of("amsgrad", new Form(trainer(GateSettings.DEFAULT, "amsgrad", 1), dense)),
                Arguments.of("rmsprop", new Form(trainer(GateSettings.DEFAULT, "rmsprop", 1), dense)),
                Arguments.of("centred", new Form(trainer(estimator("centred"), "adam", 1), dense)),
                Arguments.of("rebar", new Form(trainer(estimator("rebar"), "adam", 1), dense)),
                Arguments.of("relax", new Form(trainer(estimator("relax"), "adam", 1), dense)),
                Arguments.of("muprop", new Form(trainer(estimator("muprop"), "adam", 1), dense)),
                Arguments.of("concrete", new Form(trainer(estimator("concrete"), "adam", 1), dense)),
                Arguments.of("hold", new Form(trainer(GateSettings.DEFAULT.withHold(5), "adam", 1), dense)),
                Arguments.of(
                        "per example",
                        new Form(
                                trainer(estimator("st-identity").withGranularity(Granularity.PER_EXAMPLE), "adam", 1),
                                dense)),
                Arguments.of(
                        "groups, relax", new Form(trainer(estimator("relax").withGroups(4), "adam", 1), dense)),
                Arguments.of(
                        "groups, muprop", new Form(trainer(estimator("muprop").withGroups(4), "adam", 1), dense)),
                Arguments.of(
                        "groups, centred", new Form(trainer(estimator("centred").withGroups(4), "adam", 1), dense)),
                Arguments.of(
                        "budget",
                        new Form(trainer(GateSettings.DEFAULT.withBudget(new OpenBudget(0.4)), "adam", 1), dense)),
                Arguments.of(
                        "growth",
                        new Form(
                                trainer(GateSettings.DEFAULT, "adam", 1).withGrowth(new Growth.Share(0.5, 0.9)),
                                dense)),
                Arguments.of(
                        "separate",
                        new Form(trainer(GateSettings.DEFAULT, "adam", 1).withGrowth(Growth.SEPARATE), dense)),
                Arguments.of(
                        "batch normalisation",
                        new Form(
                                trainer(GateSettings.DEFAULT, "adam", 1),
                                SmallTasks.dense(ImmutableList.of(9, 8), true))),
                Arguments.of(
                        "convolutions",
                        new Form(trainer(GateSettings.DEFAULT, "adam", 1), SmallTasks.convolutional(3))),
                Arguments.of(
                        "gater",
                        new Form(
                                trainer(
                                        GateSettings.DEFAULT
                                                .withEstimator(StraightThrough.DERIVATIVE)
                                                .withGater(gater),
                                        "adam",
                                        1),
                                dense)),
                Arguments.of(
                        "exits",
                        new Form(trainer(GateSettings.DEFAULT, "adam", 1).withExits(exits), dense)),
                Arguments.of(
                        "held out",
                        new Form(
                                new ContinualTrainer(
                                        GateSettings.DEFAULT,
                                        new TrainingSettings(9, 9, Optimizer.adam(0.05), Double.POSITIVE_INFINITY)
                                                .withValidation(new Validation(0.25, 100)),
                                        1),
                                dense)),
                Arguments.of(
                        "evaluated at the ends",
                        new Form(trainer(GateSettings.DEFAULT, "adam", 1).withEvaluation(Evaluation.ENDS), dense)));
    }

    private byte[] model(GatedNetwork network, String name) throws IOException {
        Path file = folder.resolve(name);
        network.save(file);
        return Files.readAllBytes(file);
    }

    private static TaskSummary withoutTime(TaskSummary task) {
        return new TaskSummary(
                task.task(),
                task.openUnits(),
                task.steps(),
                0,
                task.account(),
                task.digest(),
                task.hardening(),
                task.unchanged(),
                task.grown(),
                task.capacity(),
                task.chosen());
    }

    private static Checkpoint killedAfter(Form form, int steps) {
        KilledAfter after = new KilledAfter(steps);
        try (GatedNetwork network = form.network(form.sequence())) {
            assertThatThrownBy(() -> form.trainer().train(network, form.sequence(), TrainingListener.SILENT, after))
                    .isInstanceOf(CancellationException.class);
        }
        return after.taken();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void goesOnWithTheSameBits(String name, Form form) throws IOException {
        TaskSequence sequence = form.sequence();
        try (GatedNetwork whole = form.network(sequence)) {
            ContinualResult undisturbed = form.trainer().train(whole, sequence, TrainingListener.SILENT);
            long perTask = undisturbed.tasks().get(0).steps();
            byte[] expected = model(whole, "whole.sluice");
            for (long steps : new long[] {1, perTask / 2, perTask, perTask + 4, 3 * perTask - 1}) {
                Path file = folder.resolve("checkpoint.sluice");
                killedAfter(form, (int) steps).save(file);
                try (GatedNetwork network = form.network(sequence)) {
                    ContinualResult resumed = form.trainer()
                            .train(network, sequence, TrainingListener.SILENT, new From(Checkpoint.load(file)));

                    assertThat(model(network, "resumed.sluice")).isEqualTo(expected);
                    assertThat(resumed.matrix()).isEqualTo(undisturbed.matrix());
                    assertThat(resumed.tasks().stream().map(GatedCheckpointTest::withoutTime))
                            .isEqualTo(undisturbed.tasks().stream()
                                    .map(GatedCheckpointTest::withoutTime)
                                    .toList());
                    assertThat(resumed.comparedLogits()).isEqualTo(undisturbed.comparedLogits());
                }
            }
        }
    }

    @Test
    void trainingGoesOnWhereNoCopyFits() throws IOException {
        Form form = (Form) forms().findFirst().orElseThrow().get()[1];
        Full full = new Full();
        try (GatedNetwork whole = form.network(form.sequence());
                GatedNetwork network = form.network(form.sequence())) {
            form.trainer().train(whole, form.sequence(), TrainingListener.SILENT);
            form.trainer().train(network, form.sequence(), TrainingListener.SILENT, full);

            assertThat(full.missed).isEqualTo(2);
            assertThat(model(network, "full.sluice")).isEqualTo(model(whole, "whole.sluice"));
        }
    }

    @Test
    void aCheckpointIsReadAsItWasWrittenAndRefusedWhereItIsDamaged() throws IOException {
        Checkpoint checkpoint =
                killedAfter((Form) forms().findFirst().orElseThrow().get()[1], 20);
        Path file = folder.resolve("a.sluice");
        Path again = folder.resolve("b.sluice");
        checkpoint.save(file);
        Checkpoint.load(file).save(again);

        assertThat(again).hasSameBinaryContentAs(file);
        assertThat(Checkpoint.notes(file)).isEqualTo(checkpoint.notes());
        assertThat(checkpoint.place()).isEqualTo("task 3 (task 2), after 2 steps");
        byte[] bytes = Files.readAllBytes(file);
        for (int at : IntStream.iterate(0, i -> i < bytes.length, i -> i + Math.max(1, bytes.length / 50))
                .toArray()) {
            byte[] altered = bytes.clone();
            altered[at] ^= 1;
            Files.write(again, altered);
            assertThatThrownBy(() -> Checkpoint.load(again)).isInstanceOf(InputException.class);
            Files.write(again, Arrays.copyOf(bytes, at));
            assertThatThrownBy(() -> Checkpoint.load(again)).isInstanceOf(InputException.class);
        }
    }

    @Test
    void itHoldsLittleMoreThanItMust() {
        Form form = (Form) forms().findFirst().orElseThrow().get()[1];
        TaskSequence sequence = form.sequence();
        NetworkShape wide = SmallTasks.dense(ImmutableList.of(300, 300), false);
        Checkpoint checkpoint = killedAfter(new Form(form.trainer(), wide), 2);
        long weights = 300L * (sequence.features() + 300) + 600;

        // a weight and two moments of Adam
        assertThat(checkpoint.snapshot().size()).isLessThan((long) (1.2 * 3 * Float.BYTES * weights));
    }

    @Test
    void aCheckpointOfAnotherTrainingIsRefused() {
        Checkpoint checkpoint =
                killedAfter((Form) forms().findFirst().orElseThrow().get()[1], 20);
        Form other =
                new Form(trainer(GateSettings.DEFAULT, "amsgrad", 1), SmallTasks.dense(ImmutableList.of(9, 8), false));
        try (GatedNetwork network = other.network(other.sequence())) {
            assertThatThrownBy(() -> other.trainer()
                            .train(network, other.sequence(), TrainingListener.SILENT, new From(checkpoint)))
                    .isInstanceOf(StateMisfitException.class);
        }
    }
}
