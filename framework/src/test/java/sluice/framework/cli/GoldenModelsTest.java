package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sluice.framework.cli.Console.sluice;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Floats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.ContinualTrainer;
import sluice.framework.Evaluation;
import sluice.framework.SmallTasks;
import sluice.framework.conditional.EarlyExits;
import sluice.framework.conditional.ExitLayer;
import sluice.framework.conditional.ExitTrainer;
import sluice.framework.conditional.GaterTarget;
import sluice.framework.conditional.View;
import sluice.framework.discriminant.DiscriminantTrainer;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.InputGates;
import sluice.framework.generator.ReplayForm;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.framework.strategy.GenerativeClassifier;
import sluice.framework.strategy.Setup;
import sluice.gating.GradientEstimator;
import sluice.gating.StraightThrough;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * Models of every kind as an earlier build wrote them, each with the answers that that build gave: {@code NAME,TASK.csv},
 * or {@code NAME.csv} of a model that is not told the task. They load and answer so for ever.
 *
 * <p>Those whose names end in a format were written by {@link #thePresentBuildWritesThem}, run with
 * {@code -Dsluice.test.golden=FOLDER} by the build that had this format first. Whoever makes a new one gives its number to the names
 * there, and puts beside the old files what that writes.
 */
class GoldenModelsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/sluice/framework/golden");
    private static final String FOLDER = "sluice.test.golden";
    private static final TaskSequence CLOUDS =
            TaskSequence.of("clouds", Normalisation.NONE, SmallTasks.task("a", 1), SmallTasks.task("b", 2));
    private static final TrainingSettings TRAINING =
            new TrainingSettings(20, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY);

    private static final Splitter CELLS = Splitter.on(',');

    @TempDir
    private Path folder;

    static Stream<Path> answers() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN.resolve("answers"))) {
            return files.sorted().toList().stream();
        }
    }

    private static String input(String model) {
        if (model.startsWith("clouds")) {
            return "clouds.csv";
        }
        return model.contains("convolutional") || model.matches("discriminant-(class|subnetworks)")
                ? "images.csv"
                : "rows.csv";
    }

    private static Console.Result answer(Path models, String asked, Path out, String... options) {
        List<String> names = CELLS.splitToList(asked);
        List<String> command = new ArrayList<>(List.of(
                "predict",
                "--model",
                models.resolve(names.get(0) + ".sluice").toString(),
                "--input",
                models.resolve(input(names.get(0))).toString(),
                "--out",
                out.toString()));
        command.addAll(List.of(options));
        if (names.size() > 1) {
            command.addAll(List.of("--task", names.get(1)));
        }
        if (names.get(0).contains("exits")) {
            command.addAll(List.of("--budget", "50"));
        }
        return sluice(command.toArray());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void aModelOfAnEarlierBuildAnswersAsItDid(Path answers) throws IOException {
        Path out = folder.resolve("answers.csv");

        Console.Result result = answer(GOLDEN, answers.getFileName().toString().replace(".csv", ""), out);

        assertThat(result.code()).as(result.err()).isZero();
        List<String> expected = Files.readAllLines(answers);
        List<String> found = Files.readAllLines(out);
        assertThat(found).hasSameSizeAs(expected);
        for (int row = 1; row < expected.size(); row++) {
            List<String> then = CELLS.splitToList(expected.get(row));
            List<String> now = CELLS.splitToList(found.get(row));
            assertThat(now.get(1)).isEqualTo(then.get(1));
            // other kinds of CPU may round otherwise
            assertThat(Double.parseDouble(now.get(2))).isCloseTo(Double.parseDouble(then.get(2)), within(1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyClassOfAnyKindOfModelHasItsProbability(Path answers) throws IOException {
        Path out = folder.resolve("all.csv");

        Console.Result result = answer(GOLDEN, answers.getFileName().toString().replace(".csv", ""), out, "--all");

        assertThat(result.code()).as(result.err()).isZero();
        List<List<String>> rows =
                Files.readAllLines(out).stream().map(CELLS::splitToList).toList();
        List<String> columns = rows.get(0);
        assertThat(columns).startsWith("row", "predicted", "probability");
        for (List<String> row : rows.subList(1, rows.size())) {
            double sum = 0;
            for (int c = 3; c < columns.size(); c++) {
                sum += columns.get(c).startsWith("probability_") ? Double.parseDouble(row.get(c)) : 0;
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
            assertThat(row.get(columns.indexOf("probability_" + row.get(1)))).isEqualTo(row.get(2));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = FOLDER, matches = ".+")
    void thePresentBuildWritesThem() throws IOException {
        Path written = Files.createDirectories(Path.of(System.getProperty(FOLDER)));
        Files.createDirectories(written.resolve("answers"));
        Files.write(
                written.resolve("clouds.csv"),
                CLOUDS.tasks().stream().flatMap(task -> rows(task.test())).toList());

        NetworkShape shape = SmallTasks.dense(List.of(8, 6), true);
        GateSettings gates = GateSettings.DEFAULT;
        gated(shape, new ContinualTrainer(gates, TRAINING, 1)).save(written.resolve("clouds-gated-4.sluice"));
        InputGates gater = new InputGates(ImmutableList.of(3), 1, 0.5, new GaterTarget.Budget(), 5);
        ImmutableList<ExitLayer> exit = ImmutableList.of(new ExitLayer(3, 0.1, View.BELOW, false));
        ContinualTrainer conditional = new ContinualTrainer(
                        gates.withEstimator(StraightThrough.DERIVATIVE).withGater(gater), TRAINING, 1)
                .withExits(new EarlyExits(exit, 0.1, 0.3, 100));
        gated(SmallTasks.dense(List.of(8, 6), false), conditional).save(written.resolve("clouds-gated-5.sluice"));
        new DiscriminantTrainer(new InferenceSettings(36, 0.001, 0, 0), gates, 1, 1, Evaluation.ALL)
                .train(CLOUDS.withScenario(Scenario.DOMAIN), "lda", TrainingListener.SILENT)
                .model()
                .save(written.resolve("clouds-discriminant-4.sluice"));
        generators().saveModel(written.resolve("clouds-plain-4.sluice"));
        TaskSequence one = SmallTasks.only(CLOUDS, 1, 2);
        ImmutableList<ExitLayer> layers =
                ImmutableList.of(new ExitLayer(2, 0.1, View.BELOW, true), new ExitLayer(8, 0.1, View.INPUT, false));
        for (int format : new int[] {4, 5}) {
            Optional<GradientEstimator> neurons =
                    format == 4 ? Optional.empty() : Optional.of(StraightThrough.DERIVATIVE);
            new ExitTrainer(layers, 0.1, 0.3, ExitTrainer.NO_BUDGET, neurons, TRAINING)
                    .train(one, 1, TrainingListener.SILENT)
                    .model()
                    .save(written.resolve("clouds-exits-%d.sluice".formatted(format)));
        }

        for (String model : List.of(
                "gated-4,a",
                "gated-4,b",
                "gated-5,a",
                "gated-5,b",
                "discriminant-4",
                "plain-4",
                "exits-4",
                "exits-5")) {
            assertThat(answer(written, "clouds-" + model, written.resolve("answers/clouds-%s.csv".formatted(model)))
                            .code())
                    .isZero();
        }
    }

    /** The one plain strategy that answers by generators. */
    private static TrainingResult generators() {
        TaskSequence unit = TaskSequence.of(
                "clouds", new Normalisation(-2.5f, 0.2f), CLOUDS.tasks().toArray(new Task[0]));
        return new GenerativeClassifier(new ReplayForm(2, 2, 2, 1000, 0.02), 5)
                .learn(
                        unit.withScenario(Scenario.CLASS),
                        new Setup(ImmutableList.of(new FullyConnected(2)), TRAINING, 1, 1),
                        TrainingListener.SILENT);
    }

    private static GatedNetwork gated(NetworkShape shape, ContinualTrainer trainer) {
        GatedNetwork network = GatedNetwork.create(shape, CLOUDS.normalisation(), 1);
        trainer.train(network, CLOUDS);
        return network;
    }

    private static Stream<String> rows(Examples examples) {
        return IntStream.range(0, examples.size()).mapToObj(i -> Floats.join(",", examples.row(i)));
    }
}
