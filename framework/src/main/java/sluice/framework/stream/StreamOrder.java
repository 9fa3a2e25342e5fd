package sluice.framework.stream;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.random.Shuffling;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.OutputLayout;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * The order in which a stream has the training examples of tasks, each once: one task after another, and then those that come back, of which a tenth
 * of their examples is kept for each time.
 *
 * @param sequence the tasks
 * @param parts the stretches of the stream, in order
 * @param tasks by place in the stream, the task of the example
 * @param rows by place in the stream, the example of that task
 */
record StreamOrder(TaskSequence sequence, ImmutableList<Part> parts, int[] tasks, int[] rows) {
    /** Of so many examples of a task one is kept for each time that it comes back. */
    private static final int PARTS = 10;

    /** A task comes back so often at the most: half of it is there for the first time. */
    private static final int MOST_REPEATS = PARTS / 2;

    /**
     * A stretch of one task.
     *
     * @param task place in the sequence, from 0
     * @param comesBack whether it was there before
     * @param first place of its first example in the stream
     */
    record Part(int task, boolean comesBack, int first) {}

    /**
     * {@return the order}
     *
     * @param sequence the tasks
     * @param stream says which come again, and how borders are
     * @param seed of the order within each task
     * @throws InputException if no such task is there, or the stream has no border, or a part no example
     */
    static StreamOrder of(TaskSequence sequence, StreamSettings stream, long seed) {
        int[] order = parts(sequence, stream);
        List<int[]> rows = dealt(sequence, order, new RandomStreams(seed));
        boolean gradual = stream.borders() == StreamSettings.Borders.GRADUAL;
        int total = rows.stream().mapToInt(part -> part.length).sum();
        int[] tasks = new int[total];
        int[] examples = new int[total];
        int[] used = new int[order.length];
        int[] first = new int[order.length];
        int place = 0;
        for (int p = 0; p < order.length; p++) {
            boolean last = p == order.length - 1;
            int own = rows.get(p).length;
            int mixed = last || !gradual ? 0 : (int) Math.round(stream.width() * Math.min(own, rows.get(p + 1).length));
            first[p] = used[p] == 0 ? place : first[p];
            int pure = own - (mixed + 1) / 2;
            while (used[p] < pure) {
                tasks[place] = order[p];
                examples[place++] = rows.get(p)[used[p]++];
            }
            double share = 0;
            for (int m = 0; m < mixed; m++) {
                share += (m + 0.5) / mixed;
                int of = share >= 1 || used[p] == own ? p + 1 : p;
                share -= of == p ? 0 : 1;
                first[of] = used[of] == 0 ? place : first[of];
                tasks[place] = order[of];
                examples[place++] = rows.get(of)[used[of]++];
            }
            while (used[p] < own) {
                tasks[place] = order[p];
                examples[place++] = rows.get(p)[used[p]++];
            }
        }
        int known = sequence.tasks().size();
        ImmutableList<Part> parts = IntStream.range(0, order.length)
                .mapToObj(p -> new Part(order[p], p >= known, first[p]))
                .collect(ImmutableList.toImmutableList());
        return new StreamOrder(sequence, parts, tasks, examples);
    }

    /** By stretch, its task. */
    private static int[] parts(TaskSequence sequence, StreamSettings stream) {
        int known = sequence.tasks().size();
        int[] order = IntStream.concat(
                        IntStream.range(0, known), stream.repeats().stream().mapToInt(name -> place(sequence, name)))
                .toArray();
        if (order.length == 1) {
            throw new InputException(
                    "one task that does not come back has no border to be noticed: split the data into more tasks, or remove the section");
        }
        for (int p = 1; p < order.length; p++) {
            if (order[p] == order[p - 1]) {
                throw new InputException(
                        "repeats: task %s does not come back, as it was not away: name another task before it"
                                .formatted(sequence.names().get(order[p])));
            }
        }
        return order;
    }

    private static int place(TaskSequence sequence, String name) {
        int place = sequence.names().indexOf(name);
        if (place >= 0) {
            return place;
        }
        int known = sequence.tasks().size();
        if (name.matches("[0-9]{1,9}")) {
            int position = Integer.parseInt(name);
            if (position >= 1 && position <= known) {
                return position - 1;
            }
        }
        throw new InputException(
                "repeats: there is no task %s: write names of tasks, or positions from 1 to %d".formatted(name, known));
    }

    /** By stretch, its examples: those of the first time, and then a tenth for each other. */
    private static List<int[]> dealt(TaskSequence sequence, int[] order, RandomStreams random) {
        int known = sequence.tasks().size();
        int[] times = new int[known];
        List<int[]> shuffled = new ArrayList<>();
        for (int t = 0; t < known; t++) {
            Task task = sequence.tasks().get(t);
            int[] rows = IntStream.range(0, task.train().size()).toArray();
            Shuffling.shuffle(rows, random.stream("stream", t));
            shuffled.add(rows);
        }
        int[] back = new int[known];
        for (int p = known; p < order.length; p++) {
            back[order[p]]++;
        }
        List<int[]> dealt = new ArrayList<>();
        for (int p = 0; p < order.length; p++) {
            int task = order[p];
            int[] all = shuffled.get(task);
            int each = all.length / PARTS;
            if (back[task] > MOST_REPEATS) {
                throw new InputException("repeats: task %s comes back %d times: let it come back %d times at the most"
                        .formatted(sequence.names().get(task), back[task], MOST_REPEATS));
            }
            int forFirst = all.length - back[task] * each;
            int from = times[task] == 0 ? 0 : forFirst + (times[task] - 1) * each;
            int to = times[task] == 0 ? forFirst : from + each;
            if (from >= to) {
                throw new InputException(
                        "repeats: task %s has %d training examples, and a tenth of them is to come back: give it more, or leave it out"
                                .formatted(sequence.names().get(task), all.length));
            }
            dealt.add(Arrays.copyOfRange(all, from, to));
            times[task]++;
        }
        return dealt;
    }

    int size() {
        return tasks.length;
    }

    /** Raw rows examples of the stream, and the outputs that are right: they say nothing of their tasks. */
    Examples examples(int from, int to) {
        int features = sequence.features();
        float[] values = new float[(to - from) * features];
        int[] labels = new int[to - from];
        float[] row = new float[features];
        OutputLayout layout = OutputLayout.of(sequence);
        for (int i = from; i < to; i++) {
            Examples train = sequence.tasks().get(tasks[i]).train();
            train.read(rows[i], row);
            System.arraycopy(row, 0, values, (i - from) * features, features);
            labels[i - from] = layout.output(tasks[i], train.label(rows[i]));
        }
        return Examples.of(values, features, labels);
    }
}
