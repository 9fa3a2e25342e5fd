package sluice.framework.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.SmallTasks;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.result.DivergedException;
import sluice.framework.result.InterimModel;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.tasks.TaskSequence;

/** The loop by itself, with a model that only notes what it is told to do. */
class TrainingLoopTest {
    private static final TaskSequence SEQUENCE = SmallTasks.sequence(2, 1);

    /** Two tasks of two epochs, of two steps and one; {@code losses} are those of its steps, over and over. */
    private static final class Noting implements SequenceRun {
        final List<String> done = new ArrayList<>();
        final double[] losses;
        boolean descends = true;

        Noting(double... losses) {
            this.losses = losses;
        }

        @Override
        public int stretches() {
            return 2;
        }

        @Override
        public TaskRun begin(int stretch) {
            done.add("begin");
            return new Task(stretch);
        }

        @Override
        public void beforeRow(int row) {
            done.add("before row " + row);
        }

        @Override
        public boolean measures(int row, int task) {
            return task < row;
        }

        @Override
        public Tested test(int row, int task) {
            return Tested.of(10 * row + task);
        }

        private final class Task implements TaskRun {
            private final int index;
            private int steps;

            Task(int index) {
                this.index = index;
            }

            @Override
            public String task() {
                return SEQUENCE.names().get(index);
            }

            @Override
            public int position() {
                return index + 1;
            }

            @Override
            public TrainingPlan plan() {
                return TrainingPlan.ofSteps(3, 2);
            }

            @Override
            public boolean descends() {
                return descends;
            }

            @Override
            public Optional<InterimModel> interim() {
                return Optional.of(new InterimModel() {
                    @Override
                    public boolean answers(int task) {
                        return true;
                    }

                    @Override
                    public Answers ask(int task, int examples) {
                        return new Answers(1, 2);
                    }

                    @Override
                    public float[][] features(int task, int examples) {
                        return new float[0][];
                    }
                });
            }

            @Override
            public void beginEpoch(int epoch) {
                done.add("epoch " + epoch);
            }

            @Override
            public double step(int step) {
                done.add("step " + step);
                return losses[steps++ % losses.length];
            }

            @Override
            public double accuracy() {
                return 0.5;
            }

            @Override
            public void end() {
                done.add("end");
            }

            @Override
            public TaskSummary consolidate(double seconds) {
                done.add("consolidate");
                return TaskSummary.of(task(), ImmutableList.of(), steps, seconds, ImmutableList.of());
            }

            @Override
            public void rollBack() {
                done.add("roll back");
            }

            @Override
            public void close() {
                done.add("close");
            }
        }
    }

    private static TrainingLoop loop(Noting model, TrainingListener listener) {
        return new TrainingLoop(AccuracyMatrix.empty("noted", 1, SEQUENCE.names()), SEQUENCE, model, listener);
    }

    @Test
    void walksRowsTasksEpochsAndSteps() {
        Noting model = new Noting(1);

        TrainingLoop loop = loop(model, TrainingListener.SILENT).run();

        List<String> task =
                List.of("begin", "epoch 0", "step 0", "step 1", "epoch 1", "step 0", "end", "consolidate", "close");
        assertThat(model.done)
                .containsExactlyElementsOf(ImmutableList.<String>builder()
                        .add("before row 0")
                        .addAll(task)
                        .add("before row 1")
                        .addAll(task)
                        .add("before row 2")
                        .build());
        assertThat(loop.results().learned()).extracting(TaskSummary::steps).containsExactly(3L, 3L);
        assertThat(loop.results().matrix().cell(2, 1).orElseThrow().correct()).isEqualTo(20);
        assertThat(loop.results().matrix().cell(2, 2).orElseThrow().correct()).isEqualTo(21);
        assertThat(loop.results().matrix().cell(1, 2)).as("not measured").isEmpty();
    }

    @Test
    void aLossThatIsNotFiniteEndsTrainingAndRollsTheTaskBack() {
        Noting model = new Noting(1, 1, Double.POSITIVE_INFINITY);

        assertThatExceptionOfType(DivergedException.class)
                .isThrownBy(() -> loop(model, TrainingListener.SILENT).run())
                .withMessageContaining("the loss of task task 0 became Infinity in epoch 2, step 1");
        assertThat(model.done).endsWith("epoch 1", "step 0", "roll back", "close");
    }

    @Test
    void whereNoLossIsDescendedNothingDiverges() {
        Noting model = new Noting(Double.NaN);
        model.descends = false;

        assertThat(loop(model, TrainingListener.SILENT).run().results().learned())
                .hasSize(2);
    }

    @Test
    void whoeverStopsAtAStepRollsTheTaskBackAndKeepsWhatWasLearnedBefore() {
        Noting model = new Noting(1);
        TrainingLoop loop = loop(model, stoppingBefore(2));

        assertThatExceptionOfType(CancellationException.class).isThrownBy(loop::run);
        assertThat(model.done).endsWith("step 1", "roll back", "close");
        assertThat(loop.results().learned()).isEmpty();
    }

    @Test
    void whoeverStopsWhenTheTaskIsConsolidatedKeepsIt() {
        Noting model = new Noting(1);
        TrainingLoop loop = loop(model, stoppingBefore(3));

        assertThatExceptionOfType(CancellationException.class).isThrownBy(loop::run);
        assertThat(model.done).endsWith("consolidate", "close").doesNotContain("roll back");
        assertThat(loop.results().learned()).extracting(TaskSummary::task).containsExactly("task 0");
    }

    /** What is left of a row can be measured after an evaluation that a listener has ended. */
    @Test
    void timeGoesOnAfterAnEvaluationThatFailed() {
        TrainingTime time = new TrainingTime();
        time.beginTask();

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> time.evaluated(() -> {
                    throw new CancellationException("enough");
                }));

        assertThat(time.evaluated(() -> "measured")).isEqualTo("measured");
        assertThat(time.endTask()).isNotNegative();
    }

    private static TrainingListener stoppingBefore(long step) {
        return new TrainingListener() {
            @Override
            public void betweenSteps(long steps, InterimModel model) {
                assertThat(model.ask(0, 2)).isEqualTo(new InterimModel.Answers(1, 2));
                if (steps == step) {
                    throw new CancellationException("enough");
                }
            }
        };
    }
}
