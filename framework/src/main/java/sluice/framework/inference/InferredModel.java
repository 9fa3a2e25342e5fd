package sluice.framework.inference;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.discriminant.TaskChoice;
import sluice.framework.discriminant.TaskScores;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.network.GatedNetwork;
import sluice.framework.result.TaskAgnosticModel;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.TaskSequence;

/**
 * A gated network, and what finds the task of an example, so that the subnetwork of that task answers. Any number of threads may ask it at
 * once. {@link #close} frees what the network's predictions took outside the heap.
 */
public final class InferredModel implements TaskAgnosticModel, AutoCloseable {
    /** In the place of a task where none fits. */
    public static final int UNKNOWN = -1;

    private final GatedNetwork network;
    private final Finding finding;

    /**
     * What finds tasks.
     *
     * @param choice how
     * @param threshold typicality below which an example is of no task that is known, in [0, 1]
     * @param scale that scores are multiplied by before they are probabilities
     * @param quantiles by task, how well its held-out training examples fit it, ascending; none where subnetworks find tasks
     * @param densities of the tasks, if they find tasks
     * @param discriminant what finds tasks, if that does
     */
    record Finding(
            TaskChoice choice,
            double threshold,
            double scale,
            List<double[]> quantiles,
            Optional<SolvedDensity> densities,
            Optional<TaskScores> discriminant) {
        /** The same of densities, without that of a task. */
        Finding without(int place) {
            return new Finding(
                    choice,
                    threshold,
                    scale,
                    IntStream.range(0, quantiles.size())
                            .filter(task -> task != place)
                            .mapToObj(quantiles::get)
                            .toList(),
                    densities.map(density -> density.without(place)),
                    discriminant);
        }
    }

    /**
     * What is said of an example.
     *
     * @param task its place among {@link GatedNetwork#tasks}, or {@link #UNKNOWN} where none fits
     * @param likeliest the task that fits best all the same
     * @param taskProbability of the likeliest, among those that are known
     * @param label position of the likeliest class among those of the likeliest task
     * @param probabilities of the classes of the likeliest task, by its subnetwork
     */
    public record Answer(int task, int likeliest, double taskProbability, int label, float[] probabilities) {}

    InferredModel(GatedNetwork network, Finding finding) {
        this.network = network;
        this.finding = finding;
    }

    /**
     * {@return the model of tasks that were learned}
     *
     * @param network that learned them
     * @param sequence the tasks
     * @param inference says how tasks are found
     * @param finder found tasks as they were learned
     * @param learned how many tasks
     */
    public static InferredModel of(
            GatedNetwork network, TaskSequence sequence, InferenceSettings inference, TaskFinder finder, int learned) {
        network.annotate(InferredFile.SCENARIO, sequence.scenario().name());
        return new InferredModel(
                network, finder.finding(inference.task().orElseThrow(), inference.threshold(), learned));
    }

    /**
     * {@return the model}
     *
     * @param file that {@link #save} wrote
     * @throws sluice.tasks.InputException if there is none, or it is damaged
     */
    public static InferredModel load(Path file) {
        return InferredFile.read(file);
    }

    @Override
    public void save(Path file) {
        InferredFile.write(this, file);
    }

    @Override
    public InferredModel annotated(String key, String value) {
        network.annotate(key, value);
        return this;
    }

    /** {@return the network, whose tasks can be asked by name, too} */
    public GatedNetwork network() {
        return network;
    }

    /** {@return how tasks are found} */
    public TaskChoice choice() {
        return finding.choice();
    }

    /** {@return typicality below which an example is of no task that is known, in [0, 1]} */
    public double threshold() {
        return finding.threshold();
    }

    Finding finding() {
        return finding;
    }

    /**
     * {@return the same model with another threshold}
     *
     * @param other share of a task's own held-out training examples that may be taken for strangers, in [0, 1]
     */
    public InferredModel withThreshold(double other) {
        return new InferredModel(
                network,
                new Finding(
                        finding.choice(),
                        other,
                        finding.scale(),
                        finding.quantiles(),
                        finding.densities(),
                        finding.discriminant()));
    }

    /**
     * Forgets a task on purpose, as {@link GatedNetwork#remove}: no example is found to be of it any more. How well others fit theirs
     * stays as it is, to the bit.
     *
     * @param task name of one that was learned
     * @return the model without it, of the same network
     * @throws sluice.tasks.InputException if no such task was learned, or a discriminant finds tasks, which tells the classes of all apart by what
     *     they have in common, that of the task among it
     */
    public InferredModel remove(String task) {
        int place = network.tasks().indexOf(task);
        if (place >= 0 && finding.discriminant().isPresent()) {
            throw new InputException(
                    "task %s is part of the discriminant that finds tasks, by what all of them have in common: train without it, or with inference: {task: density}"
                            .formatted(task));
        }
        network.remove(task);
        return new InferredModel(network, finding.without(place));
    }

    /**
     * {@return the task of each example, {@link FoundTasks#typicality how well} it fits, and how likely it is among those known}
     *
     * @param examples raw features
     */
    public FoundTasks find(Examples examples) {
        if (finding.choice() == TaskChoice.ENTROPY) {
            return surety().byEntropy(examples);
        }
        if (finding.choice() == TaskChoice.GRADIENT) {
            try (Lanes lanes = Lanes.start(Lanes.defaultCount())) {
                int tasks = network.tasks().size();
                return surety().byGradient(examples, SuperposedSubnetworks.of(network, tasks), lanes);
            }
        }
        double[] fitting = new double[examples.size()];
        double[][] scores = scores(examples, fitting);
        FoundTasks found = FoundTasks.of(examples.size());
        int[] rows = IntStream.range(0, examples.size()).toArray();
        for (int row : rows) {
            found.tasks()[row] = HeldOutScores.largest(scores[row]);
        }
        double[] fits = finding.densities()
                .map(density -> density.likelihoods(examples, rows, found.tasks()))
                .orElse(fitting);
        for (int row : rows) {
            int task = found.tasks()[row];
            found.probabilities()[row] = HeldOutScores.probability(scores[row], task, finding.scale());
            found.typicality()[row] =
                    HeldOutScores.typicality(finding.quantiles().get(task), fits[row]);
        }
        if (finding.choice() != TaskChoice.COMBINED) {
            return found;
        }
        for (double[] ofRow : scores) {
            Arrays.setAll(ofRow, task -> ofRow[task] * finding.scale());
        }
        return surety().combined(examples, scores, found);
    }

    /** By example and task; of a discriminant how well each fits its likeliest task, too. */
    private double[][] scores(Examples examples, double[] fits) {
        double[][] scores = new double[examples.size()][network.tasks().size()];
        if (finding.densities().isPresent()) {
            int[] rows = IntStream.range(0, examples.size()).toArray();
            try (Lanes lanes = Lanes.start(Lanes.defaultCount())) {
                finding.densities().get().score(examples, rows, lanes, scores);
            }
        } else {
            finding.discriminant().orElseThrow().score(examples, scores, fits);
        }
        return scores;
    }

    private SubnetworkSurety surety() {
        return new SubnetworkSurety(Subnetworks.of(network));
    }

    /**
     * {@return what the subnetwork of the task of each example says}
     *
     * @param examples raw features
     */
    public ImmutableList<Answer> answers(Examples examples) {
        FoundTasks found = find(examples);
        Answer[] answers = new Answer[examples.size()];
        Subnetworks.of(network).answer(examples, found, (row, probabilities, label) -> {
            int place = found.tasks()[row];
            boolean fits = found.typicality()[row] >= finding.threshold();
            answers[row] = new Answer(fits ? place : UNKNOWN, place, found.probabilities()[row], label, probabilities);
        });
        return ImmutableList.copyOf(answers);
    }

    /** {@return where it comes from: settings, versions} */
    public Map<String, String> provenance() {
        return network.provenance();
    }

    @Override
    public void close() {
        network.close();
    }
}
