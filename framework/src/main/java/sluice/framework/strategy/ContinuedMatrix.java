package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.ContinualResult;
import sluice.framework.Evaluation;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkExits;
import sluice.framework.network.Retention;
import sluice.framework.result.ForwardingListener;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Examples;
import sluice.tasks.Task;

/** The accuracy matrix of a network that learns on: rows of earlier runs, and earlier tasks asked again in those of this one. */
final class ContinuedMatrix {
    private final GatedNetwork network;
    private final ImmutableList<String> known;
    private final EarlierTasks earlier;
    private final Evaluation evaluation;
    private final ImmutableList<Task> asked;
    private final Retention retention;
    /** By row of this run, correct answers to the tasks asked. */
    private final Map<Integer, int[]> correct = new HashMap<>();

    /**
     * @param network as it is before it learns more
     * @param earlier what is at hand of the tasks that it knows
     * @param evaluation which cells are measured
     */
    ContinuedMatrix(GatedNetwork network, EarlierTasks earlier, Evaluation evaluation) {
        this.network = network;
        this.known = ImmutableList.copyOf(network.tasks());
        this.earlier = earlier;
        this.evaluation = evaluation;
        this.asked = earlier.asked(
                known,
                task -> network.classes(task.name()).equals(task.classes())
                        && task.test().features() == network.inputs());
        this.retention = new Retention(network);
        asked.forEach(retention::record);
    }

    /** Tells what cannot be had. */
    void tell(TrainingListener listener, String run) {
        earlier.gap(run, known, asked.size())
                .ifPresent(gap -> listener.warning(gap + "; what is frozen is proven unchanged after every task"));
    }

    /** Asks earlier tasks after each row. */
    TrainingListener listening(TrainingListener listener) {
        return new AskingListener(listener);
    }

    private final class AskingListener extends ForwardingListener {
        AskingListener(TrainingListener listener) {
            super(listener);
        }

        @Override
        public void rowEvaluated(AccuracyMatrix matrix, int afterTask) {
            if (afterTask > 0
                    && asked.stream()
                            .anyMatch(task ->
                                    measures(task, afterTask, matrix.tasks().size()))) {
                correct.put(
                        afterTask,
                        asked.stream().mapToInt(ContinuedMatrix.this::correct).toArray());
            }
            super.rowEvaluated(matrix, afterTask);
        }
    }

    private boolean measures(Task task, int afterTask, int tasks) {
        return evaluation.measures(known.size() + afterTask, known.indexOf(task.name()) + 1, known.size() + tasks);
    }

    private int correct(Task task) {
        Examples test = task.test();
        Optional<NetworkExits> exits = NetworkExits.of(network, task.name());
        int[] answers = exits.isPresent()
                ? exits.get().answer(test, exits.get().exits().rule()).classes()
                : largest(network.logits(task.name(), test), task.classes().size());
        int right = 0;
        for (int i = 0; i < answers.length; i++) {
            right += answers[i] == test.label(i) ? 1 : 0;
        }
        return right;
    }

    private static int[] largest(float[] logits, int classes) {
        int[] largest = new int[logits.length / classes];
        for (int row = 0; row < largest.length; row++) {
            for (int c = 1; c < classes; c++) {
                largest[row] = logits[row * classes + c] > logits[row * classes + largest[row]] ? c : largest[row];
            }
        }
        return largest;
    }

    /**
     * Compares what tasks of earlier runs froze, and what those that are asked say, with what it was before.
     *
     * @param learned what came of the tasks that were learned now
     * @return the same with the matrix of all tasks
     * @throws sluice.framework.network.RetentionException if one bit moved
     */
    ContinualResult with(ContinualResult learned) {
        return learned.with(with(learned.matrix()), retention.verify());
    }

    private AccuracyMatrix with(AccuracyMatrix learned) {
        int before = known.size();
        AccuracyMatrix all = AccuracyMatrix.empty(
                learned.strategy(),
                learned.seed(),
                ImmutableList.<String>builder()
                        .addAll(known)
                        .addAll(learned.tasks())
                        .build());
        all = earlier.rowsInto(all, known).withCells(learned, before);
        for (int row = 1; row <= learned.tasks().size(); row++) {
            if (isMeasured(learned, row)) {
                all = withAsked(all, row, learned.tasks().size());
            }
        }
        return all;
    }

    private static boolean isMeasured(AccuracyMatrix learned, int row) {
        return IntStream.rangeClosed(1, learned.tasks().size())
                .anyMatch(task -> learned.cell(row, task).isPresent());
    }

    private AccuracyMatrix withAsked(AccuracyMatrix matrix, int row, int tasks) {
        // rows before a checkpoint that was gone on from: nothing of the tasks has changed since, bit for bit
        int[] counts = correct.getOrDefault(
                row,
                correct.isEmpty() ? new int[0] : correct.values().iterator().next());
        AccuracyMatrix with = matrix;
        for (int t = 0; t < counts.length; t++) {
            Task task = asked.get(t);
            if (measures(task, row, tasks)) {
                with = with.with(
                        known.size() + row,
                        known.indexOf(task.name()) + 1,
                        counts[t],
                        task.test().size());
            }
        }
        return with;
    }
}
