package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import sluice.framework.conditional.ExitModel;
import sluice.framework.discriminant.DiscriminantModel;
import sluice.framework.inference.InferredModel;
import sluice.framework.internal.model.ModelArchive;
import sluice.framework.internal.model.ModelKind;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkExits;
import sluice.framework.plain.PlainModel;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.Scenario;
import sluice.tasks.Suggestion;
import sluice.tasks.csv.TableEncoding;

/** Models on disk that answer. */
public final class StoredPredictor {
    private StoredPredictor() {}

    /**
     * {@return whether the model predicts without the task}
     *
     * @param run a run folder, or its model
     * @throws InputException if there is no model, or it is damaged
     */
    public static boolean needsNoTask(Path run) {
        Path file = model(run);
        String kind = ModelArchive.kind(file);
        if (kind.equals(ModelKind.GENERATOR.word())) {
            ModelKind.GATED.check(kind, file, "name a model that predicts");
        }
        return kind.equals(ModelKind.PLAIN.word())
                ? PlainModel.load(file).scenario() != Scenario.TASK
                : !kind.isEmpty();
    }

    /**
     * {@return a predictor that need not know the task}
     *
     * @param run a run folder, or its model
     * @param budget multiply-adds that an example may take on average, if there is a bound; for networks with exits
     * @throws InputException if there is no such model, it is damaged, or the budget is not for it
     */
    public static Predictor withoutTask(Path run, OptionalLong budget) {
        Path file = model(run);
        if (ModelArchive.kind(file).equals(ModelKind.EXITS.word())) {
            return ExitPredictor.within(ExitModel.load(file), budget);
        }
        if (budget.isPresent()) {
            throw noExits(run);
        }
        if (isPlain(file)) {
            return new PlainPredictor(PlainModel.load(file), OptionalInt.empty());
        }
        return ModelArchive.kind(file).equals(ModelKind.INFERRED.word())
                ? new InferredPredictor(InferredModel.load(file))
                : new DiscriminantPredictor(DiscriminantModel.load(file));
    }

    /**
     * {@return an error to throw where a model was given a budget that nothing could keep to}
     *
     * @param run a run folder, or its model
     */
    private static InputException noExits(Path run) {
        return new InputException(
                "--budget: %s has no exits, so that every example takes the same: remove the option".formatted(run));
    }

    /**
     * {@return a predictor with the task's subnetwork; close it}
     *
     * @param run a run folder, or its model
     * @param task that the examples are of
     * @param budget multiply-adds that an example may take on average, if there is a bound; for tasks with exits
     * @throws InputException if there is no such model, it is damaged, or has not learned the task, or the budget is not for it
     */
    public static Predictor ofTask(Path run, String task, OptionalLong budget) {
        Path file = model(run);
        if (isPlain(file)) {
            return ofTask(PlainModel.load(file), task, run, budget);
        }
        GatedNetwork network = GatedNetwork.load(file);
        if (!network.tasks().contains(task)) {
            network.close();
            throw notLearned(network.tasks(), task, run);
        }
        return within(network, task, run, budget);
    }

    private static Predictor ofTask(PlainModel taught, String task, Path run, OptionalLong budget) {
        if (budget.isPresent()) {
            throw noExits(run);
        }
        return new PlainPredictor(taught, OptionalInt.of(position(taught.names(), task, run)));
    }

    private static Predictor within(GatedNetwork network, String task, Path run, OptionalLong budget) {
        try {
            if (budget.isPresent() && NetworkExits.of(network, task).isEmpty()) {
                throw noExits(run);
            }
            return GatedPredictor.within(network, task, budget);
        } catch (InputException unfit) {
            network.close();
            throw unfit;
        }
    }

    /**
     * {@return a predictor of a model that is told the task, where nobody tells it: one that finds the task of each row itself, where tasks
     * are clusters of rows (data.clusters), else one of the only task; close it}
     *
     * @param run a run folder, or its model, of a network that is told the task
     * @param budget multiply-adds that an example may take on average, if there is a bound; for tasks with exits
     * @throws InputException if there is no such model, it is damaged, has several tasks that are no clusters, or the budget is not for it
     */
    public static Predictor ofUntoldTask(Path run, OptionalLong budget) {
        Path file = model(run);
        if (isPlain(file)) {
            PlainModel taught = PlainModel.load(file);
            List<Optional<TableEncoding>> encodings = IntStream.range(
                            0, taught.names().size())
                    .mapToObj(taught::encoding)
                    .toList();
            return untold(run, taught.names(), encodings, task -> ofTask(taught, task, run, budget));
        }
        GatedNetwork network = GatedNetwork.load(file);
        List<Optional<TableEncoding>> encodings =
                network.tasks().stream().map(network::encoding).toList();
        try {
            return untold(run, network.tasks(), encodings, task -> within(network, task, run, budget));
        } catch (InputException unfit) {
            network.close();
            throw unfit;
        }
    }

    private static Predictor untold(
            Path run, List<String> tasks, List<Optional<TableEncoding>> encodings, Function<String, Predictor> ofTask) {
        if (ClusterPredictor.isOf(tasks, encodings)) {
            return byCluster(encodings, ofTask);
        }
        if (tasks.size() != 1) {
            throw new InputException(
                    "--task: %s must be told the task: choose one of %s".formatted(run, String.join(", ", tasks)));
        }
        return ofTask.apply(tasks.get(0));
    }

    private static Predictor byCluster(List<Optional<TableEncoding>> encodings, Function<String, Predictor> ofTask) {
        TableEncoding first = encodings.get(0).orElseThrow();
        return new ClusterPredictor(
                first.clusters().tasks().stream().map(ofTask).collect(ImmutableList.toImmutableList()), first);
    }

    private static boolean isPlain(Path file) {
        return ModelArchive.kind(file).equals(ModelKind.PLAIN.word());
    }

    private static int position(List<String> tasks, String task, Path run) {
        if (!tasks.contains(task)) {
            throw notLearned(tasks, task, run);
        }
        return tasks.indexOf(task);
    }

    private static InputException notLearned(List<String> tasks, String task, Path run) {
        return new InputException(
                "%s has not learned task %s: %s".formatted(run, Printable.quoted(task), Suggestion.of(task, tasks)));
    }

    private static Path model(Path named) {
        return ModelPlace.of(named, "a run whose model is kept, as it is with most strategies");
    }
}
