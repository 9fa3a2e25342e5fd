package sluice.framework.bench.builds;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two builds that are measured in turns, so that what else the machine does meets both.
 *
 * @param ours one
 * @param theirs the other
 * @param data folder of MNIST's files, for both; without it, each looks where it would
 */
public record BuildPairs(Build ours, Build theirs, Optional<Path> data) {
    /** Builds both where that is due. */
    public void prepare() {
        ours.prepare();
        theirs.prepare();
    }

    /**
     * Runs something so many times with each, the first of a pair last in the next.
     *
     * @param work what to run
     * @param pairs how often, at least 1
     * @return its figures, so far as both builds have them
     * @throws sluice.tasks.InputException if a build fails
     */
    public ImmutableList<BuildFigure> measure(BuildWork work, int pairs) {
        List<ImmutableMap<String, Double>> one = new ArrayList<>();
        List<ImmutableMap<String, Double>> other = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            if (pair % 2 == 0) {
                one.add(ours.run(work, data));
                other.add(theirs.run(work, data));
            } else {
                other.add(theirs.run(work, data));
                one.add(ours.run(work, data));
            }
        }
        return one.get(0).keySet().stream()
                .filter(name -> hasAll(one, name) && hasAll(other, name))
                .map(name -> new BuildFigure(work.name(), name, column(one, name), column(other, name)))
                .collect(ImmutableList.toImmutableList());
    }

    private static boolean hasAll(List<ImmutableMap<String, Double>> runs, String name) {
        return runs.stream().allMatch(run -> run.containsKey(name));
    }

    private static ImmutableList<Double> column(List<ImmutableMap<String, Double>> runs, String name) {
        return runs.stream().map(run -> run.get(name)).collect(ImmutableList.toImmutableList());
    }
}
