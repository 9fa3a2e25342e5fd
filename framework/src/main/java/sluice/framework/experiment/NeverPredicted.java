package sluice.framework.experiment;

import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.evaluation.Printable;
import sluice.framework.result.TestAnswers;
import sluice.tasks.Examples;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** Classes that have test examples, but are the answer to none of their task. */
final class NeverPredicted {
    /** Test examples of a class below which it may be nobody's answer by bad luck alone. */
    private static final int ENOUGH = 3;

    private static final int LISTED = 3;

    private NeverPredicted() {}

    /** The same of a run, where its user was not told before that it would be so. */
    static Optional<String> line(RunPlan plan, TaskSequence sequence, List<TestAnswers> answers) {
        return LintRule.foretellsForgetting(plan, sequence) ? Optional.empty() : line(sequence, answers);
    }

    /**
     * {@return a line on all such classes; empty where there is none}
     *
     * @param sequence the tasks
     * @param answers to all test examples after the last task, of the tasks that were asked
     */
    static Optional<String> line(TaskSequence sequence, List<TestAnswers> answers) {
        List<String> classes = new ArrayList<>();
        answers.forEach(of -> classes.addAll(classes(sequence, of)));
        if (classes.isEmpty()) {
            return Optional.empty();
        }
        String more = classes.size() > LISTED ? " and %d more".formatted(classes.size() - LISTED) : "";
        return Optional.of(
                "%s%s %s never predicted after the last task, so that all %s examples count as another class: train longer, give %s more examples, or see in confusion.csv what is predicted instead"
                        .formatted(
                                String.join(", ", classes.subList(0, Math.min(LISTED, classes.size()))),
                                more,
                                classes.size() == 1 ? "is" : "are",
                                classes.size() == 1 ? "its" : "their",
                                classes.size() == 1 ? "it" : "them"));
    }

    private static List<String> classes(TaskSequence sequence, TestAnswers of) {
        Task task = of.task();
        ImmutableMultiset<Integer> actual = IntStream.range(0, of.answers().length)
                .mapToObj(of::actual)
                .collect(ImmutableMultiset.toImmutableMultiset());
        ImmutableSet<Integer> answered = ImmutableSet.copyOf(Ints.asList(of.answers()));
        return task.classes().stream()
                .filter(label -> actual.count(label) >= ENOUGH && !answered.contains(label))
                .map(label -> "class %s of task %s (%d training and %d test examples)"
                        .formatted(
                                Printable.of(sequence.className(label)),
                                task.name(),
                                count(task.train(), task.classes().indexOf(label)),
                                actual.count(label)))
                .toList();
    }

    private static long count(Examples examples, int label) {
        return IntStream.range(0, examples.size())
                .filter(i -> examples.label(i) == label)
                .count();
    }
}
