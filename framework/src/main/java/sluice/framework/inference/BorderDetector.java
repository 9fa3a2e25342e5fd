package sluice.framework.inference;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.discriminant.TaskChoice;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.network.GatedNetwork;
import sluice.tasks.Examples;
import sluice.tasks.Scenario;

/**
 * Looks at the mini-batches of a stream, one after another, and notices that a task begins that it does not know, or that one comes back. It sees
 * examples and nothing else, each once, and keeps sums of each task beside a few hundred doubtful examples of the latest
 * {@value WithheldExamples#WINDOW} mini-batches. Mutable, one thread's own.
 *
 * <p>Each example is of the task that it fits best by densities that are products over features, unless it fits even that one far worse than its
 * examples usually do. Such strangers are withheld until they are too many to be outliers: then a new task has begun, and they are its first
 * examples; or else they become old, and are outliers of the task that is learned. Where single examples tell little, whole mini-batches
 * whose mean is another than the task's are withheld, too. A known task has come back when most of a mini-batch is of it.
 */
public final class BorderDetector {
    /** A stranger fits worse than usual by so many deviations. */
    private static final double STRANGER = -4;

    /** A mean is looked at of at least so many examples. */
    private static final int LEAST_SHIFTED = 16;

    /** A border is there after so many mini-batches in a row that are shifted. */
    private static final int SHIFTED_IN_A_ROW = 3;

    /** So large a part of a mini-batch is of a task that has come back: where it comes gradually, the one before does not seem to come back, too. */
    private static final double MOST = 0.75;

    private static final int NONE = SortedBatch.NONE;

    private final ProductDensity density;
    private final List<TaskFit> fits = new ArrayList<>();
    private final WithheldExamples withheld = new WithheldExamples();
    /** The task that is learned. */
    private int open = NONE;
    /** The task that the stream is in. */
    private int active = NONE;
    /** The task before it, until most of a mini-batch is of the active one. */
    private int fading = NONE;

    private int shiftedInARow;
    private int returning = NONE;
    private int returned;

    /**
     * Without any task.
     *
     * @param first a mini-batch, of which it takes no more than whether features can be negative
     * @param lanes share out the work
     */
    public BorderDetector(Examples first, Lanes lanes) {
        checkArgument(first.size() > 0, "a mini-batch has at least one example");
        this.density = new ProductDensity(form(first), first.features(), lanes);
    }

    private static ProductForm form(Examples examples) {
        float[] row = new float[examples.features()];
        for (int i = 0; i < examples.size(); i++) {
            examples.read(i, row);
            for (float value : row) {
                if (value < 0) {
                    return ProductForm.GAUSSIAN;
                }
            }
        }
        return ProductForm.BERNOULLI;
    }

    /** {@return tasks that are known, with the one that is learned} */
    public int tasks() {
        return fits.size();
    }

    /** {@return what its densities are called: bernoulli or gaussian} */
    public String word() {
        return density.word();
    }

    /**
     * Looks at the next mini-batch.
     *
     * @param batch at least one example; labels are not looked at
     * @return what becomes of it
     */
    public StreamLook look(Examples batch) {
        int[] rows = rows(batch);
        if (fits.isEmpty()) {
            begin();
            add(batch, unknownFits(rows.length));
            density.solve();
            return new StreamLook(
                    new int[rows.length], Optional.of(new StreamBorder(0, true)), ImmutableList.of(batch));
        }
        SortedBatch sorted = sort(batch, rows);
        withheld.next(rows.length);
        List<WithheldExamples.Some> learned = new ArrayList<>();
        int most = sorted.most(tasks());
        boolean shifted = departs(most, sorted);
        if (shifted && open != NONE && open != most && !departs(open, sorted.all())) {
            // what a new task is like is hardly known yet: all together its examples say more than each by itself
            sorted = sorted.all(open);
            most = open;
            shifted = false;
        }
        shiftedInARow = shifted ? shiftedInARow + 1 : 0;
        if (!shifted) {
            learned.addAll(withheld.cleared());
        }
        learned.addAll(withheld.aged());
        withheld.add(sorted.strangers(), false);
        if (shifted) {
            withheld.add(sorted.of(most), true);
        }
        if (open != NONE && !(shifted && open == most)) {
            learned.add(sorted.of(open));
        }
        Optional<StreamBorder> border = Optional.empty();
        Optional<List<WithheldExamples.Some>> first = withheld.border(shiftedInARow >= SHIFTED_IN_A_ROW);
        if (first.isPresent()) {
            learn(learned);
            close();
            fading = active;
            border = Optional.of(new StreamBorder(begin(), true));
            learned = first.get();
        } else {
            border = comesBack(sorted, shifted ? NONE : most).map(task -> {
                close();
                active = task;
                return new StreamBorder(task, false);
            });
        }
        return new StreamLook(sorted.tasks(), border, learn(learned));
    }

    /**
     * Looks at a mini-batch where somebody tells of which task it is.
     *
     * @param batch at least one example
     * @param task place among known tasks; the number of those where it is new, which closes the one before
     * @return what becomes of it
     */
    public StreamLook told(Examples batch, int task) {
        checkArgument(task >= 0 && task <= tasks(), "task must be in [0, %s], got %s", tasks(), task);
        int[] rows = rows(batch);
        SortedBatch sorted = fits.isEmpty()
                ? new SortedBatch(batch, new int[rows.length], new boolean[rows.length], unknownFits(rows.length))
                : sort(batch, rows);
        Optional<StreamBorder> border = Optional.empty();
        double[] fit = sorted.fits();
        if (task == tasks()) {
            close();
            border = Optional.of(new StreamBorder(begin(), true));
            fit = unknownFits(rows.length);
        } else if (task != active) {
            close();
            active = task;
            border = Optional.of(new StreamBorder(task, false));
        }
        if (task != open) {
            return new StreamLook(sorted.tasks(), border, ImmutableList.of());
        }
        double[] known =
                density.tasks() > task ? density.likelihoods(batch, rows, SortedBatch.filled(rows.length, task)) : fit;
        return new StreamLook(sorted.tasks(), border, learn(List.of(new WithheldExamples.Some(batch, known))));
    }

    /**
     * {@return the model of the tasks that are known}
     *
     * @param network that learned them, in their order
     * @param threshold typicality below which an example is of no task that is known, in [0, 1]
     */
    public InferredModel model(GatedNetwork network, double threshold) {
        network.annotate(InferredFile.SCENARIO, Scenario.DOMAIN.name());
        ImmutableList<double[]> quantiles =
                fits.stream().map(TaskFit::quantiles).collect(ImmutableList.toImmutableList());
        return new InferredModel(
                network,
                new InferredModel.Finding(
                        TaskChoice.DENSITY, threshold, 1, quantiles, Optional.of(density.scores()), Optional.empty()));
    }

    /**
     * {@return the task that each example fits best, and how well}
     *
     * @param examples raw features
     */
    public FoundTasks find(Examples examples) {
        int[] rows = rows(examples);
        FoundTasks found = FoundTasks.of(rows.length);
        double[][] scores = new double[rows.length][tasks()];
        density.score(examples, rows, scores);
        for (int row : rows) {
            found.tasks()[row] = HeldOutScores.largest(scores[row]);
            found.probabilities()[row] = HeldOutScores.probability(scores[row], found.tasks()[row], 1);
        }
        double[] likelihoods = density.likelihoods(examples, rows, found.tasks());
        for (int row : rows) {
            found.typicality()[row] =
                    HeldOutScores.typicality(fits.get(found.tasks()[row]).quantiles(), likelihoods[row]);
        }
        return found;
    }

    /** {@return multiply-adds of finding the task of an example, mean over those that were looked at last} */
    public double multiplyAdds() {
        return density.multiplyAdds();
    }

    /** {@return bytes of sums that are kept} */
    public long bytes() {
        return density.bytes();
    }

    private int begin() {
        open = fits.size();
        active = open;
        fits.add(new TaskFit());
        shiftedInARow = 0;
        return open;
    }

    /** What is learned is known from now on. */
    private void close() {
        withheld.clear();
        shiftedInARow = 0;
        returning = NONE;
        if (open != NONE) {
            fits.get(open).close();
        }
        open = NONE;
    }

    private SortedBatch sort(Examples batch, int[] rows) {
        double[][] scores = new double[rows.length][tasks()];
        density.score(batch, rows, scores);
        int[] tasks = new int[rows.length];
        Arrays.setAll(tasks, row -> HeldOutScores.largest(scores[row]));
        double[] likelihoods = density.likelihoods(batch, rows, tasks);
        boolean[] strange = new boolean[rows.length];
        for (int row : rows) {
            // nobody knows yet what fits a task of a few examples
            boolean judged = open == NONE || fits.get(open).isEnough();
            strange[row] = judged && fits.get(tasks[row]).deviations(likelihoods[row]) < STRANGER;
        }
        return new SortedBatch(batch, tasks, strange, likelihoods);
    }

    /** Whether those of a mini-batch that are most like a task are of another mean. */
    private boolean departs(int task, SortedBatch sorted) {
        return task != NONE && departs(task, sorted.of(task).examples(), task == open);
    }

    private boolean departs(int task, Examples examples) {
        return departs(task, examples, false);
    }

    private boolean departs(int task, Examples examples, boolean own) {
        if (examples.size() < LEAST_SHIFTED || density.tasks() <= task) {
            return false;
        }
        double departure = density.departure(task, examples);
        boolean departs = fits.get(task).departs(departure);
        if (own && !departs) {
            fits.get(task).addDeparture(departure);
        }
        return departs;
    }

    /** The task that has come back by now, where most of a mini-batch is of one. */
    private Optional<Integer> comesBack(SortedBatch sorted, int most) {
        int count = most == NONE ? 0 : sorted.of(most).fits().length;
        if (most == active && 2 * count > sorted.tasks().length) {
            fading = NONE;
        }
        if (most == active || most == fading || count < MOST * sorted.tasks().length) {
            returning = NONE;
            return Optional.empty();
        }
        returned = most == returning ? returned + count : count;
        returning = most;
        if (returned < WithheldExamples.LEAST) {
            return Optional.empty();
        }
        fading = NONE;
        return Optional.of(most);
    }

    /** Adds to what is known of the task that is learned, if any is. */
    private ImmutableList<Examples> learn(List<WithheldExamples.Some> learned) {
        ImmutableList.Builder<Examples> all = ImmutableList.builder();
        for (WithheldExamples.Some some : learned) {
            if (open != NONE && some.fits().length > 0) {
                add(some.examples(), some.fits());
                all.add(some.examples());
            }
        }
        if (density.tasks() > 0) {
            density.solve();
        }
        return all.build();
    }

    private void add(Examples examples, double[] likelihoods) {
        density.add(open, examples, rows(examples));
        for (double likelihood : likelihoods) {
            if (!Double.isNaN(likelihood)) {
                fits.get(open).add(likelihood);
            }
        }
    }

    private static int[] rows(Examples examples) {
        return IntStream.range(0, examples.size()).toArray();
    }

    private static double[] unknownFits(int count) {
        double[] fits = new double[count];
        Arrays.fill(fits, Double.NaN);
        return fits;
    }
}
