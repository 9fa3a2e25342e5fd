package sluice.framework;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.IntStream;

/** When and how far a network's hidden layers are widened before a task that would find too few free units. */
public sealed interface Growth {
    /** Never: a full network trains on with what is frozen. */
    Growth NONE = new None();

    /** By what the last tasks took: the default of {@code growth: auto}. */
    Growth AUTO = new Auto();

    /**
     * @param ledger who uses what
     * @return units per hidden layer that the next task should find, none fewer than now
     */
    ImmutableList<Integer> widths(CapacityLedger ledger);

    /** See {@link Growth#NONE}. */
    record None() implements Growth {
        @Override
        public ImmutableList<Integer> widths(CapacityLedger ledger) {
            return ledger.widths();
        }
    }

    /**
     * By a fixed share: a layer is widened once when its free units have come under a threshold.
     *
     * @param share of the layer's units that are added, above 0, rounded up
     * @param threshold share of the layer's units that should be free, in [0, 1]: with fewer it is widened
     */
    record Share(double share, double threshold) implements Growth {
        /** The threshold where none is given. */
        public static final double USUAL_THRESHOLD = 0.25;

        /** Checks the ranges. */
        public Share {
            checkArgument(share > 0 && Double.isFinite(share), "growth share must be above 0, got %s", share);
            checkArgument(
                    threshold >= 0 && threshold <= 1, "growth threshold must be in [0, 1], got %s", threshold);
        }

        /**
         * With the usual threshold.
         *
         * @param share of the layer's units that are added, above 0
         */
        public Share(double share) {
            this(share, USUAL_THRESHOLD);
        }

        @Override
        public ImmutableList<Integer> widths(CapacityLedger ledger) {
            return eachLayer(ledger, (units, free, demand) ->
                    free < threshold * units ? Math.addExact(units, (int) Math.ceil(share * units)) : units);
        }
    }

    /**
     * By demand: a layer is widened when its free units are fewer than {@value #LEAST} times what the last three tasks
     * took newly in the mean, to {@value #WANTED} times that.
     */
    record Auto() implements Growth {
        private static final int LEAST = 3;
        private static final int WANTED = 6;

        @Override
        public ImmutableList<Integer> widths(CapacityLedger ledger) {
            return eachLayer(ledger, (units, free, demand) ->
                    free < LEAST * demand ? units + (int) Math.ceil(WANTED * demand) - free : units);
        }
    }

    /** How wide a layer should be, by its units, those that are free, and what a task takes. */
    interface OfLayer {
        /** Units from now on. */
        int width(int units, int free, double demand);
    }

    private static ImmutableList<Integer> eachLayer(CapacityLedger ledger, OfLayer rule) {
        List<Integer> widths = ledger.widths();
        return IntStream.range(0, widths.size())
                .mapToObj(l -> rule.width(widths.get(l), ledger.free().get(l), ledger.demand(l)))
                .collect(ImmutableList.toImmutableList());
    }
}
