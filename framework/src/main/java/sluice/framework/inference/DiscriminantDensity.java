package sluice.framework.inference;

import java.util.Optional;
import sluice.framework.discriminant.TaskDiscriminant;
import sluice.framework.discriminant.TaskScores;
import sluice.framework.internal.state.State;
import sluice.tasks.Examples;
import sluice.tasks.Task;

/** A linear discriminant of random features, whose classes are gathered by task. */
final class DiscriminantDensity implements TaskDensity {
    private final TaskDiscriminant discriminant;

    DiscriminantDensity(TaskDiscriminant discriminant) {
        this.discriminant = discriminant;
    }

    @Override
    public String word() {
        return "discriminant";
    }

    @Override
    public void add(int place, Task task, int[] rows) {
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

    /** How near the nearest class of the task is: what is far from all classes is of none. */
    @Override
    public double[] likelihoods(Examples examples, int[] rows, int[] ofTasks) {
        return discriminant.fits(examples, rows, ofTasks);
    }

    /** Distances are by the spread of all classes, in more directions the more there are: those of the newest task are the only fresh ones. */
    @Override
    public boolean likelihoodsAge() {
        return true;
    }

    TaskScores scores() {
        return discriminant.scores();
    }

    @Override
    public Optional<SolvedDensity> solved() {
        return Optional.empty();
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
