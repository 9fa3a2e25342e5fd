package sluice.framework.inference;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.discriminant.TaskChoice;
import sluice.framework.discriminant.TaskDiscriminant;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.state.State;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * Finds the task of examples, as tasks are learned one after another, from sums over their training examples alone. Of several ways to
 * tell tasks apart it takes the one that was right most often about training examples of each new task that its sums did not have yet;
 * afterwards they are added, too. Mutable, one thread's own; close it.
 */
public final class TaskFinder implements AutoCloseable {
    /** Of so many training examples one is held out, ... */
    private static final int EVERY = 10;

    /** ... but not more than these. */
    private static final int MOST_HELD_OUT = 500;

    private static final int CHUNK = 512;

    private final TaskSequence sequence;
    private final TaskChoice choice;
    /** The cheapest first. */
    private final Map<TaskDensity, HeldOutScores> candidates = new LinkedHashMap<>();

    /** What is said of the choice beside its figures; empty where nothing is. */
    private String note = "";

    private int known;

    /**
     * Without any task.
     *
     * @param inference says how tasks are found
     * @param sequence tasks that may be learned
     * @param seed of random features
     * @param lanes share out the work
     */
    public TaskFinder(InferenceSettings inference, TaskSequence sequence, long seed, Lanes lanes) {
        this.sequence = sequence;
        this.choice = inference.task().orElseThrow();
        int features = sequence.features();
        boolean densities = choice == TaskChoice.DENSITY || chooses();
        if (densities) {
            candidates.put(new ProductDensity(ProductForm.BERNOULLI, features, lanes), new HeldOutScores());
            candidates.put(new ProductDensity(ProductForm.GAUSSIAN, features, lanes), new HeldOutScores());
            if (features <= LowRankDensity.MOST_FEATURES) {
                candidates.put(new LowRankDensity(features, lanes), new HeldOutScores());
            }
        }
        if (choice == TaskChoice.DISCRIMINANT || chooses()) {
            candidates.put(
                    new DiscriminantDensity(new TaskDiscriminant(inference, sequence, seed, lanes)),
                    new HeldOutScores());
        }
    }

    private boolean chooses() {
        return choice == TaskChoice.AUTO || choice == TaskChoice.COMBINED;
    }

    /**
     * Makes sure that tasks can be told apart.
     *
     * @param sequence the tasks
     * @throws InputException if one has too few examples
     */
    public static void check(TaskSequence sequence) {
        for (Task task : sequence.tasks()) {
            if (task.train().size() < 2) {
                throw new InputException(
                        "inference.task: task %s has one training example, and a density of it needs two: give it more, or leave it out"
                                .formatted(task.name()));
            }
        }
    }

    /**
     * Adds the training examples of the next task to the sums, and looks first how well they are told apart from earlier tasks' while some
     * of them are not in the sums.
     *
     * @param place of the task in the sequence, from 0: so many are known
     */
    public void learn(int place) {
        known = place + 1;
        if (candidates.isEmpty()) {
            return;
        }
        Task task = sequence.tasks().get(place);
        int size = task.train().size();
        int every = Math.max(Math.min(EVERY, size), (size + MOST_HELD_OUT - 1) / MOST_HELD_OUT);
        int[] held = IntStream.range(0, size).filter(i -> i % every == 0).toArray();
        int[] others = IntStream.range(0, size).filter(i -> i % every != 0).toArray();
        candidates.forEach((density, scores) -> {
            density.add(place, task, others);
            density.solve();
            double[][] found = new double[held.length][known];
            density.score(task.train(), held, found);
            for (double[] ofExample : found) {
                if (place > 0) {
                    scores.add(ofExample, place);
                }
            }
            int[] own = new int[held.length];
            Arrays.fill(own, place);
            scores.fits(density.likelihoods(task.train(), held, own));
            density.add(place, task, held);
            density.solve();
        });
        if (place == 1) {
            dropDear();
        }
    }

    /** What costs more is not gone on with where something cheaper makes no mistake; products, which cost little, are. */
    private void dropDear() {
        TaskDensity best = chosen();
        HeldOutScores scores = candidates.get(best);
        if (scores.right() < scores.asked()) {
            return;
        }
        List<TaskDensity> all = ImmutableList.copyOf(candidates.keySet());
        int kept = all.indexOf(best) + 1;
        while (kept < all.size() && all.get(kept) instanceof ProductDensity) {
            kept++;
        }
        if (kept < all.size()) {
            note = "no %s was gone on with after task 2, as %s made no mistake by then"
                    .formatted(
                            all.subList(kept, all.size()).stream()
                                    .map(TaskDensity::word)
                                    .collect(Collectors.joining(" or ")),
                            best.word());
            keep(kept);
        }
    }

    /** Goes on with the first of the candidates alone. */
    private void keep(int cheapest) {
        for (TaskDensity density : ImmutableList.copyOf(candidates.keySet()).subList(cheapest, candidates.size())) {
            candidates.remove(density);
            density.close();
        }
    }

    /** Right most often; the cheaper of equals. */
    private TaskDensity chosen() {
        TaskDensity best = null;
        for (Map.Entry<TaskDensity, HeldOutScores> entry : candidates.entrySet()) {
            if (best == null || entry.getValue().right() > candidates.get(best).right()) {
                best = entry.getKey();
            }
        }
        return best;
    }

    /**
     * {@return the task that each example is held to be of, among those that are learned}
     *
     * @param examples raw features
     */
    public FoundTasks find(Examples examples) {
        TaskDensity density = chosen();
        FoundTasks found = FoundTasks.of(examples.size());
        double scale = candidates.get(density).scale();
        forEach(density, examples, (row, scores) -> {
            found.tasks()[row] = HeldOutScores.largest(scores);
            found.probabilities()[row] = HeldOutScores.probability(scores, found.tasks()[row], scale);
        });
        typicality(density, examples, found);
        return found;
    }

    /**
     * {@return logarithms of how likely each example is of each of the tasks that are learned, by example and task, calibrated}
     *
     * @param examples raw features
     */
    public double[][] scores(Examples examples) {
        TaskDensity density = chosen();
        double scale = candidates.get(density).scale();
        double[][] all = new double[examples.size()][];
        forEach(density, examples, (row, scores) -> {
            all[row] = scores.clone();
            for (int t = 0; t < known; t++) {
                all[row][t] *= scale;
            }
        });
        return all;
    }

    private interface RowScores {
        void take(int row, double[] scores);
    }

    private void forEach(TaskDensity density, Examples examples, RowScores taken) {
        double[][] chunk = new double[Math.min(CHUNK, examples.size())][known];
        for (int start = 0; start < examples.size(); start += CHUNK) {
            int from = start;
            int[] rows = IntStream.range(from, Math.min(examples.size(), from + CHUNK))
                    .toArray();
            density.score(examples, rows, chunk);
            for (int r = 0; r < rows.length; r++) {
                taken.take(rows[r], chunk[r]);
            }
        }
    }

    private void typicality(TaskDensity density, Examples examples, FoundTasks found) {
        int[] all = IntStream.range(0, examples.size()).toArray();
        double[] likelihoods = density.likelihoods(examples, all, found.tasks());
        List<double[]> quantiles = quantiles(density, known);
        for (int row : all) {
            found.typicality()[row] = HeldOutScores.typicality(quantiles.get(found.tasks()[row]), likelihoods[row]);
        }
    }

    /** How well held-out examples fit each of so many tasks. */
    private ImmutableList<double[]> quantiles(TaskDensity density, int tasks) {
        List<double[]> all = candidates.get(density).quantiles();
        return ImmutableList.copyOf(
                density.likelihoodsAge() ? Collections.nCopies(tasks, all.get(tasks - 1)) : all.subList(0, tasks));
    }

    /** What finds tasks from now on, without sums. */
    InferredModel.Finding finding(TaskChoice asked, double threshold, int tasks) {
        if (asked.isBySubnetworks()) {
            return new InferredModel.Finding(
                    asked, threshold, 1, ImmutableList.of(), Optional.empty(), Optional.empty());
        }
        TaskDensity density = chosen();
        HeldOutScores scores = candidates.get(density);
        return new InferredModel.Finding(
                asked,
                threshold,
                scores.scale(),
                quantiles(density, tasks),
                density.solved(),
                density instanceof DiscriminantDensity of ? Optional.of(of.scores()) : Optional.empty());
    }

    /** {@return multiply-adds of finding the task of an example, mean over those that were asked last} */
    public double multiplyAdds() {
        return candidates.isEmpty() ? 0 : chosen().multiplyAdds();
    }

    /** {@return bytes that are kept} */
    public long bytes() {
        return candidates.keySet().stream().mapToLong(TaskDensity::bytes).sum();
    }

    /** {@return how tasks are found, and why so: a line each} */
    public ImmutableList<String> explanation() {
        if (candidates.isEmpty()) {
            return ImmutableList.of();
        }
        String figures = candidates.entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%s %,d",
                        entry.getKey().word(),
                        entry.getValue().right()))
                .collect(Collectors.joining(", "));
        HeldOutScores scores = candidates.get(chosen());
        if (scores.asked() == 0) {
            return ImmutableList.of("tasks are found by %s: with one task there was nothing to tell apart%s"
                    .formatted(chosen().word(), candidates.size() > 1 ? ", so that the cheapest was taken" : ""));
        }
        return ImmutableList.<String>builder()
                .add(String.format(
                        Locale.ROOT,
                        "tasks are found by %s: right about so many of %,d held-out training examples, each when its task was new: %s",
                        chosen().word(),
                        scores.asked(),
                        figures))
                .addAll(note.isEmpty() ? ImmutableList.of() : ImmutableList.of(note))
                .build();
    }

    /**
     * Tells what is known of so many tasks.
     *
     * @param state keeps it, or gives what was kept
     * @param tasks that are learned
     */
    public void state(State state, int tasks) {
        known = tasks;
        note = state.text("note", note);
        keep(state.count("candidates", candidates.size()));
        candidates.forEach((density, scores) -> {
            State own = state.part(density.word());
            if (tasks > 0) {
                density.state(own.part("sums"), tasks);
            }
            scores.state(own.part("held-out"), tasks);
        });
    }

    @Override
    public void close() {
        candidates.keySet().forEach(TaskDensity::close);
    }
}
