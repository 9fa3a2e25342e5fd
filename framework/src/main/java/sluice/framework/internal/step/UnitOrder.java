package sluice.framework.internal.step;

import java.util.Arrays;
import java.util.stream.IntStream;
import sluice.framework.internal.layer.OpenUnits;
import sluice.framework.internal.state.State;
import sluice.gating.UnitSet;

/**
 * Where the units of a layer lie while a task trains. Units that no consolidated task uses (free) come first, used ones
 * after them, and the open ones of both lie side by side around the boundary:
 *
 * <pre>
 *     free, closed | free, open | used, open | used, closed
 *     0            first        boundary     end            units
 * </pre>
 *
 * so that what is open, and within it what is frozen, is one run of rows (in the layer's own matrices) and of columns (in
 * those of the layer above), which the matrix multiply takes without a copy. Each new gate sample moves as few units as
 * will keep it so: positions are exchanged pair by pair. The order is never seen outside of the training of the task.
 */
public final class UnitOrder implements OpenUnits {
    static final int NOBODY = -1;

    private final int[] units;
    private final int boundary;
    private final boolean stays;
    private int first;
    private int end;

    private final int[] swapLeft;
    private final int[] swapRight;
    private int swaps;
    private final int[] unitsBefore;
    private final int[] leaving;
    private final int[] closedAt;
    private int closed;
    private int firstBefore;
    private int endBefore;
    private final int[] openedAt;
    private int opened;
    private final int[] movedFrom;
    private final int[] movedTo;
    private int moved;
    private final int[] closing;
    private final int[] opening;

    private UnitOrder(int[] units, int boundary, boolean stays) {
        this.units = units;
        this.stays = stays;
        this.boundary = boundary;
        this.first = boundary;
        this.end = boundary;
        this.firstBefore = boundary;
        this.endBefore = boundary;
        this.swapLeft = new int[units.length];
        this.swapRight = new int[units.length];
        this.unitsBefore = units.clone();
        this.closedAt = new int[units.length];
        this.leaving = new int[units.length];
        Arrays.fill(leaving, NOBODY);
        this.openedAt = new int[units.length];
        this.movedFrom = new int[units.length];
        this.movedTo = new int[units.length];
        this.closing = new int[units.length];
        this.opening = new int[units.length];
    }

    /** A hidden layer, all closed. */
    static UnitOrder ofLayer(UnitSet used) {
        int[] units = new int[used.universe()];
        int free = units.length - used.size();
        int nextFree = 0;
        int nextUsed = free;
        for (int unit = 0; unit < units.length; unit++) {
            units[used.contains(unit) ? nextUsed++ : nextFree++] = unit;
        }
        return new UnitOrder(units, free, false);
    }

    /** Inputs of the network that are not 0 throughout a task: all open, for good, and used by every task. */
    public static UnitOrder inputs(int[] active) {
        UnitOrder order = new UnitOrder(active, 0, true);
        order.end = active.length;
        order.endBefore = order.end;
        return order;
    }

    /** Outputs of a new head: all open, for good, and used by no other task. */
    static UnitOrder outputs(int count) {
        UnitOrder order = new UnitOrder(IntStream.range(0, count).toArray(), count, true);
        order.first = 0;
        order.firstBefore = 0;
        return order;
    }

    /** Tells where units lie, between steps. */
    void state(State state) {
        state.ints("units", units);
        first = state.count("first", first);
        end = state.count("end", end);
        if (state.restores()) {
            System.arraycopy(units, 0, unitsBefore, 0, units.length);
            Arrays.fill(leaving, NOBODY);
            firstBefore = first;
            endBefore = end;
            swaps = 0;
            closed = 0;
            opened = 0;
            moved = 0;
        }
    }

    /** Makes room for a new gate sample; what moved can be asked for until the next. */
    void arrange(boolean[] open) {
        System.arraycopy(units, 0, unitsBefore, 0, units.length);
        Arrays.fill(leaving, firstBefore, endBefore, NOBODY);
        firstBefore = first;
        endBefore = end;
        swaps = 0;
        closed = 0;
        opened = 0;
        moved = 0;
        first -= settle(first, boundary - first, first, 1, open);
        end += settle(end - 1, end - boundary, units.length - end, -1, open);
    }

    /**
     * One side of the boundary. Slots are counted from the edge of the open run inwards: slot k lies at
     * {@code edge + k * step}; open units have slots from 0 on, closed ones below 0.
     *
     * @return by how many slots the edge moves outwards
     */
    private int settle(int edge, int openSlots, int closedSlots, int step, boolean[] open) {
        int gone = 0;
        for (int k = 0; k < openSlots; k++) {
            int at = edge + k * step;
            if (!open[units[at]]) {
                closing[gone++] = k;
                leaving[at] = units[at];
                closedAt[closed++] = at;
            }
        }
        int coming = 0;
        for (int k = 1; k <= closedSlots; k++) {
            if (open[units[edge - k * step]]) {
                opening[coming++] = -k;
            }
        }
        while (gone > 0 && coming > 0) {
            int slot = closing[--gone];
            swap(edge + slot * step, edge + opening[--coming] * step);
            openedAt[opened++] = edge + slot * step;
        }
        if (gone > 0) {
            shrink(edge, gone, step);
            return -gone;
        }
        grow(edge, coming, step);
        return coming;
    }

    /** The slots 0 to count - 1 become closed: open units there go to where closing ones lie farther in. */
    private void shrink(int edge, int count, int step) {
        int inside = 0;
        while (inside < count && closing[inside] < count) {
            inside++;
        }
        int next = 0;
        for (int k = 0; k < count; k++) {
            if (next < inside && closing[next] == k) {
                next++;
            } else {
                movedFrom[moved] = edge + k * step;
                movedTo[moved] = edge + closing[inside++] * step;
                swap(movedFrom[moved], movedTo[moved++]);
            }
        }
    }

    /** The slots -1 to -count become open: closed units there go to where opening ones lie farther out. */
    private void grow(int edge, int count, int step) {
        int near = 0;
        while (near < count && opening[near] >= -count) {
            near++;
        }
        int next = 0;
        for (int k = -1; k >= -count; k--) {
            if (next < near && opening[next] == k) {
                next++;
            } else {
                swap(edge + k * step, edge + opening[near++] * step);
            }
            openedAt[opened++] = edge + k * step;
        }
    }

    private void swap(int left, int right) {
        int kept = units[left];
        units[left] = units[right];
        units[right] = kept;
        swapLeft[swaps] = left;
        swapRight[swaps++] = right;
    }

    /** Whether everything is open and nothing ever moves. */
    boolean stays() {
        return stays;
    }

    @Override
    public int[] units() {
        return units;
    }

    int size() {
        return units.length;
    }

    @Override
    public int first() {
        return first;
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public int boundary() {
        return boundary;
    }

    /** Exchanges of the last arrangement, to be done in this order. */
    int swaps() {
        return swaps;
    }

    int[] swapLeft() {
        return swapLeft;
    }

    int[] swapRight() {
        return swapRight;
    }

    /** Whether the last arrangement opened, closed or moved anything. */
    boolean changed() {
        return closed > 0 || opened > 0;
    }

    /** Units that the last arrangement closed, opened or moved. */
    int changes() {
        return closed + opened + moved;
    }

    /** Position of the first open unit before the last arrangement. */
    int firstBefore() {
        return firstBefore;
    }

    /** Position after the last open unit before the last arrangement. */
    int endBefore() {
        return endBefore;
    }

    /** By position before the last arrangement: the unit that lay there and has closed, or {@link #NOBODY}. */
    int[] leaving() {
        return leaving;
    }

    /** The unit at each position before the last arrangement. */
    int[] unitsBefore() {
        return unitsBefore;
    }

    /** Units that the last arrangement closed. */
    int closed() {
        return closed;
    }

    /** Where they lay before it. */
    int[] closedAt() {
        return closedAt;
    }

    /** Units that stayed open in another place. */
    int moved() {
        return moved;
    }

    int[] movedFrom() {
        return movedFrom;
    }

    int[] movedTo() {
        return movedTo;
    }

    /** Units that the last arrangement opened. */
    int opened() {
        return opened;
    }

    /** Where they lie after it. */
    int[] openedAt() {
        return openedAt;
    }
}
