package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.tasks.DataSet;
import sluice.tasks.LeftOut;
import sluice.tasks.Normalisation;
import sluice.tasks.TaskSequence;

/**
 * Some classes are in no task; the others are split.
 *
 * @param others how they are split
 * @param classes that are left out; none where they are drawn from the seed
 * @param count how many are left out, at least 1
 */
record LeavingOut(SplitSettings others, ImmutableList<Integer> classes, int count) implements SplitSettings {
    /** The key that says which. */
    static final String KEY = "left_out";

    private static final Range<Integer> LABELS = Range.closed(0, Integer.MAX_VALUE);
    private static final Range<Integer> COUNTS = Range.closed(1, Integer.MAX_VALUE);

    static SplitSettings read(Value leftOut, SplitSettings others) {
        if (leftOut.isNumber()) {
            return new LeavingOut(others, ImmutableList.of(), leftOut.integer(COUNTS));
        }
        Set<Integer> labels = new LinkedHashSet<>();
        for (Value item : leftOut.items("a number of classes, or a list of them like [6, 7, 8, 9]")) {
            if (!labels.add(item.integer(LABELS))) {
                throw item.error("class %d is there already: remove one".formatted(item.integer(LABELS)));
            }
        }
        return new LeavingOut(others, ImmutableList.copyOf(labels), labels.size());
    }

    @Override
    public Optional<LeftOut> leftOut(DataSet dataSet, long seed) {
        return Optional.of(classes.isEmpty() ? LeftOut.drawn(dataSet, count, seed) : LeftOut.of(dataSet, classes));
    }

    @Override
    public TaskSequence tasks(DataSet dataSet, Normalisation normalisation, long seed) {
        LeftOut out = leftOut(dataSet, seed).orElseThrow();
        return others.tasks(out.rest(dataSet), normalisation, seed).withLeftOut(out);
    }

    @Override
    public String key() {
        return others.key();
    }

    @Override
    public boolean sharesClasses() {
        return others.sharesClasses();
    }

    @Override
    public Map<String, Object> settings() {
        return ImmutableMap.<String, Object>builder()
                .putAll(others.settings())
                .put(KEY, classes.isEmpty() ? count : classes)
                .buildOrThrow();
    }
}
