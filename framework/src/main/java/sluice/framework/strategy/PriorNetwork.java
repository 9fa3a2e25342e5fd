package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import sluice.evaluation.DisplacedFolder;
import sluice.framework.internal.file.FileChecksum;
import sluice.framework.layer.Connection;
import sluice.framework.layer.Layer;
import sluice.framework.layer.LayerShape;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkShape;
import sluice.framework.network.TaskProvenance;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.Shape;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.KnownEncodings;
import sluice.tasks.csv.TableEncoding;

/**
 * A gated network that an earlier run taught, and that learns more tasks: with the bits of one run that learns all of them.
 *
 * @param run folder of that run, or its model
 * @param earlier what is at hand of its tasks
 */
public record PriorNetwork(Path run, EarlierTasks earlier) implements PriorRun {
    private static final String MODEL = "model.sluice";

    /**
     * Nothing is at hand of its tasks.
     *
     * @param run folder of that run, or its model
     */
    public PriorNetwork(Path run) {
        this(run, EarlierTasks.NONE);
    }

    /**
     * {@return the same with tasks that it knows, to be asked again after each that it learns now}
     *
     * @param tasks what is at hand of them
     */
    public PriorNetwork asking(EarlierTasks tasks) {
        return new PriorNetwork(run, tasks);
    }

    private Path file() {
        Path place = DisplacedFolder.present(run);
        return Files.isDirectory(place) ? place.resolve(MODEL) : place;
    }

    /**
     * {@return the tasks as it learns them, with the checksum of its model beside those of their data}
     *
     * @param sequence the tasks
     * @param setup of a new network
     * @throws InputException if it is no model of a gated network, or another than a new one would be, or has learned one of the tasks
     */
    public TaskSequence next(TaskSequence sequence, Setup setup) {
        checkThere();
        String checksum = FileChecksum.of(file());
        try (GatedNetwork network = GatedNetwork.load(file())) {
            TaskSequence next = sequence.withChecksum(PriorRun.CHECKSUM, checksum);
            checkFit(network, next, setup);
            return next;
        }
    }

    private void checkThere() {
        checkOfNoPlainStrategy();
        if (!Files.isRegularFile(file())) {
            throw new InputException(
                    "network.from: %s holds no model: name the folder of a run with strategy gates, or its model.sluice"
                            .formatted(run));
        }
    }

    @Override
    public KnownEncodings encodings() {
        checkThere();
        try (GatedNetwork network = load()) {
            ImmutableMap.Builder<String, TableEncoding> encodings = ImmutableMap.builder();
            network.tasks().forEach(task -> network.encoding(task).ifPresent(table -> encodings.put(task, table)));
            return new KnownEncodings(encodings.buildOrThrow());
        }
    }

    /** The network, which has not learned any of the tasks that {@link #next} gave; close it. */
    GatedNetwork load() {
        return GatedNetwork.load(file());
    }

    private void checkFit(GatedNetwork network, TaskSequence sequence, Setup setup) {
        if (network.seed() != setup.seed()) {
            throw misfit("has seed %d, the script %d: write seed: %1$d".formatted(network.seed(), setup.seed()));
        }
        if (network.inputs() != sequence.features()) {
            throw misfit("takes examples of %d features, these have %d: give it data of that form"
                    .formatted(network.inputs(), sequence.features()));
        }
        if (!network.normalisation().equals(sequence.normalisation())) {
            throw misfit("subtracts %s and multiplies by %s, the script %s and %s: write its data.normalisation"
                    .formatted(
                            network.normalisation().shift(),
                            network.normalisation().scale(),
                            sequence.normalisation().shift(),
                            sequence.normalisation().scale()));
        }
        checkLayers(network, sequence.shape(), setup.layers());
        checkKind(network, sequence);
        for (String task : sequence.names()) {
            if (network.tasks().contains(task)) {
                throw misfit(
                        "has learned task %s: give it another name, or remove it (sluice forget --model %s --task NAME --out FILE) and go on from that model"
                                .formatted(Printable.quoted(task), run));
            }
        }
    }

    /** One matrix holds either accuracies or errors. */
    private void checkKind(GatedNetwork network, TaskSequence sequence) {
        for (String task : network.tasks()) {
            boolean number = TaskProvenance.scale(network.provenance(), task).isPresent();
            if (number != sequence.isRegression()) {
                throw misfit(
                        "has learned task %s, which %s, and these tasks %s: give it data with a %s, or learn them without --from"
                                .formatted(
                                        Printable.quoted(task),
                                        number ? "predicts a number" : "tells classes apart",
                                        number ? "tell classes apart" : "predict a number",
                                        number ? "target" : "label"));
            }
        }
    }

    private void checkLayers(GatedNetwork network, Shape input, ImmutableList<LayerShape> wanted) {
        List<Integer> widths = wanted.stream().map(LayerShape::units).toList();
        if (!widths.equals(network.created()) && !widths.equals(network.hidden())) {
            throw misfit("began with hidden layers %s, the script has %s: write its network.hidden or network.layers"
                    .formatted(network.created(), widths));
        }
        // what does not fit on the data is refused with its own words, later
        if (NetworkShape.misfit(input, wanted).isEmpty()
                && !kinds(new NetworkShape(input, wanted).connections().stream())
                        .equals(kinds(network.parts().layers().stream().map(Layer::connection)))) {
            throw misfit("has hidden layers of another kind than the script: write its network.layers");
        }
    }

    private static List<List<Object>> kinds(Stream<Connection> connections) {
        return connections
                .map(connection -> List.<Object>of(
                        connection.description(), connection.normalisation(), connection.valuesPerUnit()))
                .toList();
    }

    private InputException misfit(String why) {
        return new InputException("network.from: %s %s".formatted(run, why));
    }
}
