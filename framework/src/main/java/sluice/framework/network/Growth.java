package sluice.framework.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.account.CapacityLedger;

/** When and how far a network's hidden layers are widened before a task that would find too few free units. */
public sealed interface Growth {
    /** Never: a full network trains on with what is frozen. */
    Growth NONE = new None();

    /** As many free units for every task as for the first: the default of {@code growth: auto}. */
    Growth AUTO = new Auto();

    /** Never, as every task takes its units out of the layers and new ones come in their places: {@code growth: separate}. */
    Growth SEPARATE = new Separate();

    /**
     * {@return units per hidden layer that the next task should find, none fewer than now}
     *
     * @param ledger who uses what
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
     * Every task learns in layers of the width that they were created with, all of whose units are free; when it is consolidated, its
     * subnetwork leaves them and lives on as small dense matrices of its own. Tasks share no unit. What a task costs hangs on its own
     * units alone, be it the tenth or the thousandth.
     */
    record Separate() implements Growth {
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
        public static final double DEFAULT_THRESHOLD = 0.25;

        /** Checks the ranges. */
        public Share {
            checkArgument(share > 0 && Double.isFinite(share), "growth share must be above 0, got %s", share);
            checkArgument(threshold >= 0 && threshold <= 1, "growth threshold must be in [0, 1], got %s", threshold);
        }

        /**
         * With the usual threshold.
         *
         * @param share of the layer's units that are added, above 0
         */
        public Share(double share) {
            this(share, DEFAULT_THRESHOLD);
        }

        @Override
        public ImmutableList<Integer> widths(CapacityLedger ledger) {
            return eachLayer(
                    ledger,
                    (units, free, created) ->
                            free < threshold * units ? Math.addExact(units, (int) Math.ceil(share * units)) : units);
        }
    }

    /**
     * So that every task finds at least so many free units in each layer, be the first task's more or fewer: a first task with much room lays
     * ground that later ones build on.
     *
     * @param units that are free before a task, at least 1
     */
    record Units(int units) implements Growth {
        /** Checks the range. */
        public Units {
            checkArgument(units >= 1, "growth units must be at least 1, got %s", units);
        }

        @Override
        public ImmutableList<Integer> widths(CapacityLedger ledger) {
            return eachLayer(ledger, (all, free, created) -> Math.addExact(all, Math.max(0, units - free)));
        }
    }

    /**
     * So that every task finds about what the first one found: when fewer units of a layer are free than three quarters of
     * those that it was created with, it is widened until as many are free. The choice that gates have stays about the
     * same, and with it the price of a new unit, which sparsity divides by the number of free ones; and a layer grows by
     * no more than the tasks take.
     */
    record Auto() implements Growth {
        private static final double LEAST = 0.75;

        @Override
        public ImmutableList<Integer> widths(CapacityLedger ledger) {
            return eachLayer(
                    ledger,
                    (units, free, created) -> free < LEAST * created ? Math.addExact(units, created - free) : units);
        }
    }

    /** How wide a layer should be, by its units, those that are free, and those that it was created with. */
    interface OfLayer {
        /** Units from now on. */
        int width(int units, int free, int created);
    }

    private static ImmutableList<Integer> eachLayer(CapacityLedger ledger, OfLayer rule) {
        List<Integer> widths = ledger.widths();
        return IntStream.range(0, widths.size())
                .mapToObj(l -> rule.width(
                        widths.get(l), ledger.free().get(l), ledger.created().get(l)))
                .collect(ImmutableList.toImmutableList());
    }
}
