package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableTable;

/**
 * Test accuracies of reference models, per kind of reference and task, each there or not. Immutable; a cell is set
 * once.
 *
 * @param seed of the runs that trained the references
 * @param cells by reference and the task's name, none empty
 */
public record ReferenceAccuracies(long seed, ImmutableTable<Reference, String, AccuracyMatrix.Cell> cells) {
    /** Checks that no task's name is empty. */
    public ReferenceAccuracies {
        checkArgument(!cells.containsColumn(""), "a task's name must not be empty");
    }

    /**
     * {@return accuracies of none}
     *
     * @param seed of the runs that train the references
     */
    public static ReferenceAccuracies empty(long seed) {
        return new ReferenceAccuracies(seed, ImmutableTable.of());
    }

    /**
     * These accuracies and one more.
     *
     * @param reference kind of model
     * @param task the task's name, not empty
     * @param correct examples answered correctly, in [0, total]
     * @param total examples asked, at least 1
     * @return a new record
     * @throws IllegalArgumentException if an argument is out of range or the reference has an accuracy on the task
     */
    public ReferenceAccuracies with(Reference reference, String task, int correct, int total) {
        AccuracyMatrix.Cell set = cells.get(reference, task);
        checkArgument(
                set == null,
                "the %s reference on task %s is already set to %s",
                reference.word(),
                Printable.quoted(task),
                set);
        return new ReferenceAccuracies(
                seed,
                ImmutableTable.<Reference, String, AccuracyMatrix.Cell>builder()
                        .putAll(cells)
                        .put(reference, task, new AccuracyMatrix.Cell(correct, total))
                        .build());
    }

    /**
     * {@return the reference's accuracy on the task, in [0, 1]; undefined if there is none}
     *
     * @param reference kind of model
     * @param task the task's name
     */
    public MetricValue accuracy(Reference reference, String task) {
        AccuracyMatrix.Cell cell = cells.get(reference, task);
        if (cell != null) {
            return MetricValue.of(cell.accuracy());
        }
        return MetricValue.undefined(
                cells.containsRow(reference)
                        ? "the " + reference.word() + " reference has no accuracy on task " + Printable.quoted(task)
                        : "no " + reference.word() + " reference was run: ask for references");
    }

    /** {@return whether there is no accuracy at all, as where no references were asked for} */
    public boolean isEmpty() {
        return cells.isEmpty();
    }
}
