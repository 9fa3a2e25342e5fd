package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import sluice.tasks.Printable;

/**
 * Cells of a column that are not what its others are: so few that they are rather mistakes.
 *
 * @param count how many there are
 * @param first the first ones, at least one if there are any
 */
public record OddCells(int count, ImmutableList<Cell> first) {
    /** No such cells. */
    static final OddCells NONE = new OddCells(0, ImmutableList.of());

    private static final int MOST = 5;
    private static final double MOST_OF_ALL = 0.05;

    /**
     * A cell.
     *
     * @param text what it holds
     * @param line on which its row begins, from 1
     */
    public record Cell(String text, long line) {}

    /** Whether so many of a column's cells are few enough to be mistakes. */
    static boolean isFew(int odd, int cells) {
        return odd <= MOST && odd <= MOST_OF_ALL * cells;
    }

    /** Counts them. Mutable. */
    static final class Counter {
        private final List<Cell> first = new ArrayList<>();
        private int count;

        void add(String text, long line) {
            count++;
            if (first.size() < MOST) {
                first.add(new Cell(text, line));
            }
        }

        /** Whether there are so many that they are mistakes in no column. */
        boolean isMany() {
            return count > MOST;
        }

        OddCells cells() {
            return new OddCells(count, ImmutableList.copyOf(first));
        }
    }

    /**
     * What they are not, and what to do about them.
     *
     * @param what others are, as in "number"
     */
    String areNo(String what) {
        String cells = first.stream()
                .map(cell -> "line %d: %s".formatted(cell.line(), Printable.quoted(cell.text())))
                .collect(Collectors.joining(", "));
        if (count == 1) {
            return "%s is no %s, as the column's other cells are: mend it, or leave the row out: until then a run refuses it"
                    .formatted(cells, what);
        }
        return "%s%s are each no %s, as the column's other cells are: mend them, or leave the rows out: until then a run refuses them"
                .formatted(cells, count > first.size() ? " and %,d more".formatted(count - first.size()) : "", what);
    }
}
