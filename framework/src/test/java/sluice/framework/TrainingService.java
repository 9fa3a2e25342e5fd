package sluice.framework;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sluice.evaluation.ForgettingReport;
import sluice.framework.gates.GateSettings;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkShape;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.predict.ModelLoader;
import sluice.framework.predict.SavedNetwork;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategies;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.Shape;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * What a service does that trains: gated networks of dense layers and of convolutions, saved, loaded and asked; and every
 * strategy once that keeps no generator. Prints a line for each.
 */
final class TrainingService {
    private static final TrainingSettings TRAINING = TrainingSettings.DEFAULT.withEpochs(150);

    private TrainingService() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        TaskSequence clouds = SmallTasks.sequence(2, 1);
        gated(
                GatedNetwork.create(SmallTasks.FEATURES, List.of(20), Normalisation.NONE, 3),
                clouds,
                folder.resolve("dense"));
        gated(
                GatedNetwork.create(convolutional(), Normalisation.NONE, 3),
                clouds.withShape(new Shape.Image(2, 3)),
                folder.resolve("convolutional"));
        Setup setup = Setup.dense(ImmutableList.of(20), TRAINING, 1, 1);
        strategies().forEach(entry -> {
            Scenario scenario = entry.scenarios().contains(Scenario.DOMAIN) ? Scenario.DOMAIN : Scenario.TASK;
            TrainingResult result = entry.with(Map.of(), new Strategies.Conditions(scenario, 2))
                    .learn(clouds.withScenario(scenario), setup, TrainingListener.SILENT);
            System.out.println(entry.name() + " "
                    + ForgettingReport.of(result.matrix()).metrics().size());
        });
    }

    private static NetworkShape convolutional() {
        return new NetworkShape(
                new Shape.Image(2, 3), ImmutableList.of(new Convolution(16, 2, 1), new FullyConnected(20)));
    }

    static Stream<Strategies.Entry> strategies() {
        return Strategies.BY_NAME.values().stream().filter(entry -> entry.family() != Strategies.Family.GENERATION);
    }

    private static void gated(GatedNetwork network, TaskSequence tasks, Path file) {
        try (network) {
            new ContinualTrainer(GateSettings.DEFAULT, TRAINING).train(network, tasks);
            network.save(file);
        }
        SavedNetwork alone = (SavedNetwork) ModelLoader.load(file);
        try (GatedNetwork loaded = GatedNetwork.load(file)) {
            for (Task task : tasks.tasks()) {
                float[][] rows = new float[task.test().size()][loaded.inputs()];
                for (int row = 0; row < rows.length; row++) {
                    task.test().read(row, rows[row]);
                }
                int[] predicted = loaded.predict(task.name(), rows);
                long right = IntStream.range(0, rows.length)
                        .filter(row ->
                                predicted[row] == task.classes().get(task.test().label(row)))
                        .count();
                System.out.printf(
                        "%s %s: predictions %s, bits %s%n",
                        file.getFileName(),
                        task.name(),
                        right >= 0.9 * rows.length ? "right" : "wrong: " + right,
                        Arrays.equals(loaded.logits(task.name(), task.test()), alone.logits(task.name(), rows))
                                ? "same"
                                : "others");
            }
        }
    }
}
