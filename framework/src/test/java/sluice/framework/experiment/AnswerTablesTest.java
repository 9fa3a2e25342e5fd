package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.run.ConfusionCount;
import sluice.evaluation.run.HardExample;
import sluice.framework.result.TestAnswers;
import sluice.tasks.Examples;
import sluice.tasks.Shape;
import sluice.tasks.Task;

class AnswerTablesTest {
    private static final AccuracyMatrix RUN = AccuracyMatrix.empty("gates", 7, List.of("t"));

    /** Two classes, 4 and 9, three test examples of two pixels: the first is right, the others are not. */
    private static TestAnswers answers() {
        float[][] rows = {{0, 255}, {1, 300}, {-3, 2}};
        Task task = Task.of("t", rows, new int[] {4, 9, 9}, rows, new int[] {4, 9, 9});
        return new TestAnswers(task, new int[] {4, 4, TestAnswers.UNKNOWN}, new float[] {0.75f, 0.25f, 0.125f});
    }

    @Test
    void whatWasTakenForWhatIsCounted() throws IOException {
        StringBuilder out = new StringBuilder();

        ConfusionCount.FILE.write(RUN, AnswerTables.confusion(List.of(answers()), Integer::toString), out);

        assertThat(out.toString()).isEqualTo("""
                        strategy,seed,task,actual,predicted,count
                        gates,7,t,4,4,1
                        gates,7,t,9,,1
                        gates,7,t,9,4,1
                        """);
    }

    @Test
    void theHardestExampleComesFirstWithItsPixelsInBytes() throws IOException {
        StringBuilder out = new StringBuilder();

        HardExample.FILE.write(
                RUN, AnswerTables.hardest(List.of(answers()), Integer::toString, new Shape.Image(1, 2)), out);

        // bytes 0, 2 and 1, 255: what is outside [0, 255] is at its end
        assertThat(out.toString()).isEqualTo("""
                        strategy,seed,task,rank,actual,predicted,probability,width,height,channels,pixels
                        gates,7,t,1,9,,0.125,2,1,1,AAI=
                        gates,7,t,2,9,4,0.25,2,1,1,Af8=
                        """);
    }

    @Test
    void coloursOfAPixelLieBesideEachOther() throws IOException {
        float[][] row = {{1, 2, 3, 4, 5, 6}};
        Task task =
                new Task("t", ImmutableList.of(0, 1), Examples.of(row, new int[] {0}), Examples.of(row, new int[] {0}));
        StringBuilder out = new StringBuilder();

        HardExample.FILE.write(
                RUN,
                AnswerTables.hardest(
                        List.of(new TestAnswers(task, new int[] {1}, new float[] {0})),
                        label -> label == 0 ? "cat" : "=dog",
                        new Shape.Channels(3, 1, 2)),
                out);

        // 1 3 5, 2 4 6
        assertThat(out.toString()).endsWith(",cat,'=dog,0.0,2,1,3,AQMFAgQG\n");
    }

    @Test
    void featuresThatAreNoPicturesHaveNone() {
        assertThat(AnswerTables.image(new Shape.Vector(4))).isEmpty();
        assertThat(AnswerTables.image(new Shape.Channels(2, 3, 4))).isEmpty();
    }
}
