package sluice.framework.sequence;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Ordering;
import java.util.List;
import sluice.tasks.ClassNumbers;

/**
 * One numbering of classes that were learned and classes that are learned now, each of which data numbered by themselves: what data
 * call alike is one class.
 *
 * @param names of all by number, or none where they are numbers
 * @param known by number as it was, what it is here; none where it is the same
 * @param more the same of those that are learned now
 */
record JoinedClasses(ImmutableList<String> names, Numbering known, Numbering more) {
    /** What becomes of a number. */
    @FunctionalInterface
    interface Numbering {
        int of(int label);
    }

    /**
     * Joins them: sorted where both were, else those that are new come last.
     *
     * @param known names that were learned, by number; none where they are numbers
     * @param knownLabels numbers that were learned
     * @param more names that are learned now, by number; none where they are numbers
     * @param moreLabels numbers that are learned now
     */
    static JoinedClasses of(
            List<String> known, List<Integer> knownLabels, List<String> more, List<Integer> moreLabels) {
        if (known.equals(more) || knownLabels.isEmpty()) {
            return new JoinedClasses(ImmutableList.copyOf(more), label -> label, label -> label);
        }
        List<String> before = texts(known, knownLabels);
        List<String> now = texts(more, moreLabels);
        ImmutableSet<String> all =
                ImmutableSet.<String>builder().addAll(before).addAll(now).build();
        boolean sorted = Ordering.natural().isStrictlyOrdered(before)
                && Ordering.natural().isStrictlyOrdered(now);
        ClassNumbers numbers = sorted ? ClassNumbers.of(all) : ClassNumbers.inOrder(all.asList(), all);
        return new JoinedClasses(
                ImmutableList.copyOf(numbers.names()),
                label -> numbers.number(name(known, label)),
                label -> numbers.number(name(more, label)));
    }

    private static List<String> texts(List<String> names, List<Integer> labels) {
        return names.isEmpty()
                ? labels.stream().map(Object::toString).distinct().sorted().toList()
                : names;
    }

    static String name(List<String> names, int label) {
        return label < names.size() ? names.get(label) : Integer.toString(label);
    }
}
