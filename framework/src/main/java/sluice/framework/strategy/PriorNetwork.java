package sluice.framework.strategy;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import sluice.evaluation.DisplacedFolder;
import sluice.framework.layer.Layer;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkShape;
import sluice.framework.result.TrainingListener;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.TaskSequence;

/**
 * A gated network that an earlier run taught, and that learns more tasks: with the bits of one run that learns all of them.
 *
 * @param run folder of that run, or its model
 */
public record PriorNetwork(Path run) {
    private static final String MODEL = "model.sluice";

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
        String checksum = checksum();
        try (GatedNetwork network = GatedNetwork.load(file())) {
            TaskSequence next = sequence.withChecksum("network.from", checksum);
            checkFit(network, new NetworkShape(next.shape(), setup.layers()), next, setup.seed());
            return next;
        }
    }

    private String checksum() {
        Path file = file();
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    "network.from: %s holds no model: name the folder of a run with strategy gates, or its model.sluice"
                            .formatted(run));
        }
        try {
            return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
        } catch (IOException unreadable) {
            throw new InputException(
                    "network.from: %s cannot be read (%s)".formatted(file, unreadable.getMessage()), unreadable);
        }
    }

    /** The network, which has not learned any of the tasks that {@link #next} gave; close it. */
    GatedNetwork load() {
        return GatedNetwork.load(file());
    }

    private void checkFit(GatedNetwork network, NetworkShape wanted, TaskSequence sequence, long seed) {
        if (network.seed() != seed) {
            throw misfit("has seed %d, the script %d: write seed: %1$d".formatted(network.seed(), seed));
        }
        if (network.inputs() != sequence.features()) {
            throw misfit("takes examples of %d features, these have %d: give it data of that form"
                    .formatted(network.inputs(), sequence.features()));
        }
        if (!network.normalisation().equals(sequence.normalisation())) {
            throw misfit("normalises by %s, the script by %s: write its data.normalisation"
                    .formatted(network.normalisation(), sequence.normalisation()));
        }
        try (GatedNetwork fresh = GatedNetwork.create(wanted, sequence.normalisation(), seed)) {
            if (!isOf(network.created(), fresh) && !isOf(network.hidden(), fresh)) {
                throw misfit(
                        "began with hidden layers %s, the script has %s: write its network.hidden or network.layers"
                                .formatted(network.created(), fresh.hidden()));
            }
            if (!sameKinds(network.parts().layers(), fresh.parts().layers())) {
                throw misfit("has hidden layers of another kind than the script: write its network.layers");
            }
        }
        for (String task : sequence.names()) {
            if (network.tasks().contains(task)) {
                throw misfit(
                        "has learned task %s: give it another name, or remove it (sluice forget --model %s --task NAME --out FILE) and go on from that model"
                                .formatted(Printable.quoted(task), run));
            }
        }
    }

    private static boolean isOf(List<Integer> widths, GatedNetwork fresh) {
        return widths.equals(fresh.hidden());
    }

    private static boolean sameKinds(List<Layer> ones, List<Layer> others) {
        return IntStream.range(0, ones.size())
                .allMatch(l -> ones.get(l)
                                .connection()
                                .getClass()
                                .equals(others.get(l).connection().getClass())
                        && ones.get(l).span() == others.get(l).span());
    }

    private InputException misfit(String why) {
        return new InputException("network.from: %s %s".formatted(run, why));
    }

    /** Tells what of its tasks the accuracy matrix does not have. */
    void tell(GatedNetwork network, TrainingListener listener) {
        if (!network.tasks().isEmpty()) {
            listener.warning(
                    "network.from: what %s has learned before (%d tasks) is in the model and not in the accuracy matrix, as its data are not given; its frozen parameters are proven unchanged after every task"
                            .formatted(run, network.tasks().size()));
        }
    }
}
