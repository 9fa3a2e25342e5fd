package sluice.framework.experiment;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import sluice.evaluation.run.PredictionsCsv;
import sluice.framework.internal.state.State;
import sluice.framework.internal.state.StateMisfitException;
import sluice.framework.result.TestAnswers;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * What was answered to test rows after each task but the last: the answers alone, as probabilities of all rows after all tasks would
 * take many times the room.
 */
final class KeptPredictions {
    private final List<Past> past = new ArrayList<>();

    private record Past(String after, String task, int[] answers) {}

    void add(String after, TestAnswers answers) {
        past.add(new Past(after, answers.task().name(), answers.answers()));
    }

    /** All of a run, those after its last task, which have probabilities, at the end. */
    static ImmutableList<PredictionsCsv.Predicted> of(RunTrace trace, TaskSequence sequence) {
        List<Task> tasks = sequence.tasks();
        String last = tasks.get(tasks.size() - 1).name();
        IntFunction<String> names = names(trace.answers(), sequence);
        ImmutableList.Builder<PredictionsCsv.Predicted> all = ImmutableList.builder();
        for (Past each : trace.kept().past) {
            Task task = tasks.get(sequence.names().indexOf(each.task()));
            all.add(predicted(
                    each.after(), new TestAnswers(task, each.answers(), new float[each.answers().length]), names));
        }
        trace.answers().stream()
                .filter(answers -> answers.answers().length > 0)
                .forEach(answers -> all.add(predicted(last, answers, names)));
        return all.build();
    }

    private static PredictionsCsv.Predicted predicted(String after, TestAnswers answers, IntFunction<String> names) {
        return new PredictionsCsv.Predicted(after, AnsweredClasses.predictions(answers, names));
    }

    /** Labels, where two classes are called the same. */
    private static IntFunction<String> names(List<TestAnswers> answers, TaskSequence sequence) {
        ImmutableList<Integer> labels = answers.stream()
                .flatMap(of -> of
                        .outputs()
                        .map(TestAnswers.Outputs::labels)
                        .orElse(of.task().classes())
                        .stream())
                .distinct()
                .collect(toImmutableList());
        boolean distinct =
                ImmutableSet.copyOf(labels.stream().map(sequence::className).toList())
                                .size()
                        == labels.size();
        return distinct ? sequence::className : Integer::toString;
    }

    /** Tells all of it to a checkpoint. */
    void state(State state) {
        byte[] kept = state.bytes("past", state.restores() ? new byte[0] : bytes());
        if (state.restores()) {
            read(kept);
        }
    }

    private byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeInt(past.size());
            for (Past each : past) {
                out.writeUTF(each.after());
                out.writeUTF(each.task());
                out.writeInt(each.answers().length);
                for (int answer : each.answers()) {
                    out.writeInt(answer);
                }
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private void read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            past.clear();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                String after = in.readUTF();
                String task = in.readUTF();
                int[] answers = new int[in.readInt()];
                for (int row = 0; row < answers.length; row++) {
                    answers[row] = in.readInt();
                }
                past.add(new Past(after, task, answers));
            }
        } catch (IOException unreadable) {
            throw new StateMisfitException("predictions so far cannot be read: " + unreadable.getMessage());
        }
    }
}
