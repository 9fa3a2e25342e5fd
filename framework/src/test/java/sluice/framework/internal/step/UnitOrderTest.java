package sluice.framework.internal.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import sluice.gating.UnitSet;

/** Whatever gates are drawn, open units lie side by side, free ones before used ones, and the moves say how. */
class UnitOrderTest {
    @Property(tries = 300)
    void openUnitsLieSideBySideAroundTheBoundary(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int width, @ForAll @IntRange(max = 10) int used) {
        SplittableRandom random = new SplittableRandom(seed);
        UnitOrder order = UnitOrder.ofLayer(usedUnits(width, used, random));
        boolean[] open = new boolean[width];
        int[] rows = new int[width];
        Arrays.fill(rows, UnitOrder.NOBODY);

        for (int draw = 0; draw < 20; draw++) {
            int[] before = order.units().clone();
            double flips = random.nextInt(3) / 2.0;
            for (int unit = 0; unit < width; unit++) {
                open[unit] = random.nextDouble() < flips ? random.nextBoolean() : open[unit];
            }

            order.arrange(open);

            checkPlaces(order, open);
            assertThat(order.units()).isEqualTo(swapped(before, order));
            checkRows(order, rows);
        }
        assertThat(Arrays.stream(order.units()).sorted().toArray())
                .isEqualTo(IntStream.range(0, width).toArray());
    }

    private static UnitSet usedUnits(int width, int tenths, SplittableRandom random) {
        BitSet used = new BitSet();
        for (int unit = 0; unit < width; unit++) {
            used.set(unit, random.nextInt(10) < tenths);
        }
        int count = used.cardinality();
        UnitSet set = UnitSet.of(width, used);
        assertThat(UnitOrder.ofLayer(set).boundary()).isEqualTo(width - count);
        return set;
    }

    private static void checkPlaces(UnitOrder order, boolean[] open) {
        for (int at = 0; at < order.size(); at++) {
            assertThat(open[order.units()[at]]).isEqualTo(at >= order.first() && at < order.end());
        }
        assertThat(order.first()).isLessThanOrEqualTo(order.boundary());
        assertThat(order.end()).isGreaterThanOrEqualTo(order.boundary());
        assertThat(order.open()).isEqualTo(order.openFree() + order.openUsed());
    }

    /** What a matrix that follows the exchanges holds. */
    private static int[] swapped(int[] before, UnitOrder order) {
        int[] columns = before.clone();
        assertThat(IntStream.concat(
                        Arrays.stream(order.swapLeft(), 0, order.swaps()),
                        Arrays.stream(order.swapRight(), 0, order.swaps())))
                .doesNotHaveDuplicates();
        for (int i = 0; i < order.swaps(); i++) {
            int kept = columns[order.swapLeft()[i]];
            columns[order.swapLeft()[i]] = columns[order.swapRight()[i]];
            columns[order.swapRight()[i]] = kept;
        }
        return columns;
    }

    /** What a matrix that keeps open units only holds: it lets the closed go, moves the moved, takes in the opened. */
    private static void checkRows(UnitOrder order, int[] rows) {
        int gone = 0;
        for (int at = 0; at < rows.length; at++) {
            boolean held = at >= order.firstBefore() && at < order.endBefore();
            assertThat(rows[at] != UnitOrder.NOBODY).isEqualTo(held);
            if (order.leaving()[at] != UnitOrder.NOBODY) {
                assertThat(rows[at]).isEqualTo(order.leaving()[at]);
                rows[at] = UnitOrder.NOBODY;
                gone++;
            }
        }
        assertThat(order.closed()).isEqualTo(gone);
        for (int i = 0; i < order.moved(); i++) {
            assertThat(rows[order.movedTo()[i]]).isEqualTo(UnitOrder.NOBODY);
            rows[order.movedTo()[i]] = rows[order.movedFrom()[i]];
            rows[order.movedFrom()[i]] = UnitOrder.NOBODY;
        }
        for (int i = 0; i < order.opened(); i++) {
            assertThat(rows[order.openedAt()[i]]).isEqualTo(UnitOrder.NOBODY);
            rows[order.openedAt()[i]] = order.units()[order.openedAt()[i]];
        }
        for (int at = 0; at < rows.length; at++) {
            boolean isOpen = at >= order.first() && at < order.end();
            assertThat(rows[at]).isEqualTo(isOpen ? order.units()[at] : UnitOrder.NOBODY);
        }
    }
}
