package sluice.tasks.csv;

import java.util.Map;

/** What is to be learned of the rows of a task, and how many it takes. */
enum Learnable {
    /** Classes, of each of which there must be rows. */
    CLASS {
        @Override
        String key(String cell) {
            return cell;
        }

        @Override
        boolean suffices(Map<String, Integer> rows) {
            return rows.size() >= 2 && rows.values().stream().allMatch(count -> count >= LEAST_ROWS);
        }
    },

    /** A number, which must not be the same everywhere. */
    NUMBER {
        @Override
        String key(String cell) {
            // so that not every number has a counter of its own
            return Integer.toString(cell.hashCode() % KEYS);
        }

        @Override
        boolean suffices(Map<String, Integer> rows) {
            int all = rows.values().stream().mapToInt(count -> count).sum();
            return rows.size() >= 2 && all >= 2 * LEAST_ROWS;
        }
    };

    static final int LEAST_ROWS = 10;
    private static final int KEYS = 16;

    /**
     * {@return by what rows are counted: never two for equal cells}
     *
     * @param cell of what is to be learned
     */
    abstract String key(String cell);

    /**
     * {@return whether a task can be learned and tested}
     *
     * @param rows of it, counted by {@link #key}
     */
    abstract boolean suffices(Map<String, Integer> rows);
}
