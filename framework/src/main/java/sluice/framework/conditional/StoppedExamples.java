package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import sluice.evaluation.run.Picture;
import sluice.evaluation.run.StoppedExample;
import sluice.tasks.Examples;
import sluice.tasks.Shape;

/** Test examples to show, by how far they went: a few per exit, of as many classes as there are there. */
final class StoppedExamples {
    private static final int PER_EXIT = 10;

    private StoppedExamples() {}

    /**
     * @param names of classes, in the order of outputs
     * @param shape none are shown where examples are no pictures
     */
    static ImmutableList<StoppedExample> of(
            ExitAnswers answers, Examples test, int exits, IntFunction<String> names, Shape shape) {
        int channels = shape instanceof Shape.Channels colours ? colours.channels() : 1;
        if (shape instanceof Shape.Vector || exits < 2 || (channels != 1 && channels != 3)) {
            return ImmutableList.of();
        }
        int height = shape instanceof Shape.Image grey ? grey.height() : ((Shape.Channels) shape).height();
        int width = shape.features() / channels / height;
        ImmutableList.Builder<StoppedExample> all = ImmutableList.builder();
        for (int exit = 0; exit < exits; exit++) {
            for (int i : chosen(answers, test, exit)) {
                all.add(new StoppedExample(
                        exit + 1,
                        answers.multiplyAdds()[i],
                        names.apply(test.label(i)),
                        names.apply(answers.classes()[i]),
                        Picture.of(test.row(i), width, height, channels)));
            }
        }
        return all.build();
    }

    /** The first of each class, then the first of all. */
    private static List<Integer> chosen(ExitAnswers answers, Examples test, int exit) {
        List<Integer> chosen = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < test.size() && chosen.size() < PER_EXIT; i++) {
            if (answers.exits()[i] == exit) {
                (seen.add(test.label(i)) ? chosen : others).add(i);
            }
        }
        for (int i = 0; i < others.size() && chosen.size() < PER_EXIT; i++) {
            chosen.add(others.get(i));
        }
        return chosen;
    }
}
