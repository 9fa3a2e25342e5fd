package sluice.tasks;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the outputs of a sequence in scenario domain stand for, in words: by label where tasks share labels, by position where
 * they do not. Empty in the other scenarios, of one task, and of tasks that predict a number, where there is nothing to choose.
 */
public final class DomainOutputs {
    private static final int LISTED = 20;
    private static final String OR = " or ";

    private DomainOutputs() {}

    /**
     * {@return one sentence: what was chosen, and why}
     *
     * @param sequence tasks with their scenario
     */
    public static Optional<String> text(TaskSequence sequence) {
        return choice(sequence).map(choice -> "outputs go " + choice);
    }

    /**
     * {@return the same, to follow a word for outputs}
     *
     * @param sequence tasks with their scenario
     */
    public static Optional<String> choice(TaskSequence sequence) {
        if (!isChosen(sequence)) {
            return Optional.empty();
        }
        OutputLayout layout = OutputLayout.of(sequence);
        return Optional.of(
                OutputMeaning.of(sequence) == OutputMeaning.LABEL
                        ? "by label, as tasks share labels: %d, %s".formatted(layout.count(), labels(sequence, layout))
                        : "by position in each task's classes, as no two tasks share a label: %d"
                                .formatted(layout.count()));
    }

    /**
     * Whether somebody may have thought otherwise: some task lacks an output, or has its classes in another order.
     *
     * @param sequence tasks with their scenario
     * @return false where all tasks have the same outputs in the same order
     */
    public static boolean isUneven(TaskSequence sequence) {
        if (!isChosen(sequence)) {
            return false;
        }
        OutputLayout layout = OutputLayout.of(sequence);
        return IntStream.range(0, sequence.tasks().size())
                .anyMatch(task -> sequence.tasks().get(task).classes().size() < layout.count()
                        || IntStream.range(0, layout.count())
                                .anyMatch(output -> layout.output(task, output) != output));
    }

    /**
     * {@return by output, what the data call the class that has it; by position, the class of each task: {@code cat or
     * dog}}
     *
     * @param layout of tasks in scenario domain or class
     * @param className what the data call a label
     */
    public static ImmutableList<String> names(OutputLayout layout, IntFunction<String> className) {
        return IntStream.range(0, layout.count())
                .mapToObj(output ->
                        layout.classes(output).stream().map(className::apply).collect(Collectors.joining(OR)))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * {@return what the data call the classes that share an output}
     *
     * @param name of the output, one of {@link #names}
     */
    public static ImmutableList<String> classes(String name) {
        return ImmutableList.copyOf(Splitter.on(OR).split(name));
    }

    private static boolean isChosen(TaskSequence sequence) {
        return sequence.scenario() == Scenario.DOMAIN && sequence.tasks().size() > 1 && !sequence.isRegression();
    }

    private static String labels(TaskSequence sequence, OutputLayout layout) {
        ImmutableList<Integer> labels = layout.labels();
        String listed = labels.stream()
                .limit(LISTED)
                .map(sequence::className)
                .map(Printable::of)
                .collect(Collectors.joining(", "));
        return labels.size() > LISTED ? listed + ", ..." : listed;
    }
}
