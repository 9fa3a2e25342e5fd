package sluice.framework.inference;

import sluice.framework.discriminant.TaskDiscriminant;
import sluice.framework.discriminant.TaskScores;
import sluice.framework.internal.state.State;
import sluice.tasks.Examples;
import sluice.tasks.Task;

/** A linear discriminant of random features, whose classes are gathered by task. */
final class DiscriminantDensity implements TaskDensity {
    private final TaskDiscriminant discriminant;
    private int tasks;

    DiscriminantDensity(TaskDiscriminant discriminant) {
        this.discriminant = discriminant;
    }

    @Override
    public String word() {
        return "discriminant";
    }

    @Override
    public void add(int place, Task task, int[] rows) {
        tasks = Math.max(tasks, place + 1);
        discriminant.add(place, task, rows);
    }

    @Override
    public void solve() {
        discriminant.solve();
    }

    @Override
    public void score(Examples examples, int[] rows, double[][] into) {
        discriminant.score(examples, rows, into);
    }

    /** How far the classes of the task stand out: what is far from all classes is of none. */
    @Override
    public double[] likelihoods(Examples examples, int[] rows, int[] ofTasks) {
        double[][] scores = new double[rows.length][tasks];
        score(examples, rows, scores);
        double[] all = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
            all[r] = scores[r][ofTasks[r]];
        }
        return all;
    }

    TaskScores scores() {
        return discriminant.scores();
    }

    @Override
    public double multiplyAdds() {
        return discriminant.multiplyAdds();
    }

    @Override
    public long bytes() {
        return discriminant.bytes();
    }

    @Override
    public void state(State state, int count) {
        tasks = count;
        discriminant.state(state);
        if (state.restores()) {
            solve();
        }
    }

    @Override
    public void close() {
        discriminant.close();
    }
}
