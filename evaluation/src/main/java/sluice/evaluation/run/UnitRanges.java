package sluice.evaluation.run;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sets of units as files have them: {@code 0-12 15 20-22}. */
final class UnitRanges {
    private UnitRanges() {}

    /** Ascending numbers such as {@code 0-12 15 20-22}. */
    static String text(int[] units) {
        RangeSet<Integer> ranges = TreeRangeSet.create();
        for (int unit : units) {
            ranges.add(Range.closedOpen(unit, unit + 1));
        }
        return ranges.asRanges().stream()
                .map(range -> range.upperEndpoint() - range.lowerEndpoint() == 1
                        ? "" + range.lowerEndpoint()
                        : range.lowerEndpoint() + "-" + (range.upperEndpoint() - 1))
                .collect(Collectors.joining(" "));
    }

    /** The units, as ranges [from, to); empty if they do not ascend or one is not below units. */
    static Optional<RangeSet<Integer>> parse(String text, int units) {
        RangeSet<Integer> set = TreeRangeSet.create();
        int next = 0;
        for (String part : text.split(" ", -1)) {
            if (part.isEmpty()) {
                return text.isEmpty() ? Optional.of(ImmutableRangeSet.of()) : Optional.empty();
            }
            int dash = part.indexOf('-');
            int from = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            int to = Integer.parseInt(part.substring(dash + 1));
            if (from < next || to < from || to >= units) {
                return Optional.empty();
            }
            set.add(Range.closedOpen(from, to + 1));
            next = to + 1;
        }
        return Optional.of(set);
    }
}
