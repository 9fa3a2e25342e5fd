package sluice.framework.experiment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import com.google.common.collect.TreeMultiset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import sluice.evaluation.run.ConfusionCount;
import sluice.evaluation.run.HardExample;
import sluice.evaluation.run.Picture;
import sluice.framework.result.TestAnswers;
import sluice.tasks.Shape;

/** Which classes were taken for which, and the examples that were most wrongly answered. */
final class AnswerTables {
    private static final int HARDEST = 12;

    private AnswerTables() {}

    private record Pair(int actual, int predicted) {}

    /** Per task, how often each pair of classes occurred. */
    static ImmutableList<ConfusionCount> confusion(List<TestAnswers> tasks, IntFunction<String> names) {
        ImmutableList.Builder<ConfusionCount> counts = ImmutableList.builder();
        for (TestAnswers answers : tasks) {
            Multiset<Pair> pairs =
                    TreeMultiset.create(Comparator.comparingInt(Pair::actual).thenComparingInt(Pair::predicted));
            for (int i = 0; i < answers.answers().length; i++) {
                pairs.add(new Pair(answers.actual(i), answers.answers()[i]));
            }
            for (Multiset.Entry<Pair> entry : pairs.entrySet()) {
                counts.add(new ConfusionCount(
                        answers.task().name(),
                        names.apply(entry.getElement().actual()),
                        word(entry.getElement().predicted(), names),
                        entry.getCount()));
            }
        }
        return counts.build();
    }

    /** Per task the wrong answers that gave the example's own class the least probability, as pictures. */
    static ImmutableList<HardExample> hardest(List<TestAnswers> tasks, IntFunction<String> names, Shape shape) {
        Shape.Channels image = image(shape).orElseThrow();
        ImmutableList.Builder<HardExample> examples = ImmutableList.builder();
        for (TestAnswers answers : tasks) {
            ImmutableList<Integer> hardest = hardest(answers);
            for (int rank = 1; rank <= hardest.size(); rank++) {
                int example = hardest.get(rank - 1);
                examples.add(new HardExample(
                        answers.task().name(),
                        rank,
                        names.apply(answers.actual(example)),
                        word(answers.answers()[example], names),
                        answers.probabilities()[example],
                        Picture.of(
                                answers.task().test().row(example), image.width(), image.height(), image.channels())));
            }
        }
        return examples.build();
    }

    private static ImmutableList<Integer> hardest(TestAnswers answers) {
        return IntStream.range(0, answers.answers().length)
                .filter(i -> answers.answers()[i] != answers.actual(i))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> answers.probabilities()[i]))
                .limit(HARDEST)
                .collect(toImmutableList());
    }

    /** The examples as images that can be shown: grey, or in three colours; empty where they are none. */
    static Optional<Shape.Channels> image(Shape shape) {
        return shape.pixels().filter(image -> image.channels() == 1 || image.channels() == 3);
    }

    private static String word(int answer, IntFunction<String> names) {
        return answer == TestAnswers.UNKNOWN ? ConfusionCount.UNKNOWN : names.apply(answer);
    }
}
