package sluice.framework.gates;

import com.google.common.collect.ImmutableList;
import java.util.stream.IntStream;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;

/** Whether a task may open units that earlier tasks use. */
public enum Reuse {
    /** It may: their weights are frozen, and serve it as they are. */
    ALLOWED {
        @Override
        public Subnetwork allowed(Subnetwork open, ConsolidatedSubnetworks consolidated) {
            return open;
        }

        @Override
        UnitSet closed(UnitSet used) {
            return UnitSet.none(used.universe());
        }
    },

    /** It may not: it has units of its own alone, as it would in a network of its own. What reuse is worth shows beside it. */
    FORBIDDEN {
        @Override
        public Subnetwork allowed(Subnetwork open, ConsolidatedSubnetworks consolidated) {
            return new Subnetwork(IntStream.range(0, open.layers().size())
                    .mapToObj(l -> open.layers().get(l).minus(consolidated.used(l)))
                    .collect(ImmutableList.toImmutableList()));
        }

        @Override
        UnitSet closed(UnitSet used) {
            return used;
        }
    };

    /** The units of a subnetwork that a task may have. */
    public abstract Subnetwork allowed(Subnetwork open, ConsolidatedSubnetworks consolidated);

    /** Units of a layer that are closed throughout a task, by those that earlier tasks use. */
    abstract UnitSet closed(UnitSet used);
}
